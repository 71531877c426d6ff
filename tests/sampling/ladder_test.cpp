#include "sampling/ladder.hpp"

#include "base/error.hpp"
#include "sampling/swaps.hpp"

#include <cmath>
#include <functional>
#include <vector>

#include <gtest/gtest.h>

namespace protolith::sampling {
namespace {

Settings tempered(std::size_t temperatures) {
    Settings s;
    s.dimensions = 1;
    s.temperatures = temperatures;
    return s;
}

TEST(Ladder, BeginsAsAskedOrWithCubes) {
    EXPECT_EQ(first_ladder(tempered(1)).beta, std::vector<double>{1});
    EXPECT_EQ(first_ladder(tempered(3)).beta, (std::vector<double>{0, 0.125, 1}));
    Settings own = tempered(3);
    own.inverse_temperatures = {0, 0.4, 1};
    EXPECT_EQ(first_ladder(own).beta, own.inverse_temperatures);
}

// The rejection between β and β' is proportional to √β' − √β: equal shares of √β are the answer.
TEST(Ladder, EqualisesTheRejectionOfAKnownBarrier) {
    Ladder ladder = first_ladder(tempered(9));
    for (int round = 0; round < 30; ++round) {
        std::vector<double> rejection;
        for (std::size_t k = 0; k < 8; ++k)
            rejection.push_back(0.5 * (std::sqrt(ladder.beta[k + 1]) - std::sqrt(ladder.beta[k])));
        equalise(ladder, rejection);
    }
    for (std::size_t k = 0; k <= 8; ++k) {
        const double share = static_cast<double>(k) / 8;
        EXPECT_NEAR(ladder.beta[k], share * share, 1e-6) << k;
    }
}

TEST(Ladder, StaysWhereNothingIsRejectedAndStepsFollowTheLevels) {
    Ladder ladder{{0, 0.2, 0.5, 1}, {1, 0.8, 0.4, 0.2}};
    const Ladder before = ladder;
    equalise(ladder, std::vector<double>{0, 0, 0});
    for (std::size_t k = 0; k < 4; ++k) {
        EXPECT_NEAR(ladder.beta[k], before.beta[k], 1e-12);
        EXPECT_NEAR(ladder.step[k], before.step[k], 1e-12);
    }
    equalise(ladder, std::vector<double>{0.1, 0.1, 0.4});  // equal shares of 0.2: at 0.5 and half-way from it to 1
    EXPECT_NEAR(ladder.beta[1], 0.5, 1e-12);
    EXPECT_NEAR(ladder.beta[2], 0.75, 1e-12);
    EXPECT_NEAR(ladder.step[1], 0.4, 1e-12);
    EXPECT_NEAR(ladder.step[2], std::sqrt(0.4 * 0.2), 1e-12);
}

TEST(Ladder, MovesInRoundsOfDoublingLengthInTheFirstHalfOfTheBurnIn) {
    Settings s = tempered(4);
    s.burn_in = 510;
    std::vector<std::uint64_t> moves;
    for (std::uint64_t sweep = 0; sweep < s.all_sweeps(); ++sweep)
        if (moves_after(s, sweep)) moves.push_back(sweep + 1);
    EXPECT_EQ(moves, (std::vector<std::uint64_t>{1, 3, 7, 15, 31, 63, 127, 255}));
    s.adapt_ladder = false;
    EXPECT_FALSE(moves_after(s, 254));
}

TEST(Ladder, StepFindsTheAcceptanceAskedFor) {
    Settings s = tempered(1);
    s.proposal = Proposal::random_walk;
    double step = 5;
    for (std::uint64_t sweep = 0; sweep < 5000; ++sweep) step = adapted_step(s, step, std::exp(-step), sweep);
    EXPECT_NEAR(std::exp(-step), 0.234, 0.002);
    s.proposal = Proposal::pcn;
    for (std::uint64_t sweep = 0; sweep < 5000; ++sweep) step = adapted_step(s, step, 0.9, sweep);
    EXPECT_EQ(step, 1);  // no more than a draw from the prior
}

TEST(Swaps, RatesAreThoseOfSyedAndOthers) {
    const std::vector<double> rejection(15, 0.2);
    EXPECT_NEAR(expected_round_trip_rate(SwapScheme::even_odd, rejection), 1 / (2 + 2 * 15 * 0.25), 1e-15);
    EXPECT_NEAR(expected_round_trip_rate(SwapScheme::stochastic, rejection), 1 / (32 + 2 * 15 * 0.25), 1e-15);
}

TEST(Swaps, EvenOddOffersPairsInTurnAndImpossibleStatesStayHot) {
    Settings s = tempered(4);
    Swaps swaps(s);
    const std::vector<double> beta{0, 0.2, 0.5, 1};
    // Each chain is likelier than its colder neighbour: every offer is taken.
    swaps.offer(0, beta, std::vector<double>{9, 8, 7, 6});
    EXPECT_EQ(swaps.chain_at(0, 0), 1u);
    EXPECT_EQ(swaps.chain_at(0, 1), 0u);
    EXPECT_EQ(swaps.chain_at(0, 2), 3u);
    EXPECT_EQ(swaps.chain_at(0, 3), 2u);
    EXPECT_EQ(swaps.level(2), 3u);
    Swaps other(s);
    other.offer(1, beta, std::vector<double>{9, 8, 7, 6});
    EXPECT_EQ(other.chain_at(0, 0), 0u);
    EXPECT_EQ(other.chain_at(0, 1), 2u);
    Swaps stays(s);
    const double impossible = -HUGE_VAL;
    stays.offer(0, beta, std::vector<double>{impossible, 1, impossible, impossible});
    for (std::size_t k = 0; k < 4; ++k) EXPECT_EQ(stays.chain_at(0, k), k);
}

TEST(Settings, AreRefusedWithKeyAndValue) {
    const auto refusal = [](const std::function<void(Settings&)>& spoil) {
        Settings s = tempered(3);
        spoil(s);
        try {
            check(s);
        } catch (const InputError& error) {
            return std::string(error.what());
        }
        return std::string("accepted");
    };
    EXPECT_EQ(refusal([](Settings&) {}), "accepted");
    EXPECT_NE(refusal([](Settings& s) { s.dimensions = 0; }).find("dimensions = 0"), std::string::npos);
    EXPECT_NE(refusal([](Settings& s) { s.step = 1.5; }).find("step = 1.5"), std::string::npos);
    EXPECT_NE(refusal([](Settings& s) { s.thin = 2000; }).find("thin = 2000"), std::string::npos);
    EXPECT_NE(refusal([](Settings& s) {
                  s.inverse_temperatures = {0, 1};
              }).find("temperatures = 3"),
              std::string::npos);
    EXPECT_NE(refusal([](Settings& s) { s.inverse_temperatures = {0, 0.7, 0.5}; }).find("0.5"), std::string::npos);
    EXPECT_NE(refusal([](Settings& s) { s.inverse_temperatures = {0.1, 0.5, 1}; }).find("0.1"), std::string::npos);
    EXPECT_THROW(proposal_named("hamiltonian"), InputError);
    EXPECT_EQ(proposal_named("infinity_mala"), Proposal::infinity_mala);
    EXPECT_EQ(swap_scheme_named("even_odd"), SwapScheme::even_odd);
}

}  // namespace
}  // namespace protolith::sampling
