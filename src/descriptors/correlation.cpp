// S2 and Pn as patterns of shifted copies, counted for every distance on one block of lines after the other, so that
// the lines stay in cache.
#include "descriptors/correlation.hpp"

namespace protolith::descriptors {
namespace {

// Blocks into which a part is cut: about as many bytes of lines a block as half a second-level cache holds.
std::size_t blocks_of(const PackedLines& lines, Part part) {
    constexpr std::size_t block_bytes = std::size_t{1} << 17;
    const std::size_t bytes =
        lines.plain.lines() * (lines.plain.stride() + (lines.wraps ? lines.twice.stride() : 0)) * 8;
    return bytes / part.count / block_bytes + 1;
}

// Counts of one pattern per distance.
DirectionCounts count_patterns(std::string direction, const Sweep& sweep,
                               const std::vector<std::vector<Offset>>& patterns, Part part) {
    DirectionCounts out{std::move(direction), std::vector<std::uint64_t>(patterns.size()),
                        std::vector<std::uint64_t>(patterns.size())};
    const std::size_t blocks = blocks_of(*sweep.lines, part);
    for (std::size_t block = 0; block < blocks; ++block) {
        for (std::size_t k = 0; k < patterns.size(); ++k) {
            const Tally tally = count_pattern(sweep, patterns[k], {part.index * blocks + block, part.count * blocks});
            out.counts[k] += tally.count;
            out.placements[k] = tally.placements;
        }
    }
    return out;
}

}  // namespace

CurveCounts two_point(const PackedVolume& volume, int max_r, Part part) {
    volume.require_distance("S2", max_r);
    CurveCounts s2{"S2", {}, {}};
    std::vector<std::vector<Offset>> along, across;
    for (int r = 0; r <= max_r; ++r) {
        s2.r.push_back(r);
        along.push_back({{0, 0}, {0, r}});
        across.push_back({{0, 0}, {r, 0}});
    }
    const Sweep rows{"yx", &volume.rows(), Across::inner}, piles{"zx", &volume.rows(), Across::outer};
    s2.directions.push_back(count_patterns("x", rows, along, part));
    s2.directions.push_back(count_patterns("y", rows, across, part));
    if (volume.dimensions() == 3) s2.directions.push_back(count_patterns("z", piles, across, part));
    return s2;
}

CurveCounts polytope(const PackedVolume& volume, Polytope shape, VertexRule rule, int max_r, Part part) {
    volume.require_distance(std::string(name(shape)), max_r);
    CurveCounts curve{std::string(name(shape)), {}, {}};
    std::vector<std::vector<Offset>> patterns;
    for (int r = 0; r <= max_r; ++r) {
        auto vertices = polytope_vertices(shape, rule, r);
        if (!vertices) continue;
        curve.r.push_back(r);
        patterns.push_back(std::move(*vertices));
    }
    for (const Sweep& plane : volume.planes()) {
        curve.directions.push_back(count_patterns(plane.name, plane, patterns, part));
    }
    return curve;
}

}  // namespace protolith::descriptors
