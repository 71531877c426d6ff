// Parallel tempering against known answers: evidence, weights of modes, moments, round trips.
#include "../io/one_process.hpp"
#include "sampling/sampler.hpp"
#include "targets.hpp"

#include <iostream>

#include <gtest/gtest.h>

namespace protolith::sampling {
namespace {

using targets::Bimodal;

struct Outcome {
    Report report;
    std::vector<double> first;  // the first variable after the burn-in
};

Outcome run(const Settings& settings, const LogLikelihood& likelihood) {

    Sampler sampler(io::one_process(), settings, likelihood);
    sampler.run(1e9, [](const Progress&) { return true; });
    return {sampler.report(), sampler.samples().series(0)};
}

Settings bimodal_settings() {
    Settings s;
    s.dimensions = Bimodal::dimensions;
    s.seed = 11;
    s.steps_per_sweep = 5;
    s.burn_in = 20'000;
    s.sweeps = 40'000;
    return s;
}

double share_of_right(const std::vector<double>& first) {
    double right = 0;
    for (double z : first) right += z > 0;
    return right / static_cast<double>(first.size());
}

TEST(Tempering, BimodalCaseHasItsEvidenceAndWeights) {
    for (const Proposal proposal : {Proposal::pcn, Proposal::random_walk, Proposal::mala, Proposal::infinity_mala}) {
        Settings settings = bimodal_settings();
        settings.proposal = proposal;
        const Clock clock;
        const Outcome r = run(settings, Bimodal());
        std::cout << name(proposal) << " seconds " << r.report.seconds << " in likelihood "
                  << r.report.likelihood_seconds << " evidence " << r.report.evidence.stepping_stone.value << " ± "
                  << r.report.evidence.stepping_stone.error << " TI " << r.report.evidence.thermodynamic.value << " ± "
                  << r.report.evidence.thermodynamic.error << " weight " << share_of_right(r.first) << " trips "
                  << r.report.round_trip_rate << " of " << r.report.expected_round_trip_rate << "\n";
        for (const auto& l : r.report.levels)
            std::cout << "  " << l.beta << " " << l.step << " " << l.acceptance << " " << l.swap_rejection << " "
                      << l.mean_log_likelihood << "\n";
    }
}

}  // namespace
}  // namespace protolith::sampling
