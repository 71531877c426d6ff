// Pictures of phase images, grey fields and differences, ready for a montage. Of a volume: its three middle slices.
#pragma once

#include "report/raster.hpp"
#include "volume/volume.hpp"

#include <string>
#include <vector>

namespace protolith::report {

/// What the colours of a picture mean: named swatches, or a continuous bar from low to high.
struct ColourScale {
    struct Swatch {
        Colour colour;
        std::string name;
        bool operator==(const Swatch&) const = default;
    };
    std::vector<Swatch> swatches = {};
    ColourMap map = ColourMap::viridis;  ///< if there are no swatches
    double low = 0, high = 0;
    std::string quantity = {};  ///< name and unit beside the bar
    bool operator==(const ColourScale&) const = default;
};

/// One image as it is shown. Very large images are kept reduced: one pixel is the mean of `reduction`² of the image's.
struct Picture {
    std::string label;
    Raster raster;
    std::size_t reduction = 1;
    ColourScale scale = {};
};

/// Names of the two phases beside their colours.
struct PhaseNames {
    std::string phase = "phase of interest", other = "other";
};

/// A phase image: one picture; of a volume the slices through its middle, "label, z = 32" (x to the right, y down),
/// "label, y = 32" (x to the right, z down), "label, x = 32" (y to the right, z down).
std::vector<Picture> phase_pictures(const std::string& label, const PhaseVolume& volume, const PhaseNames& names = {});

/// Grey values from `low` to `high` (equal: the values' own range), with what they are: "grey value", "Δp (Pa)".
std::vector<Picture> grey_pictures(const std::string& label, const GreyVolume& volume, const std::string& quantity,
                                   double low = 0, double high = 0, ColourMap map = ColourMap::viridis);

/// Where two phase images of the same extent differ.
std::vector<Picture> difference_pictures(const std::string& label, const PhaseVolume& first, const PhaseVolume& second,
                                         const std::string& first_name, const std::string& second_name);

}  // namespace protolith::report
