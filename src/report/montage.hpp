// Pictures side by side at one scale, with labels, a legend of their colours and a scale bar. A montage is the same set
// of files as a figure of curves: NAME.csv (which picture stands where), NAME.gp, NAME.svg, NAME.png; its pixels are
// NAME_pixels.png.
#pragma once

#include "report/picture.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace protolith::report {

struct Montage {
    std::string name;  ///< file stem
    std::string title;
    std::vector<Picture> pictures;
    std::string caption = {};
    std::size_t columns = 0;      ///< 0: chosen from the number of pictures
    double voxel_size = 0;        ///< length of a pixel's side for the scale bar; 0: the bar counts pixels
    std::string voxel_unit = {};  ///< "µm"
};

/// As for curves (figure.hpp): writes everything but the pictures; returns the script's file name.
std::string write_sources(const std::filesystem::path& directory, const Montage& montage);

/// As for curves: writes everything; returns an empty string or a sentence for the log.
std::string write_figure(const std::filesystem::path& directory, const Montage& montage);

}  // namespace protolith::report
