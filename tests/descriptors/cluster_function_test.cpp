// C2 against pairs counted one by one on labelled voxels, and where it must equal S2 or vanish.
#include "descriptors/cluster_function.hpp"

#include "descriptors/correlation.hpp"
#include "images.hpp"

#include <gtest/gtest.h>

namespace protolith::descriptors {
namespace {

/// Pairs of equal label at distance r along axis a (0 = x, 1 = y, 2 = z).
std::uint64_t pairs_one_by_one(const Volume<std::uint32_t>& labels, Boundary boundary, std::size_t a, std::size_t r) {
    const Extent n = labels.extent();
    const std::size_t side = a == 0 ? n.x : a == 1 ? n.y : n.z;
    std::uint64_t pairs = 0;
    for (std::size_t z = 0; z < n.z; ++z)
        for (std::size_t y = 0; y < n.y; ++y)
            for (std::size_t x = 0; x < n.x; ++x) {
                std::array<std::size_t, 3> to{x, y, z};
                to[a] += r;
                if (boundary == Boundary::periodic) to[a] %= side;
                if (boundary == Boundary::companion) to[a] %= side + 1;
                if (to[a] >= side || labels(z, y, x) == 0) continue;
                pairs += labels(z, y, x) == labels(to[2], to[1], to[0]);
            }
    return pairs;
}

TEST(ClusterFunction, EqualsPairsCountedOneByOne) {
    std::uint32_t item = 500;
    for (const Extent n :
         {Extent{1, 2, 2}, Extent{1, 9, 14}, Extent{1, 33, 70}, Extent{1, 64, 65}, Extent{5, 7, 6}, Extent{8, 12, 9}})
        for (const auto boundary : {Boundary::non_periodic, Boundary::periodic, Boundary::companion})
            for (const double fraction : {0.3, 0.5, 0.7, 1.0}) {
                const PhaseVolume image = test::bernoulli(n, fraction, ++item);
                const Components components =
                    label_components(image, n.z > 1 ? Connectivity::six : Connectivity::four, boundary);
                const std::size_t smallest = n.z > 1 ? std::min({n.z, n.y, n.x}) : std::min(n.y, n.x);
                const int max_r = largest_distance(smallest, boundary);
                if (max_r < 0) continue;
                const CurveCounts c2 = cluster_function(image, components, max_r);
                const auto labels = label_volume(components);
                ASSERT_EQ(c2.directions.size(), n.z > 1 ? 3u : 2u);
                for (std::size_t a = 0; a < c2.directions.size(); ++a)
                    for (std::size_t r = 0; r <= static_cast<std::size_t>(max_r); ++r)
                        ASSERT_EQ(c2.directions[a].counts[r], pairs_one_by_one(labels, boundary, a, r))
                            << to_string(n) << " r " << r << " axis " << a;
            }
}

TEST(ClusterFunction, IsS2WhenThereIsOneCluster) {
    const PhaseVolume comb =
        test::drawn({"#.#.#.#.", "#.#.#.#.", "########", "........", "........", "........", "........"});
    for (const auto boundary : {Boundary::non_periodic, Boundary::periodic, Boundary::companion}) {
        const CurveCounts c2 = cluster_function(comb, label_components(comb, Connectivity::four, boundary), 2);
        const CurveCounts s2 = two_point(PackedVolume(comb, boundary), 2);
        EXPECT_EQ(c2.r, s2.r);
        EXPECT_EQ(c2.directions, s2.directions);
    }
    const PhaseVolume full({4, 6, 5}, 1);
    const CurveCounts c2 = cluster_function(full, label_components(full, Connectivity::six, Boundary::companion), 1);
    EXPECT_EQ(c2.directions, two_point(PackedVolume(full, Boundary::companion), 1).directions);
}

TEST(ClusterFunction, VanishesBetweenClusters) {
    // Three bars: at distance 2 across them there are pairs, but never in the same bar.
    const PhaseVolume bars = test::drawn({"#.#.#.", "#.#.#.", "#.#.#.", "#.#.#.", "#.#.#.", "#.#.#."});
    const CurveCounts c2 = cluster_function(bars, label_components(bars, Connectivity::four), 2);
    EXPECT_EQ(c2.directions[0].counts, (std::vector<std::uint64_t>{18, 0, 0}));
    EXPECT_EQ(c2.directions[1].counts, (std::vector<std::uint64_t>{18, 15, 12}));
    const Curve mean = to_curve(c2);
    EXPECT_DOUBLE_EQ(mean.value[0], 0.5);
    EXPECT_DOUBLE_EQ(mean.value[2], 0.25);
}

TEST(ClusterFunction, OfAnEmptyImageIsZero) {
    const PhaseVolume empty({1, 8, 8});
    for (const auto& direction : cluster_function(empty, label_components(empty, Connectivity::eight), 3).directions)
        EXPECT_EQ(direction.counts, std::vector<std::uint64_t>(4, 0));
}

TEST(ClusterFunction, RefusesDistancesBeyondHalfTheSmallestSide) {
    const PhaseVolume image({1, 9, 20}, 1);
    const Components components = label_components(image, Connectivity::four);
    EXPECT_NO_THROW(cluster_function(image, components, 4));
    EXPECT_THROW(cluster_function(image, components, 5), InputError);
    EXPECT_THROW(cluster_function(image, components, -1), InputError);
    EXPECT_THROW(cluster_function(PhaseVolume({1, 9, 9}, 1), components, 2), Error);
}

}  // namespace
}  // namespace protolith::descriptors
