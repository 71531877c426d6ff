// Lineal path by progressive erosion: E_0 = line, E_r = E_{r−1} AND the line r voxels on; a line ends when it is empty.
#include "descriptors/bit_kernels.hpp"
#include "descriptors/correlation.hpp"

#include <algorithm>

namespace protolith::descriptors {
namespace {

DirectionCounts empty_counts(const char* direction, std::size_t steps) {
    return {direction, std::vector<std::uint64_t>(steps), std::vector<std::uint64_t>(steps)};
}

DirectionCounts along_lines(const PackedLines& lines, std::size_t steps, Part part) {
    const BitRows& plain = lines.plain;
    DirectionCounts x = empty_counts("x", steps);
    BitRows work(1, 1, plain.length());
    const ItemRange mine = share_of(part, plain.lines());
    for (std::size_t i = mine.first; i < mine.last; ++i) {
        count_segments_along(plain.line(i), lines.shifted().line(i), plain.length(), x.counts, work.line(0));
    }
    for (std::size_t r = 0; r < steps; ++r) {
        x.placements[r] = plain.lines() * (lines.wraps ? plain.length() : plain.length() - r);
    }
    return x;
}

// Across the lines: over the inner index of the grid (y of rows) or the outer one (z).
DirectionCounts across_lines(const PackedLines& lines, Across across, std::size_t steps, Part part) {
    const BitRows& rows = lines.plain;
    const bool inner = across == Across::inner;
    const std::size_t period = inner ? rows.inner() : rows.outer(), step = inner ? 1 : rows.inner();
    DirectionCounts counts = empty_counts(inner ? "y" : "z", steps);
    BitRows work(1, 1, rows.length());
    std::vector<const std::uint64_t*> stack(steps);
    const ItemRange mine = share_of(part, rows.lines());
    for (std::size_t i = mine.first; i < mine.last; ++i) {
        const std::size_t at = inner ? i % rows.inner() : i / rows.inner(), origin = i - at * step;
        const std::size_t depth = lines.wraps ? steps : std::min(steps, period - at);
        for (std::size_t r = 0; r < depth; ++r) stack[r] = rows.line(origin + (at + r) % period * step);
        count_segments_across({stack.data(), depth}, rows.length(), counts.counts, work.line(0));
    }
    for (std::size_t r = 0; r < steps; ++r) {
        counts.placements[r] = rows.lines() / period * rows.length() * (lines.wraps ? period : period - r);
    }
    return counts;
}

}  // namespace

CurveCounts lineal_path(const PackedVolume& volume, int max_r, Part part) {
    volume.require_distance("L", max_r);
    const auto steps = static_cast<std::size_t>(max_r) + 1;
    CurveCounts l{"L", {}, {}};
    for (int r = 0; r <= max_r; ++r) l.r.push_back(r);
    l.directions.push_back(along_lines(volume.rows(), steps, part));
    l.directions.push_back(across_lines(volume.rows(), Across::inner, steps, part));
    if (volume.dimensions() == 3) l.directions.push_back(across_lines(volume.rows(), Across::outer, steps, part));
    return l;
}

}  // namespace protolith::descriptors
