#define HWY_WANT_AVX3_DL  // as the code under test
#include "anneal/two_point.hpp"

#include "anneal/two_point_plain.hpp"
#include "synthetic.hpp"

#include <cmath>

#include <gtest/gtest.h>
#include <hwy/targets.h>

namespace protolith::anneal {
namespace {

/// C_r by the definition, voxel by voxel.
std::vector<std::int64_t> counts_by_definition(const PhaseVolume& v, const std::vector<Step>& steps,
                                               std::size_t range) {
    const Extent& e = v.extent();
    const auto wrap = [](std::ptrdiff_t at, std::size_t side) {
        const auto n = static_cast<std::ptrdiff_t>(side);
        return static_cast<std::size_t>(((at % n) + n) % n);
    };
    std::vector<std::int64_t> counts(range + 1);
    for (const Step& step : steps)
        for (std::size_t r = 0; r <= range; ++r)
            for (std::size_t z = 0; z < e.z; ++z)
                for (std::size_t y = 0; y < e.y; ++y)
                    for (std::size_t x = 0; x < e.x; ++x) {
                        const auto k = static_cast<std::ptrdiff_t>(r);
                        const auto ahead = [&](std::size_t at, int d, std::size_t side) {
                            return wrap(static_cast<std::ptrdiff_t>(at) + k * d, side);
                        };
                        counts[r] +=
                            v(z, y, x) & v(ahead(z, step.z, e.z), ahead(y, step.y, e.y), ahead(x, step.x, e.x));
                    }
    return counts;
}

Swap random_swap(const PhaseVolume& v, RandomStream& random) {
    for (;;) {
        const Swap swap{static_cast<std::uint32_t>(random.below(v.size())),
                        static_cast<std::uint32_t>(random.below(v.size()))};
        if (v[swap.from] == 1 && v[swap.to] == 0) return swap;
    }
}

struct Case {
    Extent extent;
    bool diagonal;
    std::size_t range;
};
void PrintTo(const Case& c, std::ostream* out) {
    *out << to_string(c.extent) << (c.diagonal ? " diagonal" : "") << " R " << c.range;
}

class TwoPointCase : public testing::TestWithParam<Case> {
  protected:
    std::vector<Step> steps() const {
        return GetParam().diagonal ? diagonal_steps(GetParam().extent) : axis_steps(GetParam().extent);
    }
    TwoPoint with_flat_target(double level = 0.1234567) const {
        return TwoPoint(GetParam().extent, steps(), GetParam().range, std::vector<double>(GetParam().range + 1, level));
    }
};

TEST_P(TwoPointCase, CountsEqualTheDefinition) {
    const PhaseVolume volume = synthetic::noise(GetParam().extent, 0.4, 3);
    TwoPoint state = with_flat_target();
    state.assign(volume);
    const auto expected = counts_by_definition(volume, steps(), GetParam().range);
    EXPECT_EQ(state.recount(), expected);
    EXPECT_EQ(state.counts, expected);
}

TEST_P(TwoPointCase, CountsAndEnergyKeptSwapBySwapEqualTheRecount) {
    PhaseVolume volume = synthetic::noise(GetParam().extent, 0.4, 5);
    TwoPoint state = with_flat_target();
    state.assign(volume);
    RandomStream random(7, RandomPurpose::test, 0);
    double energy = state.energy();
    for (int k = 0; k < 300; ++k) {
        const Swap swap = random_swap(volume, random);
        const std::int64_t change = two_point_propose(state, swap);
        if (k % 3 == 0) continue;  // refused: leaves no trace
        two_point_accept(state, swap);
        volume[swap.from] = 0;
        volume[swap.to] = 1;
        energy += static_cast<double>(change) * state.unit();
        ASSERT_NEAR(energy, state.energy(), 1e-3 * state.energy() + 5e-6) << "after swap " << k;
    }
    EXPECT_EQ(state.counts, state.recount());
    EXPECT_EQ(state.counts, counts_by_definition(volume, steps(), GetParam().range));
}

TEST_P(TwoPointCase, EveryTargetEqualsThePlainReference) {
    PhaseVolume volume = synthetic::noise(GetParam().extent, 0.5, 9);
    for (std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
        hwy::SetSupportedTargetsForTest(target);
        hwy::GetChosenTarget().Update(hwy::SupportedTargets());
        TwoPoint fast = with_flat_target(), plain = with_flat_target();
        fast.assign(volume);
        plain.assign(volume);
        RandomStream random(11, RandomPurpose::test, 0);
        for (int k = 0; k < 100; ++k) {
            const Swap swap = random_swap(volume, random);
            ASSERT_EQ(two_point_propose(fast, swap), plain::propose(plain, swap)) << hwy::TargetName(target);
            ASSERT_EQ(fast.change, plain.change) << hwy::TargetName(target);
        }
        two_point_accept(fast, random_swap(volume, random));
        plain::apply_change(plain);
        EXPECT_EQ(fast.counts, plain.counts);
        EXPECT_EQ(fast.narrow, plain.narrow);
        EXPECT_EQ(fast.slope, plain.slope);
        EXPECT_EQ(fast.slope_high, plain.slope_high);
        EXPECT_EQ(fast.slope_low, plain.slope_low);
    }
    hwy::SetSupportedTargetsForTest(0);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

INSTANTIATE_TEST_SUITE_P(Shapes, TwoPointCase,
                         testing::Values(Case{{1, 128, 128}, false, 64}, Case{{1, 16, 16}, false, 8},
                                         Case{{1, 2, 2}, false, 1}, Case{{1, 3, 5}, false, 1},
                                         Case{{1, 31, 47}, false, 15}, Case{{1, 150, 131}, false, 65},
                                         Case{{1, 64, 256}, false, 32}, Case{{1, 24, 24}, true, 12},
                                         Case{{1, 21, 35}, true, 10}, Case{{1, 40, 16}, true, 8},
                                         Case{{12, 12, 12}, false, 6}, Case{{9, 14, 11}, false, 4},
                                         Case{{8, 6, 12}, true, 3}));

/// All swaps of a small image, so that every relation of two pixels occurs: one row, one column, neighbours, half the
/// side.
TEST(TwoPoint, EnergyChangeOfEverySwapEqualsTheDifferenceOfEnergies) {
    const PhaseVolume volume = synthetic::noise({1, 8, 8}, 0.4, 13);
    const auto steps = axis_steps(volume.extent());
    std::vector<double> target{0.4, 0.3, 0.2, 0.15, 0.16};
    TwoPoint state(volume.extent(), steps, 4, target);
    state.assign(volume);
    const double before = state.energy();
    for (std::uint32_t from = 0; from < 64; ++from)
        for (std::uint32_t to = 0; to < 64; ++to) {
            if (volume[from] == 0 || volume[to] == 1) continue;
            PhaseVolume swapped = volume;
            swapped[from] = 0;
            swapped[to] = 1;
            const auto counts = counts_by_definition(swapped, steps, 4);
            double after = 0;
            for (std::size_t r = 1; r <= 4; ++r)
                after += std::pow(static_cast<double>(counts[r]) / 128.0 - target[r], 2);
            const double change = static_cast<double>(two_point_propose(state, {from, to})) * state.unit();
            ASSERT_NEAR(change, after - before, 2e-6) << from << " to " << to;
        }
}

TEST(TwoPoint, StripesHaveTheirKnownCounts) {
    PhaseVolume stripes({1, 16, 16});  // rows of the phase, two pixels wide, period 4
    for (std::size_t y = 0; y < 16; ++y)
        for (std::size_t x = 0; x < 16; ++x) stripes(y, x) = y % 4 < 2;
    TwoPoint state(stripes.extent(), axis_steps(stripes.extent()), 8, std::vector<double>(9));
    state.assign(stripes);
    const double across[] = {0.5, 0.25, 0, 0.25, 0.5, 0.25, 0, 0.25, 0.5};
    const auto counts = state.recount();
    for (std::size_t r = 0; r <= 8; ++r) EXPECT_EQ(static_cast<double>(counts[r]), 256 * (0.5 + across[r])) << r;
}

TEST(TwoPoint, RefusesRangesBeyondHalfALine) {
    EXPECT_THROW(TwoPoint({1, 16, 16}, axis_steps({1, 16, 16}), 9, std::vector<double>(10)), InputError);
    EXPECT_THROW(TwoPoint({1, 16, 16}, axis_steps({1, 16, 16}), 8, std::vector<double>(8)), InputError);
}

}  // namespace
}  // namespace protolith::anneal
