// The terms give the same bits in every instruction set.
#include "anneal/terms/feature.hpp"
#include "random_swaps.hpp"
#include "volume/simd_targets.hpp"

#include <gtest/gtest.h>

namespace protolith::anneal {
namespace {

/// Energy changes and counts of a run of swaps under one restriction of the instruction set.
struct Run {
    std::vector<double> changes;
    std::vector<std::int64_t> counts;
    bool operator==(const Run&) const = default;
};

Run run_restricted(std::string_view simd, Feature feature, const Extent& extent, std::size_t reach) {
    restrict_simd(simd);
    PhaseVolume volume = testing::random_volume(extent, 0.5, 1, 4);
    const auto term = make_feature_term(feature, extent, std::vector<double>(reach + 1, 1.0 / 7.0), 0.3);
    term->recount(volume);
    testing::SwapSource source(extent, 9);
    Run run;
    for (int k = 0; k < 2000; ++k) {
        Swap swap{};
        EXPECT_TRUE(source.draw(volume, swap));
        run.changes.push_back(term->propose(swap));
        if (k % 3 != 0) continue;
        term->accept();
        volume[swap.from] = 0;
        volume[swap.to] = 1;
    }
    run.counts = testing::counts_of(*term);
    restrict_simd("best");
    return run;
}

void expect_same_bits(Feature feature, const Extent& extent, std::size_t reach) {
    const Run best = run_restricted("best", feature, extent, reach);
    for (const auto simd : {"avx512", "avx2", "sse4", "scalar"})
        EXPECT_EQ(run_restricted(simd, feature, extent, reach), best) << simd << ", " << name(feature);
}

TEST(InstructionSets, LinealPathHasTheSameBits) {
    expect_same_bits(Feature::lineal_path, {1, 50, 70}, 49);
    expect_same_bits(Feature::lineal_path, {12, 13, 14}, 11);
}

TEST(InstructionSets, PolytopesHaveTheSameBits) {
    for (const Feature feature : {Feature::p3h, Feature::p3v, Feature::p4, Feature::p6}) {
        expect_same_bits(feature, {1, 80, 90}, 70);
        expect_same_bits(feature, {12, 12, 12}, 6);
    }
}

}  // namespace
}  // namespace protolith::anneal
