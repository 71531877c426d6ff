// One reduction and one integer magnification serve all pictures, so that sizes in a montage can be compared by eye.
#include "report/montage_layout.hpp"

#include "report/text.hpp"

#include <algorithm>
#include <cmath>

namespace protolith::report {
namespace {

constexpr std::size_t sheet_width = 1680, widest_cell = 760, margin = 24, gutter = 28;
constexpr std::size_t label_line = 27, legend_height = 66, legend_row = 40, title_line = 34, swatch = 22,
                      bar_width = 220;
constexpr double character = 11.9;  // width of a label's character

std::size_t grid_columns(const Montage& montage) {
    const std::size_t count = montage.pictures.size();
    if (montage.columns > 0) return std::min(montage.columns, count);
    if (count <= 4) return count;
    const auto square = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(count))));
    const auto blanks = [&](std::size_t columns) { return (columns - count % columns) % columns; };
    return blanks(square + 1) < blanks(square) ? square + 1 : square;
}

/// Side lengths of the largest picture in pixels of the images.
struct Largest {
    std::size_t rows = 0, columns = 0, reduction = 1;
};

Largest largest_of(const Montage& montage) {
    Largest largest;
    for (const Picture& picture : montage.pictures) {
        largest.rows = std::max(largest.rows, picture.raster.rows() * picture.reduction);
        largest.columns = std::max(largest.columns, picture.raster.columns() * picture.reduction);
        largest.reduction = std::max(largest.reduction, picture.reduction);
    }
    return largest;
}

/// 1, 2 or 5 times a power of ten, at most `value`.
double round_length(double value) {
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    const double leading = value / power;
    return power * (leading >= 5 ? 5 : leading >= 2 ? 2 : 1);
}

void place_scale_bar(MontageLayout& layout, const Montage& montage, std::size_t image_columns) {
    const double voxel = montage.voxel_size > 0 ? montage.voxel_size : 1;
    const double length = round_length(std::max(voxel, 0.4 * voxel * static_cast<double>(image_columns)));
    layout.bar_pixels = length / voxel * static_cast<double>(layout.factor) / static_cast<double>(layout.reduction);
    layout.bar_label = fmt::format("{:g} {}", length, montage.voxel_size > 0 ? montage.voxel_unit : "px");
}

/// What a legend takes.
struct LegendSize {
    std::size_t width = 0, height = 0;
};

/// Entries from the left, in rows that are at most `room` wide and keep `kept` free at the end for the scale bar;
/// swatches and bars that several pictures share stand once. Tops count from the legend's.
LegendSize place_legend(MontageLayout& layout, const Montage& montage, std::size_t room, std::size_t kept) {
    std::vector<ColourScale> seen;
    std::size_t left = margin, top = 0, width = 0;
    const auto add = [&](LegendEntry entry, std::size_t before, std::size_t characters) {
        const auto text = static_cast<std::size_t>(character * static_cast<double>(characters));
        const std::size_t takes = before + entry.width + 40 + text;
        if (left > margin && left + takes + kept > room) {
            left = margin;
            top += legend_row;
        }
        entry.left = left + before;
        entry.top = top;
        layout.legend.push_back(std::move(entry));
        left += takes;
        width = std::max(width, left);
    };
    for (const Picture& picture : montage.pictures) {
        const ColourScale& scale = picture.scale;
        if (std::find(seen.begin(), seen.end(), scale) != seen.end()) continue;
        seen.push_back(scale);
        for (const auto& entry : scale.swatches) add({0, 0, swatch, {}, entry, false}, 0, display_width(entry.name));
        if (!scale.swatches.empty()) continue;
        // The low end's number stands to the left of the bar, the high end's and the quantity to its right.
        const auto low = std::max<std::size_t>(
            50, 8 + static_cast<std::size_t>(character * static_cast<double>(display_width(low_text(scale)))));
        add({0, 0, bar_width, scale, {}, true}, low, display_width(high_text(scale)));
    }
    return {width + kept, legend_height + top};
}

}  // namespace

std::string low_text(const ColourScale& scale) { return fmt::format("{:.4g}", scale.low); }
std::string high_text(const ColourScale& scale) { return fmt::format("{:.4g}   {}", scale.high, scale.quantity); }

MontageLayout layout_of(const Montage& montage) {
    MontageLayout layout;
    const Largest largest = largest_of(montage);
    const std::size_t count = montage.pictures.size(), columns = grid_columns(montage);
    const std::size_t room = std::min(widest_cell, (sheet_width - 2 * margin - (columns - 1) * gutter) / columns);
    const std::size_t side = std::max(largest.rows, largest.columns);
    layout.reduction = largest.reduction;
    while (side > room * layout.reduction) layout.reduction *= 2;
    const auto shown = [&](std::size_t pixels) { return (pixels + layout.reduction - 1) / layout.reduction; };
    layout.factor = std::max<std::size_t>(1, room / shown(side));

    const std::size_t cell_width = std::max<std::size_t>(shown(largest.columns) * layout.factor, 120);
    const std::size_t cell_height = shown(largest.rows) * layout.factor;
    std::size_t label_lines = 0;
    for (const Picture& picture : montage.pictures) {
        MontageCell cell{};
        cell.width = shown(picture.raster.columns() * picture.reduction) * layout.factor;
        cell.height = shown(picture.raster.rows() * picture.reduction) * layout.factor;
        cell.label =
            wrapped(picture.label, static_cast<std::size_t>(static_cast<double>(cell_width + gutter - 8) / character));
        label_lines = std::max(label_lines, cell.label.size());
        layout.cells.push_back(std::move(cell));
    }
    place_scale_bar(layout, montage, largest.columns);
    const std::size_t bar = static_cast<std::size_t>(
        std::max(layout.bar_pixels, character * static_cast<double>(display_width(layout.bar_label))));
    const std::size_t grid_width = columns * cell_width + (columns - 1) * gutter;
    const LegendSize legend =
        place_legend(layout, montage, std::max(2 * margin + grid_width, sheet_width), bar + margin);
    layout.width = std::max(2 * margin + grid_width, legend.width);
    const std::size_t title_characters = static_cast<std::size_t>(static_cast<double>(layout.width) / 15.5);
    layout.title_height = montage.title.empty() ? 0 : title_line * wrapped(montage.title, title_characters).size() + 14;

    const std::size_t pitch = cell_height + label_line * label_lines + gutter,
                      first_left = (layout.width - grid_width) / 2;
    for (std::size_t k = 0; k < count; ++k) {
        MontageCell& cell = layout.cells[k];
        cell.row = k / columns;
        cell.column = k % columns;
        cell.left = first_left + cell.column * (cell_width + gutter) + (cell_width - cell.width) / 2;
        cell.top = margin + layout.title_height + cell.row * pitch + (cell_height - cell.height) / 2;
    }
    const std::size_t rows = (count + columns - 1) / columns;
    layout.legend_top = margin + layout.title_height + rows * pitch;
    for (LegendEntry& entry : layout.legend) entry.top += layout.legend_top;
    layout.height = layout.legend_top + legend.height;
    layout.width += layout.width % 2;  // a whole number of points
    layout.height += layout.height % 2;
    return layout;
}

}  // namespace protolith::report
