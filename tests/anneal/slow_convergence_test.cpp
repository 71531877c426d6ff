// The paper's task (validation.md, Annealing): 128 reconstructions of 128² from S2, rows and columns, periodic, r ≤ 64.
#include "anneal/reconstruction.hpp"
#include "synthetic.hpp"

#include <gtest/gtest.h>

namespace protolith::anneal {
namespace {

class SlowConvergence : public testing::TestWithParam<double> {};

TEST_P(SlowConvergence, AtLeast127Of128ReconstructionsReachTheEnergy) {
    Settings settings;
    settings.selection = Selection::interface;
    settings.schedule = Schedule::fast(settings.extent);
    const Problem problem(settings,
                          measure_target(synthetic::smooth_set(settings.extent, GetParam(), 3, 16), settings));
    int reached = 0;
    for (std::uint32_t item = 0; item < 128; ++item) {
        Reconstruction reconstruction(problem, item);
        while (!reconstruction.finished()) reconstruction.run_stage();
        reached += reconstruction.state().best_energy < 1e-7;
    }
    EXPECT_GE(reached, 127);
}

INSTANTIATE_TEST_SUITE_P(PhaseFractions, SlowConvergence, testing::Values(0.352, 0.052));

}  // namespace
}  // namespace protolith::anneal
