// Terms by name, and their agreement with the descriptors that were written apart from them.
#include "anneal/terms/feature.hpp"

#include "anneal/terms/count_volume.hpp"
#include "descriptors/components.hpp"
#include "descriptors/correlation.hpp"
#include "plain_counts.hpp"
#include "random_swaps.hpp"

#include <gtest/gtest.h>

namespace protolith::anneal {
namespace {

using descriptors::Boundary;
using descriptors::VertexRule;

constexpr Feature all_features[] = {Feature::p3h, Feature::p3v,         Feature::p4,
                                    Feature::p6,  Feature::lineal_path, Feature::clusters};

void expect_equal_curves(const descriptors::CurveCounts& expected, const std::vector<double>& found) {
    const descriptors::Curve curve = descriptors::to_curve(expected);
    for (std::size_t k = 0; k < curve.r.size(); ++k) {
        const auto r = static_cast<std::size_t>(curve.r[k]);
        EXPECT_NEAR(found[r], curve.value[k], 1e-14) << expected.name << " at r = " << r;
    }
}

void expect_descriptors(const Extent& extent, int reach) {
    const PhaseVolume volume = testing::random_volume(extent, 0.5, 2, 5);
    const descriptors::PackedVolume packed(volume, Boundary::periodic);
    const auto distances = static_cast<std::size_t>(reach);
    expect_equal_curves(descriptors::lineal_path(packed, reach),
                        measure_feature(Feature::lineal_path, volume, distances));
    const descriptors::Polytope polytopes[] = {descriptors::Polytope::p3h, descriptors::Polytope::p3v,
                                               descriptors::Polytope::p4, descriptors::Polytope::p6};
    for (std::size_t k = 0; k < 4; ++k)
        for (const VertexRule rule : {VertexRule::nearest, VertexRule::companion})
            expect_equal_curves(descriptors::polytope(packed, polytopes[k], rule, reach),
                                measure_feature(all_features[k], volume, distances, {rule, 0}));
}

TEST(Features, EqualThePeriodicDescriptorsOfAnImage) { expect_descriptors({1, 48, 61}, 24); }
TEST(Features, EqualThePeriodicDescriptorsOfAVolume) { expect_descriptors({10, 12, 11}, 5); }

TEST(Features, ClustersEqualTheDescriptorsOfLabelledComponents) {
    for (const int connectivity : {4, 8}) {
        const PhaseVolume volume = testing::random_volume({1, 40, 33}, 0.5, 0, 6);
        const auto components = descriptors::label_components(
            volume, static_cast<descriptors::Connectivity>(connectivity), Boundary::periodic);
        const auto counts = count_same_label(descriptors::label_volume(components), 16);
        const auto values = measure_feature(Feature::clusters, volume, 16, {VertexRule::nearest, connectivity});
        for (std::size_t r = 0; r <= 16; ++r)
            EXPECT_DOUBLE_EQ(values[r], static_cast<double>(counts[r]) / (2.0 * 40 * 33)) << "r = " << r;
    }
}

TEST(Features, TermMeetsTheTargetMeasuredOnItsOwnVolume) {
    for (const Extent extent : {Extent{1, 30, 41}, Extent{9, 9, 9}}) {
        const PhaseVolume volume = testing::random_volume(extent, 0.5, 1, 7);
        for (const Feature feature : all_features) {
            const auto term = make_feature_term(feature, extent, measure_feature(feature, volume, 4), 2.0);
            EXPECT_GT(term->energy(), 1e-6) << name(feature);
            term->recount(volume);
            EXPECT_LT(term->energy(), 1e-20) << name(feature);
        }
    }
}

TEST(Features, WeightMultipliesTheEnergy) {
    const PhaseVolume volume = testing::random_volume({1, 20, 20}, 0.5, 1, 8);
    for (const Feature feature : all_features) {
        const auto once = make_feature_term(feature, volume.extent(), {0.5, 0.25, 0.125}, 1.0);
        const auto thrice = make_feature_term(feature, volume.extent(), {0.5, 0.25, 0.125}, 3.0);
        once->recount(volume);
        thrice->recount(volume);
        EXPECT_NEAR(thrice->energy(), 3.0 * once->energy(), 1e-12) << name(feature);
    }
}

TEST(Features, EstimatedMemoryIsThatOfTheTerm) {
    for (const Extent extent : {Extent{1, 200, 200}, Extent{1, 160, 220}, Extent{36, 36, 36}}) {
        for (const Feature feature : all_features) {
            const std::size_t reach = extent.z > 1 ? 17 : 64;
            const auto term = make_feature_term(feature, extent, std::vector<double>(reach + 1, 0.1), 1.0);
            const auto found = static_cast<double>(term->memory());
            EXPECT_NEAR(static_cast<double>(feature_memory(feature, extent, reach)), found, 0.02 * found + 2.0e4)
                << name(feature) << ", " << to_string(extent);
        }
    }
}

TEST(Features, EmptyVolumeIsRefused) { EXPECT_THROW(measure_feature(Feature::p4, PhaseVolume(), 0), InputError); }

}  // namespace
}  // namespace protolith::anneal
