#include "anneal/terms/cluster_term.hpp"

#include "plain_counts.hpp"
#include "random_swaps.hpp"

namespace protolith::anneal {
namespace {

using testing::expect_exact_increments;
using testing::random_volume;

std::vector<double> falling_target(std::size_t reach) {
    std::vector<double> target;
    for (std::size_t r = 0; r <= reach; ++r) target.push_back(0.4 * std::exp(-0.3 * static_cast<double>(r)));
    return target;
}

/// An image from rows of '#' (phase) and '.'.
PhaseVolume drawn(const std::vector<std::string>& rows) {
    PhaseVolume volume({1, rows.size(), rows[0].size()});
    for (std::size_t y = 0; y < rows.size(); ++y)
        for (std::size_t x = 0; x < rows[y].size(); ++x) volume(y, x) = rows[y][x] == '#' ? 1 : 0;
    return volume;
}

void expect_exact(const Extent& extent, int connectivity, double fraction, int passes, std::size_t reach, int swaps) {
    ClusterTerm term(extent, connectivity, falling_target(reach), 1.1);
    const auto count = [&](const PhaseVolume& v) { return testing::plain_clusters(v, reach, connectivity); };
    expect_exact_increments(term, random_volume(extent, fraction, passes, 3), count, swaps, 4);
}

TEST(ClusterTerm, IncrementsEqualRecountOnSparseImage) { expect_exact({1, 32, 32}, 4, 0.3, 0, 15, 4000); }
TEST(ClusterTerm, IncrementsEqualRecountNearPercolation) { expect_exact({1, 32, 32}, 4, 0.59, 0, 15, 4000); }
TEST(ClusterTerm, IncrementsEqualRecountOnPatches) { expect_exact({1, 40, 40}, 4, 0.5, 2, 20, 3000); }
TEST(ClusterTerm, IncrementsEqualRecountWithEightNeighbours) { expect_exact({1, 30, 30}, 8, 0.4, 0, 14, 4000); }
TEST(ClusterTerm, IncrementsEqualRecountOnOddNonSquareImage) { expect_exact({1, 17, 29}, 4, 0.55, 0, 16, 4000); }
TEST(ClusterTerm, IncrementsEqualRecountOnNarrowImages) {
    expect_exact({1, 2, 13}, 4, 0.6, 0, 1, 1000);
    expect_exact({1, 3, 3}, 8, 0.5, 0, 2, 1000);
    expect_exact({1, 1, 19}, 4, 0.7, 0, 0, 1000);
}
TEST(ClusterTerm, IncrementsEqualRecountInThreeDimensions) {
    expect_exact({9, 8, 10}, 6, 0.32, 0, 7, 1500);
    expect_exact({9, 8, 10}, 18, 0.15, 0, 7, 1500);
    expect_exact({9, 8, 10}, 26, 0.12, 0, 7, 1500);
}

TEST(ClusterTerm, BridgeTakenAwayAndPutBackPartsAndJoinsClusters) {
    const PhaseVolume bridge = drawn({".......", ".##.##.", ".##.##.", ".#####.", ".......", ".......", "......."});
    ClusterTerm term(bridge.extent(), 4, falling_target(4), 1.0);
    term.recount(bridge);
    const auto whole = testing::counts_of(term);
    const Swap away{3 * 7 + 3, 5 * 7 + 6};
    term.propose(away);
    term.accept();
    PhaseVolume parted = bridge;
    parted[away.from] = 0;
    parted[away.to] = 1;
    EXPECT_EQ(testing::counts_of(term), testing::plain_clusters(parted, 4, 4));
    EXPECT_LT(term.counts()[3], whole[3]);
    term.propose({away.to, away.from});
    term.accept();
    EXPECT_EQ(testing::counts_of(term), whole);
}

TEST(ClusterTerm, DiagonalNeighboursAreOneClusterOnlyWithEight) {
    const PhaseVolume staircase = drawn({"##...", "..#..", "..#..", ".....", "....."});
    EXPECT_EQ(count_clusters(staircase, 2, 4), (std::vector<std::int64_t>{8, 2, 0}));
    EXPECT_EQ(count_clusters(staircase, 2, 8), (std::vector<std::int64_t>{8, 2, 0}));
    const PhaseVolume corner = drawn({"#.#..", ".#...", ".....", ".....", "....."});
    EXPECT_EQ(count_clusters(corner, 2, 4), (std::vector<std::int64_t>{6, 0, 0}));
    EXPECT_EQ(count_clusters(corner, 2, 8), (std::vector<std::int64_t>{6, 0, 1}));
}

TEST(ClusterTerm, ConnectivityOfAnotherDimensionIsRefused) {
    EXPECT_THROW(ClusterTerm({1, 9, 9}, 6, falling_target(3), 1.0), InputError);
    EXPECT_THROW(ClusterTerm({9, 9, 9}, 4, falling_target(3), 1.0), InputError);
}

}  // namespace
}  // namespace protolith::anneal
