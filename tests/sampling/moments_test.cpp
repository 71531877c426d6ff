#include "sampling/moments.hpp"

#include "../io/one_process.hpp"

#include <gtest/gtest.h>

namespace protolith::sampling {
namespace {

/// Two ladders of two draws and one of the burn-in, written out.
TEST(Moments, AreThoseOfTheDrawsAfterTheBurnIn) {
    Settings s;
    s.dimensions = 2;
    s.ladders = 2;
    s.burn_in = 1;
    s.sweeps = 2;
    Samples samples(io::one_process(), s);
    const double states[3][2][2] = {{{100, 100}, {100, 100}}, {{1, 2}, {3, 2}}, {{1, 0}, {-1, 0}}};
    const double likelihoods[3][2] = {{1e6, 1e6}, {3, 8}, {1, 0.75}};
    for (int draw = 0; draw < 3; ++draw) {
        for (std::size_t ladder = 0; ladder < 2; ++ladder)
            samples.note(ladder, states[draw][ladder], likelihoods[draw][ladder]);
        EXPECT_FALSE(samples.end_draw());
    }
    EXPECT_THROW(moments(samples), Error);
    samples.collect();
    ASSERT_EQ(samples.draws(), 3u);
    EXPECT_EQ(samples.series(0), (std::vector<double>{1, 1, 3, -1}));
    EXPECT_EQ(samples.series(2), (std::vector<double>{3, 1, 8, 0.75}));
    EXPECT_EQ(samples.log_posterior(1, 1), 8 - 6.5);
    const Moments m = moments(samples);
    EXPECT_EQ(m.mean, (std::vector<double>{1, 1}));
    const std::vector<double> covariance{8.0 / 3, 4.0 / 3, 4.0 / 3, 4.0 / 3};
    for (std::size_t k = 0; k < 4; ++k) EXPECT_DOUBLE_EQ(m.covariance[k], covariance[k]);
    EXPECT_EQ(m.mode, (std::vector<double>{3, 2}));
    EXPECT_EQ(m.log_posterior_of_mode, 1.5);
    EXPECT_EQ(m.ladder_of_mode, 1u);
    EXPECT_EQ(m.draw_of_mode, 0u);
}

TEST(Moments, MemoryIsThatOfTheSamplesAtFullSize) {
    Settings s;
    s.dimensions = 30;
    s.ladders = 16;
    s.temperatures = 1;
    s.burn_in = 0;
    s.sweeps = 100'000;
    EXPECT_NEAR(memory_per_rank(s, 1), 16 * 100'000.0 * 31 * 8, 1e6);
    EXPECT_NEAR(memory_per_rank(s, 4), 4 * 100'000.0 * 31 * 8, 1e6);
    EXPECT_EQ(s.evaluations(), 16u + 1'600'000u);
}

}  // namespace
}  // namespace protolith::sampling
