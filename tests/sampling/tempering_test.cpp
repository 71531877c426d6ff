// Parallel tempering and plain chains against known answers: evidence, weights of modes, moments, round trips.
#include "../io/one_process.hpp"
#include "sampling/diagnostics.hpp"
#include "sampling/sampler.hpp"
#include "targets.hpp"

#include <cmath>
#include <numbers>
#include <numeric>

#include <gtest/gtest.h>

namespace protolith::sampling {
namespace {

using targets::Bimodal;

struct Outcome {
    Report report;
    std::vector<std::vector<double>> series;  // of each variable, after the burn-in
};

Outcome run(const Settings& settings, const LogLikelihood& likelihood) {
    Sampler sampler(io::one_process(), settings, likelihood);
    sampler.run(1e9, [](const Progress&) { return true; });
    Outcome outcome{sampler.report(), {}};
    for (std::size_t v = 0; v < settings.dimensions; ++v) outcome.series.push_back(sampler.samples().series(v));
    return outcome;
}

double mean(const std::vector<double>& x) {
    return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
}

double covariance(const std::vector<double>& x, const std::vector<double>& y) {
    const double mx = mean(x), my = mean(y);
    double sum = 0;
    for (std::size_t k = 0; k < x.size(); ++k) sum += (x[k] - mx) * (y[k] - my);
    return sum / static_cast<double>(x.size());
}

Settings bimodal_settings() {
    Settings s;
    s.dimensions = Bimodal::dimensions;
    s.seed = 12;
    s.steps_per_sweep = 5;
    s.burn_in = 15'000;
    s.sweeps = 60'000;
    return s;
}

class BimodalCase : public ::testing::TestWithParam<Proposal> {};

TEST_P(BimodalCase, HasItsEvidenceAndWeights) {
    Settings settings = bimodal_settings();
    settings.proposal = GetParam();
    const Outcome r = run(settings, Bimodal());
    ASSERT_NEAR(Bimodal::log_evidence(), -12.328, 0.0005);
    const auto& [stones, area] = r.report.evidence;
    EXPECT_NEAR(stones.value, Bimodal::log_evidence(), 0.05);
    EXPECT_NEAR(area.value, Bimodal::log_evidence(), 0.05);
    EXPECT_GT(stones.error, 0.003);
    EXPECT_LT(stones.error, 0.03);
    EXPECT_LT(area.error, 0.03);
    double right = 0;
    for (double z : r.series[0]) right += z > 0;
    EXPECT_NEAR(right / static_cast<double>(r.series[0].size()), Bimodal::weight, 0.02);
    EXPECT_NEAR(r_hat(r.series[0], 1), 1, 0.02);
    for (std::size_t k = 0; k + 1 < settings.temperatures; ++k)
        EXPECT_NEAR(r.report.levels[k].swap_rejection, 0.225, 0.03) << k;  // equal: Λ = 3.4 over 15 pairs
}

INSTANTIATE_TEST_SUITE_P(Proposals, BimodalCase,
                         ::testing::Values(Proposal::random_walk, Proposal::pcn, Proposal::mala,
                                           Proposal::infinity_mala),
                         [](const auto& choice) { return std::string(name(choice.param)); });

TEST(Tempering, RoundTripsComeNearTheTheoryAndAreTwiceThoseOfTheStochasticScheme) {
    Settings settings = bimodal_settings();
    settings.proposal = Proposal::infinity_mala;  // levels that mix, as the theory has them
    settings.sweeps = 20'000;
    const Report even_odd = run(settings, Bimodal()).report;
    settings.swaps = SwapScheme::stochastic;
    const Report stochastic = run(settings, Bimodal()).report;
    EXPECT_GT(even_odd.round_trip_rate, 0.85 * even_odd.expected_round_trip_rate);
    EXPECT_LT(even_odd.round_trip_rate, 1.1 * even_odd.expected_round_trip_rate);
    EXPECT_GT(stochastic.round_trip_rate, 0.85 * stochastic.expected_round_trip_rate);
    EXPECT_GT(even_odd.round_trip_rate, 2 * stochastic.round_trip_rate);
}

/// Plain chains of each proposal, and tempered ones: covariance (I + A)⁻¹ and mean (I + A)⁻¹ A b.
TEST(Sampler, CorrelatedGaussianHasItsMomentsFromEveryProposal) {
    const targets::Gaussian likelihood{2, {9, 6, 6, 8}, {1.5, -0.5}};
    // I + A = (10 6; 6 9), determinant 54; A b = (10.5, 5).
    const double c00 = 9.0 / 54, c01 = -6.0 / 54, c11 = 10.0 / 54;
    const double m0 = c00 * 10.5 + c01 * 5, m1 = c01 * 10.5 + c11 * 5;
    for (const std::size_t temperatures : {1, 4})
        for (const Proposal p : {Proposal::random_walk, Proposal::pcn, Proposal::mala, Proposal::infinity_mala}) {
            Settings s;
            s.dimensions = 2;
            s.seed = 4;
            s.ladders = 16;
            s.temperatures = temperatures;
            s.proposal = p;
            s.burn_in = 1000;
            s.sweeps = 20'000;
            const Outcome r = run(s, likelihood);
            SCOPED_TRACE(fmt::format("{}, {} temperatures", name(p), temperatures));
            const auto& posterior = r.report.levels.back();
            if (adapts_covariance(s))  // in two variables even the largest step is accepted more often
                EXPECT_GT(posterior.acceptance * posterior.step, 0.5);
            else
                EXPECT_NEAR(posterior.acceptance, s.acceptance_to_reach(), 0.05);
            EXPECT_LT(r_hat(r.series[0], s.ladders), 1.01);
            EXPECT_NEAR(mean(r.series[0]), m0, 0.01);
            EXPECT_NEAR(mean(r.series[1]), m1, 0.01);
            EXPECT_NEAR(covariance(r.series[0], r.series[0]), c00, 0.03 * c00);
            EXPECT_NEAR(covariance(r.series[0], r.series[1]), c01, 0.04 * std::abs(c01));
            EXPECT_NEAR(covariance(r.series[1], r.series[1]), c11, 0.03 * c11);
        }
}

TEST(Sampler, FlatLikelihoodGivesThePriorBack) {
    for (const Proposal p : {Proposal::random_walk, Proposal::pcn, Proposal::mala, Proposal::infinity_mala}) {
        Settings s;
        s.dimensions = 5;
        s.ladders = 8;
        s.temperatures = 4;
        s.proposal = p;
        s.adapt_covariance = false;
        s.burn_in = 500;
        s.sweeps = 5000;
        const Outcome r = run(s, targets::flat);
        SCOPED_TRACE(name(p));
        EXPECT_DOUBLE_EQ(r.report.evidence.stepping_stone.value, 0);
        EXPECT_DOUBLE_EQ(r.report.evidence.thermodynamic.value, 0);
        if (keeps_prior(p)) {
            EXPECT_EQ(r.report.levels.back().acceptance, 1);
        }
        for (std::size_t v = 0; v < s.dimensions; ++v) {
            EXPECT_NEAR(mean(r.series[v]), 0, 0.03);
            EXPECT_NEAR(covariance(r.series[v], r.series[v]), 1, 0.04);
            EXPECT_NEAR(covariance(r.series[v], r.series[(v + 1) % 5]), 0, 0.04);
        }
    }
}

/// The half-line z > 0 refused in part: NaN there is as if the prior were cut, and is counted.
TEST(Sampler, WhatTheLikelihoodCannotJudgeIsRejectedAndCounted) {
    const LogLikelihood half = [](const Evaluation& e) {
        for (std::size_t i = 0; i < e.count; ++i) {
            const double z = e.states[i];
            e.log_likelihood[i] = z > 0 ? 0 : z > -1 ? std::nan("") : HUGE_VAL;
            if (!e.gradient.empty()) e.gradient[i] = 0;
        }
    };
    for (const Proposal p : {Proposal::random_walk, Proposal::pcn, Proposal::mala}) {
        Settings s;
        s.dimensions = 1;
        s.ladders = 8;
        s.temperatures = 1;
        s.proposal = p;
        s.adapt_step = false;
        s.adapt_covariance = false;
        s.step = 0.9;
        s.burn_in = 100;
        s.sweeps = 10'000;
        const Outcome r = run(s, half);
        SCOPED_TRACE(name(p));
        for (double z : r.series[0]) ASSERT_GT(z, 0);
        EXPECT_NEAR(mean(r.series[0]), std::sqrt(2 / std::numbers::pi), 0.02);  // of the half-normal
        for (std::size_t chain = 0; chain < 8; ++chain) {
            EXPECT_EQ(r.report.evaluations[chain], 1 + s.all_sweeps());
            EXPECT_GT(r.report.refused[chain], 1000u);
            EXPECT_LT(r.report.refused[chain], 8000u);
        }
    }
}

/// A likelihood that is zero but for z > 1: the evidence is that share of the prior.
TEST(Tempering, ImpossibleStatesOfThePriorCountInTheEvidence) {
    const LogLikelihood cut = [](const Evaluation& e) {
        for (std::size_t i = 0; i < e.count; ++i) e.log_likelihood[i] = e.states[i] > 1 ? 0 : -HUGE_VAL;
    };
    Settings s;
    s.dimensions = 1;
    s.ladders = 4;
    s.temperatures = 3;
    s.sweeps = 20'000;
    const Outcome r = run(s, cut);
    EXPECT_NEAR(r.report.evidence.stepping_stone.value, std::log(std::erfc(1 / std::numbers::sqrt2) / 2), 0.03);
    EXPECT_TRUE(std::isnan(r.report.evidence.thermodynamic.value));
    for (double z : r.series[0]) ASSERT_GT(z, 1);
    for (std::uint64_t refused : r.report.refused) EXPECT_EQ(refused, 0u);
}

TEST(Tempering, FailureOfTheLikelihoodEndsTheRun) {
    Settings s;
    s.dimensions = 1;
    int calls = 0;
    Sampler sampler(io::one_process(), s, [&](const Evaluation& e) {
        if (++calls == 7) throw InputError("the generator is gone");
        targets::flat(e);
    });
    try {
        sampler.run(1e9, [](const Progress&) { return true; });
        FAIL() << "no error";
    } catch (const CollectiveError& error) {
        EXPECT_NE(std::string(error.what()).find("the generator is gone"), std::string::npos);
        EXPECT_EQ(error.code(), ExitCode::bad_input);
    }
}

}  // namespace
}  // namespace protolith::sampling
