// Local Knudsen numbers: channels of different widths in one image, each as if it were alone; a gas that expands.
#include "flow/local_gas.hpp"

#include "cases.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace protolith::flow {
namespace {

/// Channels along z of 5 and 11 voxels across y, a wall between them.
PhaseVolume two_channels(Volume<float>& width) {
    PhaseVolume pores(Extent{2, 19, 2}, 0);
    width = Volume<float>(pores.extent(), 0);
    for (std::size_t z = 0; z < 2; ++z)
        for (std::size_t y = 0; y < 19; ++y)
            for (std::size_t x = 0; x < 2; ++x) {
                if (y == 0 || y == 6 || y == 18) continue;
                pores(z, y, x) = 1;
                width(z, y, x) = y < 6 ? 5 : 11;
            }
    return pores;
}

TEST(LocalGas, EachChannelFlowsByItsOwnKnudsenNumber) {
    start_kokkos();
    const Communicator comm;
    const auto slip = slip_coefficients(1);
    for (const auto form : {MeanFreePath::bosanquet, MeanFreePath::arctangent})
        for (const auto wall : {Wall::diffuse, Wall::specular})
            for (const double free_path : {0.2, 3.0}) {
                Volume<float> width;
                const PhaseVolume pores = two_channels(width);
                Settings settings = driven_along_z(1);
                set_gas(settings, wall, free_path, slip);
                Solver<double> solver(comm, whole_on_one(comm, pores), reader_of(pores), settings);
                solver.relax_locally(local_relaxation(solver.sites(), width, free_path, form, slip));
                run_until_steady(solver, {.tolerance = 1e-13, .max_steps = 200000});
                const auto speed = solver.fields().speed[2];
                for (std::size_t y = 0; y < 19; ++y) {
                    if (pores(0, y, 0) == 0) continue;
                    const double h = y < 6 ? 5 : 11, at = static_cast<double>(y < 6 ? y : y - 6) - 0.5;
                    const double path = free_path * mean_free_path_factor(form, free_path / h);
                    const double exact = settings.force[2] / (2 * viscosity(gas_relaxation_time(path))) *
                                         (at * (h - at) + slip.first * path * h + 2 * slip.second * path * path);
                    EXPECT_NEAR(speed(1, y, 1) / exact, 1, 1e-9) << name(wall) << " λ " << free_path << " y " << y;
                }
            }
}

TEST(LocalGas, FarFromWallsThePathIsTheBulks) {
    start_kokkos();
    const Communicator comm;
    const PhaseVolume pores = channel(4);
    const auto slip = slip_coefficients(1);
    Settings settings = driven_along_z(1);
    set_gas(settings, Wall::diffuse, 0.3, slip);
    const Solver<double> solver(comm, whole_on_one(comm, pores), reader_of(pores), settings);
    const Volume<float> far(pores.extent(), std::numeric_limits<float>::infinity());
    const auto times = local_relaxation(solver.sites(), far, 0.3, MeanFreePath::bosanquet, slip);
    ASSERT_EQ(times.even.size(), solver.sites().count());
    for (const double even : times.even) EXPECT_DOUBLE_EQ(even, settings.relaxation_time);
    for (const double odd : times.odd) EXPECT_DOUBLE_EQ((odd - 0.5) * (settings.relaxation_time - 0.5), settings.magic);
}

TEST(LocalGas, WhatCannotBeIsRefused) {
    start_kokkos();
    const Communicator comm;
    const PhaseVolume pores = channel(4);
    const auto slip = slip_coefficients(1);
    const Solver<double> solver(comm, whole_on_one(comm, pores), reader_of(pores), driven_along_z(1));
    const auto times = [&](const Extent& extent, float size, double path) {
        return local_relaxation(solver.sites(), Volume<float>(extent, size), path, MeanFreePath::bosanquet, slip);
    };
    EXPECT_THROW(times(pores.extent(), 1.0f, 2.1), InputError);  // Kn 2.1
    EXPECT_THROW(times(pores.extent(), 0.0f, 0.1), Error);
    EXPECT_THROW(times({1, 1, 1}, 1.0f, 0.1), Error);
}

TEST(GasPermeability, IsRecoveredFromAnExactCompressibleFlow) {
    // Isothermal Darcy flow of an ideal gas: p² falls linearly, q p is the same everywhere.
    constexpr double k = 3e-15, viscosity = 1.8e-5, length = 0.05;
    for (const auto& [inlet, outlet] : {std::pair{3e5, 1e5}, std::pair{1.0001e5, 1e5}}) {
        const double slope = (inlet * inlet - outlet * outlet) / length;      // of −p²
        const double outlet_velocity = k / viscosity * slope / (2 * outlet);  // −k/μ·dp/dx where p = p_o
        EXPECT_NEAR(gas_permeability(viscosity, length, outlet_velocity, (inlet + outlet) / 2, inlet - outlet) / k, 1,
                    1e-10);
    }
    EXPECT_THROW(gas_permeability(1, 1, 1, 1e5, 0), InputError);
    EXPECT_THROW(gas_permeability(1, 1, 1, 1e5, 2e5), InputError);
}

}  // namespace
}  // namespace protolith::flow
