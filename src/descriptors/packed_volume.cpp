// Packing by boundary, and the walk over base lines: vertices that wrap around across lines cut it into stretches on
// which every vertex advances by one line at a time.
#include "descriptors/packed_volume.hpp"

#include "descriptors/bit_kernels.hpp"

#include <algorithm>
#include <array>

namespace protolith::descriptors {
namespace {

// One zero voxel behind every axis of the image.
PhaseVolume with_zero_margin(const PhaseVolume& volume) {
    const Extent& e = volume.extent();
    PhaseVolume wide(Extent{e.z > 1 ? e.z + 1 : 1, e.y + 1, e.x + 1});
    for (std::size_t z = 0; z < e.z; ++z) {
        for (std::size_t y = 0; y < e.y; ++y) {
            std::copy_n(volume.data() + (z * e.y + y) * e.x, e.x, wide.data() + (z * (e.y + 1) + y) * (e.x + 1));
        }
    }
    return wide;
}

PackedLines packed(const PhaseVolume& volume, Axis axis, bool wraps) {
    PackedLines lines{pack_lines(volume, axis), {}, wraps};
    if (wraps) lines.twice = doubled(lines.plain);
    return lines;
}

std::size_t smallest_side(const Extent& e) {
    const std::size_t side = std::min(e.y, e.x);
    return e.dimensions() == 3 ? std::min(side, e.z) : side;
}

const char* name(Boundary boundary) {
    switch (boundary) {
        case Boundary::non_periodic:
            return "non-periodic";
        case Boundary::periodic:
            return "periodic";
        case Boundary::companion:
            return "companion";
    }
    throw Error("unknown boundary");
}

// The same pattern with its smallest coordinates at 0, modulo the period where it wraps, ordered by x, without repeats.
std::vector<Offset> normalised(std::vector<Offset> offsets, bool wraps, std::size_t across, std::size_t along) {
    const int y0 = std::ranges::min_element(offsets, {}, &Offset::y)->y;
    const int x0 = std::ranges::min_element(offsets, {}, &Offset::x)->x;
    for (Offset& o : offsets) {
        o = {o.y - y0, o.x - x0};
        if (wraps) o = {o.y % static_cast<int>(across), o.x % static_cast<int>(along)};
    }
    const auto order = [](const Offset& a, const Offset& b) { return a.x != b.x ? a.x < b.x : a.y < b.y; };
    std::ranges::sort(offsets, order);
    offsets.erase(std::unique(offsets.begin(), offsets.end()), offsets.end());
    return offsets;
}

// Shape of the grid of lines as the pattern sees it: line ((o · across) + m) · block + i.
struct Grid {
    std::size_t outer, across, block;
};

Grid grid_of(const Sweep& sweep) {
    const BitRows& rows = sweep.lines->plain;
    if (sweep.across == Across::inner) return {rows.outer(), rows.inner(), 1};
    return {1, rows.outer(), rows.inner()};
}

}  // namespace

PackedVolume::PackedVolume(const PhaseVolume& volume, Boundary boundary)
    : given_(volume.extent()),
      boundary_(boundary),
      largest_distance_(descriptors::largest_distance(smallest_side(volume.extent()), boundary)) {
    require(volume.size() > 0, "an image without voxels has no correlations");
    const PhaseVolume wide = boundary == Boundary::companion ? with_zero_margin(volume) : PhaseVolume();
    const PhaseVolume& source = boundary == Boundary::companion ? wide : volume;
    x_ = packed(source, Axis::x, wraps());
    if (dimensions() == 3) y_ = packed(source, Axis::y, wraps());
}

void PackedVolume::require_distance(const std::string& name_of_curve, int max_r) const {
    require_input(max_r >= 0 && max_r <= largest_distance_,
                  "{} is asked up to r = {} pixels; an image of {} with {} boundary defines 0 ≤ r ≤ {}", name_of_curve,
                  max_r, to_string(given_), name(boundary_), largest_distance_);
}

std::vector<Sweep> PackedVolume::planes() const {
    if (dimensions() == 2) return {{"yx", &x_, Across::inner}};
    return {{"yx", &x_, Across::inner}, {"zx", &x_, Across::outer}, {"zy", &y_, Across::outer}};
}

Tally count_pattern(const Sweep& sweep, std::vector<Offset> offsets, Part part) {
    const PackedLines& lines = *sweep.lines;
    const Grid grid = grid_of(sweep);
    const std::size_t along = lines.plain.length();
    offsets = normalised(std::move(offsets), lines.wraps, grid.across, along);
    const auto span_y = static_cast<std::size_t>(std::ranges::max_element(offsets, {}, &Offset::y)->y);
    const auto span_x = static_cast<std::size_t>(offsets.back().x);
    require(span_y < grid.across && span_x < along, "a pattern of {} × {} pixels does not fit into {} × {}", span_y + 1,
            span_x + 1, grid.across, along);
    const std::size_t bases = lines.wraps ? grid.across : grid.across - span_y;
    const std::size_t length = lines.wraps ? along : along - span_x;

    Tally tally{0, grid.outer * bases * grid.block * length};
    std::array<Vertex, max_vertices> vertices;
    const ItemRange mine = share_of(part, grid.outer * bases);
    for (std::size_t u = mine.first; u < mine.last;) {
        const std::size_t outer = u / bases, base = u % bases;
        std::size_t stretch = std::min(bases - base, mine.last - u);
        for (std::size_t k = 0; k < offsets.size(); ++k) {
            const std::size_t at = (base + static_cast<std::size_t>(offsets[k].y)) % grid.across;
            stretch = std::min(stretch, grid.across - at);
            const BitRows& from = offsets[k].x == 0 ? lines.plain : lines.shifted();
            vertices.at(k) = {from.line((outer * grid.across + at) * grid.block),
                              static_cast<std::size_t>(offsets[k].x), from.stride()};
        }
        tally.count += count_all_set({vertices.data(), offsets.size()}, stretch * grid.block, length);
        u += stretch;
    }
    return tally;
}

}  // namespace protolith::descriptors
