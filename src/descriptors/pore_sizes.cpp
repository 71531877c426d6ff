// A voxel's distance and its covering ball are integers that depend on the image alone, so columns and rows may be
// worked on by any rank; only the map of distances and the list of balls have to be known to all.
#include "descriptors/pore_sizes.hpp"

#include "descriptors/distance.hpp"
#include "descriptors/local_thickness.hpp"
#include "descriptors/medial_balls.hpp"
#include "descriptors/size_density.hpp"

#include <algorithm>
#include <numeric>

namespace protolith::descriptors {
namespace {

/// The whole map from the columns that each rank has.
Volume<std::uint32_t> gather_columns(const Communicator& team, Volume<std::uint32_t> mine, const Extent& extent) {
    if (team.size() == 1) return mine;
    const Part own = part_of(team);
    const std::size_t rows = extent.z * extent.y;
    Volume<std::uint32_t> whole;
    LargeArray<std::uint32_t> piece;
    collectively(team, [&] {
        whole = Volume<std::uint32_t>::unfilled(extent);
        piece.resize(rows * (extent.x / own.count + 1));
    });
    for (std::size_t rank = 0; rank < own.count; ++rank) {
        const ItemRange columns = share_of({rank, own.count}, extent.x);
        const std::size_t width = columns.size();
        std::uint32_t* from = rank == own.index ? mine.data() : piece.data();
        team.broadcast(from, rows * width * sizeof(std::uint32_t), static_cast<int>(rank));
        for (std::size_t row = 0; row < rows; ++row)
            std::copy_n(from + row * width, width, whole.data() + row * extent.x + columns.first);
    }
    return whole;
}

/// The balls of all ranks, largest first.
std::vector<Ball> gather_balls(const Communicator& team, std::vector<Ball> mine) {
    if (team.size() == 1) return mine;
    std::vector<std::uint64_t> counts(static_cast<std::size_t>(team.size()));
    counts[static_cast<std::size_t>(team.rank())] = mine.size();
    team.sum_in_place(counts.data(), counts.size());
    std::vector<Ball> all;
    collectively(team, [&] { all.resize(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0})); });
    Ball* at = all.data();
    for (int rank = 0; rank < team.size(); ++rank) {
        const std::size_t count = counts[static_cast<std::size_t>(rank)];
        if (rank == team.rank()) std::copy(mine.begin(), mine.end(), at);
        team.broadcast(at, count * sizeof(Ball), rank);
        at += count;
    }
    sort_largest_first(all);
    return all;
}

/// Adds the counts of all ranks, whose largest sizes may differ.
void sum_over_ranks(const Communicator& team, std::vector<std::uint64_t>& squares) {
    squares.resize(static_cast<std::size_t>(team.max(static_cast<double>(squares.size()))));
    team.sum_in_place(squares.data(), squares.size());
}

}  // namespace

PoreSizes pore_sizes(const Communicator& team, const PhaseVolume& image, Boundary boundary, const Pause& pause) {
    const Part part = part_of(team);
    const Extent n = image.extent();
    PoreSizes sizes;
    Volume<std::uint32_t> squared;
    collectively(team, [&] {
        if (pause) pause();
        squared = squared_distance(image, boundary, share_of(part, n.x));
        sizes.distance = count_squares(squared);
    });
    squared = gather_columns(team, std::move(squared), n);
    std::vector<Ball> balls;
    collectively(team, [&] {
        if (pause) pause();
        balls = medial_balls(squared, boundary, part);
    });
    squared = {};
    balls = gather_balls(team, std::move(balls));
    collectively(team, [&] {
        sizes.thickness = count_squares(covering_ball(n, balls, boundary, share_of(part, n.z * n.y), pause));
    });
    sum_over_ranks(team, sizes.distance);
    sum_over_ranks(team, sizes.thickness);
    return sizes;
}

}  // namespace protolith::descriptors
