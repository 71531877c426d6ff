// Where everything in a montage stands, in pixels of the PNG from its upper left corner.
#pragma once

#include "report/montage.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace protolith::report {

/// One cell of the grid: a picture, centred, and the lines of its label under it.
struct MontageCell {
    std::size_t row, column;    ///< in the grid
    std::size_t left, top;      ///< of the picture
    std::size_t width, height;  ///< of the picture as drawn
    std::vector<std::string> label;
};

/// One entry of the legend: a swatch, or a colour bar between two numbers.
struct LegendEntry {
    std::size_t left, top, width;
    ColourScale scale;  ///< of a bar; no swatches
    ColourScale::Swatch swatch;
    bool bar;
};

struct MontageLayout {
    std::size_t width = 0, height = 0;  ///< of the whole picture
    std::size_t title_height = 0;
    std::size_t reduction = 1, factor = 1;  ///< every picture is reduced, then magnified
    std::vector<MontageCell> cells;
    std::size_t legend_top = 0;  ///< of its first row
    std::vector<LegendEntry> legend;
    double bar_pixels = 0;  ///< length of the scale bar as drawn
    std::string bar_label;
};

/// Pixels of the PNG per point of the SVG.
inline constexpr std::size_t montage_png_scale = 2;

/// What stands to the left and to the right of a colour bar.
std::string low_text(const ColourScale& scale);
std::string high_text(const ColourScale& scale);

MontageLayout layout_of(const Montage& montage);

}  // namespace protolith::report
