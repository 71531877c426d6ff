// Each pixel's colour is computed from its voxel; blocks of a very large image are averaged on the way, so that no full
// copy is made.
#include "report/picture.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace protolith::report {
namespace {

constexpr std::size_t most_pixels = 2048;  // along a side of a picture

/// A plane of a volume: rows × columns, and the voxel at each place.
struct Slice {
    std::string name;
    std::size_t rows, columns;
    std::size_t first, row_step, column_step;  // indices into the voxels

    std::size_t voxel(std::size_t row, std::size_t column) const {
        return first + row * row_step + column * column_step;
    }
};

std::vector<Slice> slices_of(const std::string& label, const Extent& extent) {
    require(extent.count() > 0, "the picture '{}' has no pixels: {} × {} × {}", label, extent.z, extent.y, extent.x);
    const std::size_t plane = extent.y * extent.x;
    if (extent.dimensions() == 2) return {{label, extent.y, extent.x, 0, extent.x, 1}};
    const std::size_t z = extent.z / 2, y = extent.y / 2, x = extent.x / 2;
    return {{fmt::format("{}, z = {}", label, z), extent.y, extent.x, z * plane, extent.x, 1},
            {fmt::format("{}, y = {}", label, y), extent.z, extent.x, y * extent.x, plane, 1},
            {fmt::format("{}, x = {}", label, x), extent.z, extent.y, x, plane, extent.x}};
}

/// A power of two, so that pictures reduced differently can be brought to the same scale.
std::size_t reduction_of(const Slice& slice) {
    std::size_t factor = 1;
    while (std::max(slice.rows, slice.columns) / factor > most_pixels) factor *= 2;
    return factor;
}

/// Paints one band of `factor` rows at a time.
template <class ColourOf>
Picture painted(const Slice& slice, const ColourScale& scale, ColourOf&& colour_of) {
    const std::size_t factor = reduction_of(slice);
    Raster picture((slice.rows + factor - 1) / factor, (slice.columns + factor - 1) / factor, {});
    for (std::size_t row = 0; row < picture.rows(); ++row) {
        Raster band(std::min(factor, slice.rows - row * factor), slice.columns, {});
        for (std::size_t i = 0; i < band.rows(); ++i)
            for (std::size_t j = 0; j < band.columns(); ++j) band(i, j) = colour_of(slice.voxel(row * factor + i, j));
        paste(picture, reduced(band, factor), row, 0);
    }
    return {slice.name, std::move(picture), factor, scale};
}

template <class ColourOf>
std::vector<Picture> painted(const std::string& label, const Extent& extent, const ColourScale& scale,
                             ColourOf&& colour_of) {
    std::vector<Picture> pictures;
    for (const Slice& slice : slices_of(label, extent)) pictures.push_back(painted(slice, scale, colour_of));
    return pictures;
}

std::pair<double, double> finite_range(const GreyVolume& volume) {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const float value : volume) {
        if (!std::isfinite(value)) continue;
        low = std::min<double>(low, value);
        high = std::max<double>(high, value);
    }
    if (low > high) return {0, 1};
    return {low, high > low ? high : low + 1};
}

}  // namespace

std::vector<Picture> phase_pictures(const std::string& label, const PhaseVolume& volume, const PhaseNames& names) {
    const ColourScale scale{.swatches = {{phase_colour, names.phase}, {other_colour, names.other}}};
    return painted(label, volume.extent(), scale,
                   [&](std::size_t i) { return volume[i] ? phase_colour : other_colour; });
}

std::vector<Picture> grey_pictures(const std::string& label, const GreyVolume& volume, const std::string& quantity,
                                   double low, double high, ColourMap map) {
    require(low <= high, "the picture '{}' is to show values from {} to {}", label, low, high);
    if (low == high) std::tie(low, high) = finite_range(volume);
    const ColourScale scale{.map = map, .low = low, .high = high, .quantity = quantity};
    return painted(label, volume.extent(), scale,
                   [&](std::size_t i) { return colour_at(map, (volume[i] - low) / (high - low)); });
}

std::vector<Picture> difference_pictures(const std::string& label, const PhaseVolume& first, const PhaseVolume& second,
                                         const std::string& first_name, const std::string& second_name) {
    require(first.extent() == second.extent(), "the difference '{}' is of images of {} and {}", label,
            to_string(first.extent()), to_string(second.extent()));
    const Colour only_first = colour_at(ColourMap::difference, 0), both = colour_at(ColourMap::difference, 0.5),
                 only_second = colour_at(ColourMap::difference, 1);
    const ColourScale scale{
        .swatches = {{only_first, "only in " + first_name}, {both, "equal"}, {only_second, "only in " + second_name}}};
    return painted(label, first.extent(), scale, [&](std::size_t i) {
        return first[i] == second[i] ? both : first[i] ? only_first : only_second;
    });
}

}  // namespace protolith::report
