// The estimate of what each level visits: known moments, the same on any number of ranks.
#include "sampling/reference_sums.hpp"

#include <array>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace protolith::sampling {
namespace {

TEST(ReferenceSums, EstimateMeanAndWidenedCovarianceOfEachLevelOverRanks) {
    Settings settings;
    settings.dimensions = 2;
    settings.temperatures = 3;
    const Communicator comm;
    ReferenceSums sums(settings);
    // Level 1: four corners of a parallelogram, 25 times each: mean (1, −2), covariance [[4, 1], [1, 0.5]].
    const double corners[4][2] = {{3, -1.5}, {-1, -2.5}, {1, -1.5}, {1, -2.5}};
    for (std::size_t k = comm.share(100).first; k < comm.share(100).last; ++k) {
        const double* c = corners[k % 4];
        // (±2, ±0.5) and (0, ±0.5), scaled to the variances
        const double z[2] = {1 + std::sqrt(2.0) * (c[0] - 1), -2 + (c[1] + 2) * std::sqrt(2.0)};
        sums.add(1, z);
    }
    const double few[2] = {0, 0};
    for (std::size_t k = comm.share(19).first; k < comm.share(19).last; ++k) sums.add(2, few);  // one less than enough
    std::vector<Reference> references(3);
    sums.estimate(comm, references);
    EXPECT_TRUE(references[0].is_prior());
    EXPECT_TRUE(references[2].is_prior());
    ASSERT_FALSE(references[1].is_prior());
    // Shrunk by 1/51 to (3.9412 0.9804; 0.9804 0.5098), then the smaller of its two variances v, 0.2481, to v (2 − v).
    const double share = 1 / (1 + 100.0 / 2);
    const double a = (1 - share) * 4 + share, b = 1 - share, c = (1 - share) * 0.5 + share;
    const double half = std::hypot((a - c) / 2, b), large = (a + c) / 2 + half, small = (a + c) / 2 - half;
    const double wide = small * (2 - small);
    // Axis of the larger one: (b, large − a), normalised.
    const double norm = std::hypot(b, large - a), x = b / norm, y = (large - a) / norm;
    const Reference expected({1, -2}, std::vector<double>{large * x * x + wide * y * y, (large - wide) * x * y,
                                                          (large - wide) * x * y, large * y * y + wide * x * x});
    for (const auto& z : {std::array{0.0, 0.0}, std::array{2.0, -1.0}, std::array{-3.0, 4.0}})
        EXPECT_NEAR(references[1].square_distance(z.data()), expected.square_distance(z.data()), 1e-5);
    if (comm.is_root()) sums.add(2, few);  // what was too little is kept
    sums.estimate(comm, references);
    EXPECT_FALSE(references[2].is_prior());
}

/// Sums go through a checkpoint in the hands of rank 0.
TEST(ReferenceSums, AreTakenUpAgain) {
    Settings settings;
    settings.dimensions = 1;
    settings.temperatures = 1;
    const Communicator comm;
    ReferenceSums first(settings), second(settings);
    const double z[1] = {0.5 + comm.rank()};
    for (int k = 0; k < 10; ++k) first.add(0, z);
    second.unpack(comm, first.pack(comm));
    EXPECT_EQ(second.pack(comm), first.pack(comm));
}

}  // namespace
}  // namespace protolith::sampling
