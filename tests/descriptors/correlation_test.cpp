// S2, P3H, P3V, P4, P6 and L equal their definitions exactly: every boundary, awkward sizes, 2-D and 3-D, every SIMD
// target.
#include "descriptors/correlation.hpp"

#include "brute_force.hpp"
#include "volume/simd_targets.hpp"

#include <functional>

#include <gtest/gtest.h>

namespace protolith::descriptors {
namespace {

constexpr Boundary boundaries[] = {Boundary::non_periodic, Boundary::periodic, Boundary::companion};
constexpr Polytope shapes[] = {Polytope::p3h, Polytope::p3v, Polytope::p4, Polytope::p6};
constexpr const char* instruction_sets[] = {"best", "avx512", "avx2", "sse4", "scalar"};

class Correlation : public ::testing::Test {
  protected:
    void TearDown() override { restrict_simd("best"); }
};

void expect_equal(const CurveCounts& curve, const PhaseVolume& volume, Boundary boundary,
                  const std::function<std::vector<Offset>(int)>& pattern) {
    const Lattice lattice(volume, boundary);
    for (const DirectionCounts& d : curve.directions) {
        for (std::size_t k = 0; k < curve.r.size(); ++k) {
            const Tally direct = count_directly(lattice, placed_in(d.direction, pattern(curve.r[k])));
            ASSERT_EQ(d.counts[k], direct.count) << curve.name << ' ' << d.direction << " r = " << curve.r[k] << " in "
                                                 << to_string(volume.extent()) << " boundary " << int(boundary);
            ASSERT_EQ(d.placements[k], direct.placements) << curve.name << ' ' << d.direction << " r = " << curve.r[k];
        }
    }
}

void expect_all_by_definition(const PhaseVolume& volume, Boundary boundary, int limit) {
    const PackedVolume packed(volume, boundary);
    const int max_r = std::min(limit, packed.largest_distance());
    if (max_r < 0) return;
    expect_equal(two_point(packed, max_r), volume, boundary, [](int r) { return std::vector<Offset>{{0, 0}, {0, r}}; });
    expect_equal(lineal_path(packed, max_r), volume, boundary, segment);
    for (const auto shape : shapes) {
        for (const auto rule : {VertexRule::nearest, VertexRule::companion}) {
            expect_equal(polytope(packed, shape, rule, max_r), volume, boundary,
                         [&](int r) { return polytope_vertices(shape, rule, r).value(); });
        }
    }
}

TEST_F(Correlation, EqualsTheDefinitionsAtAwkwardSizes) {
    const Extent extents[] = {{1, 1, 1}, {1, 1, 9}, {1, 2, 2}, {1, 3, 5}, {1, 17, 63}, {1, 12, 64}, {1, 19, 65}};
    for (const Extent& extent : extents) {
        for (const auto boundary : boundaries) expect_all_by_definition(bernoulli(extent, 0.8), boundary, 9);
    }
}

TEST_F(Correlation, EqualsTheDefinitionsAtEveryDistanceOfASmallImage) {
    for (const auto boundary : boundaries) {
        expect_all_by_definition(bernoulli({1, 20, 20}, 0.85), boundary, 10);
        expect_all_by_definition(bernoulli({1, 21, 23}, 0.85), boundary, 10);
    }
}

TEST_F(Correlation, EqualsTheDefinitionsInThreeDimensions) {
    for (const auto boundary : boundaries) expect_all_by_definition(bernoulli({5, 7, 6}, 0.8), boundary, 3);
}

TEST_F(Correlation, EverySimdTargetGivesTheSameCountsAsTheScalarOne) {
    for (const std::size_t width : {63, 64, 65, 127, 129, 511, 513, 600}) {
        const PhaseVolume image = bernoulli({1, 70, width}, 0.9, static_cast<std::uint32_t>(width));
        for (const auto boundary : boundaries) {
            const PackedVolume packed(image, boundary);
            const auto all = [&] {
                const int r = packed.largest_distance();
                std::vector<CurveCounts> curves{two_point(packed, r), lineal_path(packed, r)};
                for (const auto shape : shapes) curves.push_back(polytope(packed, shape, VertexRule::nearest, r));
                return curves;
            };
            restrict_simd("scalar");
            const auto expected = all();
            for (const char* set : instruction_sets) {
                restrict_simd(set);
                EXPECT_EQ(all(), expected) << simd_in_use() << ' ' << width;
            }
        }
    }
}

TEST_F(Correlation, PartsAddUpToTheWhole) {
    for (const auto boundary : boundaries) {
        const PackedVolume packed(bernoulli({3, 9, 40}, 0.7), boundary);
        const auto all = [&](Part part) {
            std::vector<CurveCounts> curves{two_point(packed, packed.largest_distance(), part),
                                            lineal_path(packed, packed.largest_distance(), part)};
            for (const auto s : shapes) curves.push_back(polytope(packed, s, VertexRule::nearest, 0, part));
            return curves;
        };
        const auto whole = all({});
        auto sum = all({0, 4});
        for (std::size_t part = 1; part < 4; ++part) {
            const auto next = all({part, 4});
            for (std::size_t c = 0; c < sum.size(); ++c) {
                for (std::size_t d = 0; d < sum[c].directions.size(); ++d) {
                    for (std::size_t k = 0; k < sum[c].r.size(); ++k) {
                        sum[c].directions[d].counts[k] += next[c].directions[d].counts[k];
                    }
                }
            }
        }
        EXPECT_EQ(sum, whole);
    }
}

TEST_F(Correlation, EmptyAndFullImagesHaveConstantCurves) {
    for (const std::uint8_t phase : {std::uint8_t{0}, std::uint8_t{1}}) {
        const PhaseVolume image(Extent{1, 12, 67}, phase);
        for (const auto boundary : {Boundary::non_periodic, Boundary::periodic}) {
            const PackedVolume packed(image, boundary);
            const int r = packed.largest_distance();
            for (const auto& counts : {two_point(packed, r), lineal_path(packed, r),
                                       polytope(packed, Polytope::p6, VertexRule::nearest, r)}) {
                for (const double v : to_curve(counts).value) EXPECT_EQ(v, phase) << counts.name;
            }
        }
    }
}

TEST_F(Correlation, DistancesBeyondHalfTheSideAreRefusedWithBothNumbers) {
    const PackedVolume packed(bernoulli({1, 30, 41}, 0.5), Boundary::non_periodic);
    EXPECT_EQ(packed.largest_distance(), 14);
    for (const int r : {15, -1}) {
        try {
            two_point(packed, r);
            FAIL() << "accepted " << r;
        } catch (const InputError& error) {
            const std::string what = error.what();
            EXPECT_NE(what.find(std::to_string(r)), std::string::npos) << what;
            EXPECT_NE(what.find("14"), std::string::npos) << what;
        }
    }
    EXPECT_EQ(largest_distance(30, Boundary::periodic), 15);
    EXPECT_EQ(largest_distance(30, Boundary::companion), 14);
    EXPECT_EQ(largest_distance(31, Boundary::non_periodic), 15);
}

}  // namespace
}  // namespace protolith::descriptors
