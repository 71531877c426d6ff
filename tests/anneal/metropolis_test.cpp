#include "anneal/metropolis.hpp"

#include "anneal/stage.hpp"
#include "anneal/two_point_term.hpp"

#include <bit>
#include <cmath>
#include <map>

#include <gtest/gtest.h>

namespace protolith::anneal {
namespace {

TEST(Metropolis, ExponentialVariateIsTheLogarithm) {
    RandomStream random(1, RandomPurpose::test, 0);
    for (int k = 0; k < 20000; ++k) {
        const std::uint64_t word = random.bits() >> (k % 60);
        const double u = (static_cast<double>(word >> 11) + 0.5) * 0x1p-53;
        ASSERT_NEAR(exponential_variate(word), -std::log(u), 1e-13 * (1 - std::log(u))) << word;
    }
    EXPECT_LE(exponential_variate(0), largest_exponent);
    EXPECT_GE(exponential_variate(~std::uint64_t{0}), 0.0);
}

/// Energy of an image by the definition of S2, for 3 × 3 pixels and R = 1.
double energy_of(unsigned image, double target) {
    int pairs = 0;
    for (unsigned y = 0; y < 3; ++y)
        for (unsigned x = 0; x < 3; ++x) {
            const unsigned here = image >> (3 * y + x) & 1;
            pairs += here & (image >> (3 * y + (x + 1) % 3));
            pairs += here & (image >> (3 * ((y + 1) % 3) + x));
        }
    return std::pow(pairs / 18.0 - target, 2);
}

/// χ² of visited images of 3 × 3 pixels, four in the phase (126 images), against Boltzmann's weights. With 125 degrees
/// of freedom and independent visits P(χ² > 220) < 1e-6; visits lie 40 trials apart, where they are independent enough.
template <class RunStage>
void expect_boltzmann(double temperature, RunStage run_one_visit) {
    constexpr int visits = 60000;
    std::map<unsigned, int> seen;
    for (int k = 0; k < visits; ++k) ++seen[run_one_visit()];
    double sum = 0;
    for (unsigned image = 0; image < 512; ++image)
        if (std::popcount(image) == 4) sum += std::exp(-energy_of(image, 0.3) / temperature);
    double chi_squared = 0;
    for (unsigned image = 0; image < 512; ++image) {
        if (std::popcount(image) != 4) continue;
        const double expected = visits * std::exp(-energy_of(image, 0.3) / temperature) / sum;
        ASSERT_GT(expected, 20);
        chi_squared += std::pow(seen[image] - expected, 2) / expected;
    }
    EXPECT_LT(chi_squared, 220);
    EXPECT_GT(chi_squared, 50);  // P < 1e-6 the other way: the visits do vary
}

unsigned image_of(const PhaseVolume& volume) {
    unsigned image = 0;
    for (unsigned k = 0; k < 9; ++k) image |= unsigned{volume[k]} << k;
    return image;
}

PhaseVolume four_of_nine() {
    PhaseVolume volume({1, 3, 3});
    for (std::size_t k = 0; k < 4; ++k) volume[k] = 1;
    return volume;
}

TEST(Metropolis, VisitsImagesWithBoltzmannsFrequencies) {
    const double temperature = 0.01;
    TwoPoint state({1, 3, 3}, axis_steps({1, 3, 3}), 1, {4.0 / 9, 0.3});
    state.assign(four_of_nine());
    Candidates candidates(four_of_nine(), Selection::uniform);
    RandomStream random(5, RandomPurpose::test, 0);
    StageOrder order{.trials = 40, .temperature = temperature, .energy_threshold = -1};
    expect_boltzmann(temperature, [&] {
        order.energy = state.energy();
        run_stage(state, candidates, random, order);
        return image_of(candidates.volume());
    });
}

TEST(Metropolis, VisitsImagesWithBoltzmannsFrequenciesThroughTerms) {
    const double temperature = 0.01;
    std::vector<std::unique_ptr<Term>> terms;
    // Half the weight twice is the whole.
    for (int k = 0; k < 2; ++k) {
        terms.push_back(std::make_unique<TwoPointTerm>(Extent{1, 3, 3}, axis_steps({1, 3, 3}), 1,
                                                       std::vector<double>{4.0 / 9, 0.3}, 0.5));
        terms.back()->recount(four_of_nine());
    }
    Candidates candidates(four_of_nine(), Selection::uniform);
    RandomStream random(6, RandomPurpose::test, 0);
    StageOrder order{.trials = 40, .temperature = temperature, .energy_threshold = -1};
    expect_boltzmann(temperature, [&] {
        order.energy = terms[0]->energy() + terms[1]->energy();
        run_stage(terms, candidates, random, order);
        return image_of(candidates.volume());
    });
}

}  // namespace
}  // namespace protolith::anneal
