// Claims about the division of volumes over ranks: a partition, no empty block, least surface, periodic neighbours.
#include "volume/blocks.hpp"

#include <gtest/gtest.h>

namespace protolith {
namespace {

/// How often each voxel is owned.
Volume<int> coverage(const BlockGrid& grid) {
    Volume<int> hits(grid.volume(), 0);
    for (int rank = 0; rank < grid.ranks(); ++rank) {
        const auto [offset, extent] = grid.block(rank);
        for (std::size_t z = 0; z < extent.z; ++z)
            for (std::size_t y = 0; y < extent.y; ++y)
                for (std::size_t x = 0; x < extent.x; ++x) {
                    ++hits(offset.z + z, offset.y + y, offset.x + x);
                    EXPECT_EQ(grid.owner(offset.z + z, offset.y + y, offset.x + x), rank);
                }
    }
    return hits;
}

TEST(BlockGrid, EveryVoxelHasExactlyOneOwner) {
    for (const Extent volume :
         {Extent{1, 1, 1}, Extent{1, 5, 7}, Extent{3, 4, 5}, Extent{7, 7, 7}, Extent{1, 1, 13}, Extent{9, 1, 2}})
        for (int ranks = 1; ranks <= 40; ++ranks) {
            const BlockGrid grid(volume, ranks);
            EXPECT_EQ(coverage(grid), Volume<int>(volume, 1)) << to_string(volume) << " over " << ranks;
        }
}

TEST(BlockGrid, NoBlockIsEmptyWhenAGridFits) {
    for (const int ranks : {1, 2, 3, 4, 6, 7, 8, 12, 16, 27, 60, 64}) {
        const BlockGrid grid({16, 16, 16}, ranks);
        EXPECT_EQ(grid.used_ranks(), ranks);
        for (int rank = 0; rank < ranks; ++rank) EXPECT_GT(grid.block(rank).count(), 0u);
    }
}

TEST(BlockGrid, RanksThatFitNoGridOwnNothing) {
    const BlockGrid more_ranks_than_voxels({1, 1, 3}, 5);
    EXPECT_EQ(more_ranks_than_voxels.used_ranks(), 3);
    EXPECT_EQ(more_ranks_than_voxels.block(4), Block{});
    const BlockGrid prime({1, 2, 6}, 7);
    EXPECT_EQ(prime.used_ranks(), 6);
    EXPECT_EQ(prime.block(6).count(), 0u);
    EXPECT_THROW(prime.neighbour(6, 0, 0, 1), Error);
}

TEST(BlockGrid, LeastSurfaceWins) {
    EXPECT_EQ(BlockGrid({64, 64, 64}, 8).grid(), (Extent{2, 2, 2}));
    EXPECT_EQ(BlockGrid({64, 64, 64}, 64).grid(), (Extent{4, 4, 4}));
    EXPECT_EQ(BlockGrid({64, 64, 64}, 2).grid(), (Extent{2, 1, 1}));
    EXPECT_EQ(BlockGrid({1, 100, 400}, 4).grid(), (Extent{1, 1, 4}));
    EXPECT_EQ(BlockGrid({1, 400, 100}, 4).grid(), (Extent{1, 4, 1}));
    EXPECT_EQ(BlockGrid({1, 128, 128}, 16).grid(), (Extent{1, 4, 4}));
}

TEST(BlockGrid, BlocksDifferByAtMostOneVoxelAlongAnAxis) {
    const BlockGrid grid({1, 1, 11}, 4);
    EXPECT_EQ(grid.block(0), (Block{{0, 0, 0}, {1, 1, 3}}));
    EXPECT_EQ(grid.block(2), (Block{{0, 0, 6}, {1, 1, 3}}));
    EXPECT_EQ(grid.block(3), (Block{{0, 0, 9}, {1, 1, 2}}));
}

TEST(BlockGrid, NeighboursWrapAndReturn) {
    const BlockGrid grid({12, 12, 12}, 12);
    ASSERT_EQ(grid.grid().count(), 12u);
    for (int rank = 0; rank < 12; ++rank) {
        EXPECT_EQ(grid.neighbour(rank, 0, 0, 0), rank);
        EXPECT_EQ(grid.neighbour(grid.neighbour(rank, 1, -1, 1), -1, 1, -1), rank);
        const auto [nz, ny, nx] = grid.grid();
        EXPECT_EQ(grid.neighbour(rank, static_cast<int>(nz), -static_cast<int>(ny), 5 * static_cast<int>(nx)), rank);
    }
    const BlockGrid line({1, 1, 12}, 4);
    EXPECT_EQ(line.neighbour(0, 0, 0, -1), 3);
    EXPECT_EQ(line.neighbour(3, 0, 0, 1), 0);
}

TEST(BlockGrid, NonsenseIsRefused) {
    EXPECT_THROW(BlockGrid({4, 4, 4}, 0), Error);
    EXPECT_THROW(BlockGrid({0, 4, 4}, 1), Error);
    const BlockGrid grid({4, 4, 4}, 2);
    EXPECT_THROW(grid.block(2), Error);
    EXPECT_THROW(grid.owner(4, 0, 0), Error);
}

TEST(Block, InsideIsExactAtTheBorderAndSafeAgainstOverflow) {
    const Extent volume{1, 4, 5};
    EXPECT_TRUE(inside(whole(volume), volume));
    EXPECT_TRUE(inside({{0, 3, 4}, {1, 1, 1}}, volume));
    EXPECT_FALSE(inside({{0, 3, 4}, {1, 1, 2}}, volume));
    EXPECT_FALSE(inside({{0, 0, 0}, {1, 0, 5}}, volume));
    EXPECT_FALSE(inside({{0, static_cast<std::size_t>(-1), 0}, {1, 2, 1}}, volume));
    EXPECT_EQ(to_string(Block{{0, 1, 2}, {1, 2, 3}}), "[0:1, 1:3, 2:5]");
}

}  // namespace
}  // namespace protolith
