// Pressure ends: a channel between two pressures has a linear pressure and the body force's permeability.
#include "cases.hpp"

#include <gtest/gtest.h>

namespace protolith::flow {
namespace {

Settings between_pressures(Ends ends, int axis) {
    Settings settings;
    settings.relaxation_time = 0.8;
    settings.ends = ends;
    settings.end_axis = axis;
    settings.inlet_density = 1.0001;
    settings.outlet_density = 0.9999;
    return settings;
}

TEST(PressureEnds, ChannelHasThePermeabilityOfTheBodyForce) {
    constexpr std::size_t width = 6, length = 30;
    const PhaseVolume pores = channel(width, length);
    const double n = width, exact = n * n / 12 * (1 + 1 / (2 * n * n)) * n / (n + 2);
    for (const auto kind : {Ends::zou_he, Ends::equilibrium}) {
        const auto result = run<double>(pores, between_pressures(kind, 2), 1e-9);
        EXPECT_NEAR(result.permeability[2], exact, (kind == Ends::zou_he ? 0.01 : 0.05) * exact) << name(kind);
        // Pressure falls by equal amounts, and the end layers have what was asked for (Zou & He).
        const auto& density = result.fields.density;
        const double fall = (density(8, 3, 1) - density(20, 3, 1)) / 12.0 * (length - 1);
        EXPECT_NEAR(fall, 2e-4, (kind == Ends::zou_he ? 0.01 : 0.05) * 2e-4) << name(kind);
        if (kind == Ends::zou_he) {
            EXPECT_NEAR(density(0, 3, 1), 1e-4, 1e-9);
            EXPECT_NEAR(density(length - 1, 3, 1), -1e-4, 1e-9);
        }
    }
}

TEST(PressureEnds, FlowRunsDownThePressureAlongEveryAxis) {
    start_kokkos();
    const Communicator comm;
    PhaseVolume pores(Extent{8, 8, 8}, 1);
    for (std::size_t i = 0; i < 8; ++i) pores(i, 3, 4) = pores(3, i, 4) = pores(3, 4, i) = 0;
    double flux[3];
    for (int axis = 0; axis < 3; ++axis) {
        Solver<double> solver(comm, whole_on_one(comm, pores), reader_of(pores), between_pressures(Ends::zou_he, axis));
        run_until_steady(solver, {.tolerance = 1e-6, .max_steps = 20000});
        flux[axis] = solver.totals().momentum[static_cast<std::size_t>(axis)];
        EXPECT_GT(flux[axis], 0) << axis;
    }
}

}  // namespace
}  // namespace protolith::flow
