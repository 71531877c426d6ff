// The companion boundary reproduces what is published of the SMiCA code as far as it can be known without its
// 65,646-pixel configuration: normalisation by M = N + 1, the first values, the run formula of L, and identities that
// every image obeys.
#include "brute_force.hpp"
#include "descriptors/chord_length.hpp"

#include <gtest/gtest.h>

namespace protolith::descriptors {
namespace {

// 512² with exactly 65,646 pixels in the phase, spread by a Weyl sequence.
PhaseVolume image_of_published_size() {
    PhaseVolume image(Extent{1, 512, 512});
    std::size_t set = 0;
    for (std::size_t at = 0; set < 65'646; at = (at + 162'013) % image.size()) {
        set += image[at] == 0;
        image[at] = 1;
    }
    return image;
}

TEST(Companion, EveryFunctionBeginsAtThePublishedValue) {
    const PackedVolume packed(image_of_published_size(), Boundary::companion);
    EXPECT_EQ(packed.largest_distance(), 255);  // the published tables end at r = 255
    constexpr double published = 0.249444;      // r = 0 of its S2, L and Pn: 65,646 / 513²
    for (const auto& counts :
         {two_point(packed, 1), lineal_path(packed, 1), polytope(packed, Polytope::p3h, VertexRule::companion, 2),
          polytope(packed, Polytope::p4, VertexRule::companion, 1),
          polytope(packed, Polytope::p6, VertexRule::companion, 1)}) {
        EXPECT_EQ(counts.directions[0].placements[0], 513u * 513u);
        EXPECT_NEAR(to_curve(counts).value[0], published, 5e-7) << counts.name;
    }
}

TEST(Companion, TwoPointFunctionAndLinealPathAgreeAtOnePixel) {
    // Published: S2(1) = 0.203877, L(1) = 0.203878, the same count rounded in single precision.
    const PackedVolume packed(bernoulli({1, 65, 65}, 0.6), Boundary::companion);
    const CurveCounts s2 = two_point(packed, 1), l = lineal_path(packed, 1);
    for (std::size_t d = 0; d < 2; ++d) EXPECT_EQ(s2.directions[d].counts[1], l.directions[d].counts[1]);
}

TEST(Companion, RunsOfLengthLContributeLMinusR) {
    const PhaseVolume image = bernoulli({1, 97, 97}, 0.9);
    const CurveCounts l = lineal_path(PackedVolume(image, Boundary::companion), 47);
    const auto runs = chord_lengths(image, 1, Boundary::companion);
    for (std::size_t d = 0; d < 2; ++d) {
        for (std::size_t r = 0; r <= 47; ++r) {
            std::uint64_t sum = 0;
            for (std::size_t length = r; length < runs[d].counts.size(); ++length)
                sum += runs[d].counts[length] * (length - r);
            EXPECT_EQ(l.directions[d].counts[r], sum) << r;
        }
    }
}

TEST(Companion, AFullImageLosesTheZeroRowAndColumn) {
    constexpr double n = 32, m = n + 1;
    const PackedVolume packed(PhaseVolume(Extent{1, 32, 32}, 1), Boundary::companion);
    const Curve s2 = to_curve(two_point(packed, 15)), l = to_curve(lineal_path(packed, 15));
    for (int r = 1; r <= 15; ++r) {
        const auto k = static_cast<std::size_t>(r);
        // Of M positions along a line two are lost to the zero voxel, whatever r; a run of N holds N − r segments.
        EXPECT_DOUBLE_EQ(s2.value[k], n * (m - 2) / (m * m)) << r;
        EXPECT_DOUBLE_EQ(l.value[k], n * (n - r) / (m * m)) << r;
    }
}

}  // namespace
}  // namespace protolith::descriptors
