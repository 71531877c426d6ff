// Porous media: sphere arrays against Sangani & Acrivos, independence of τ, mass, precision, errors.
#include "cases.hpp"
#include "flow/gas.hpp"

#include <gtest/gtest.h>

namespace protolith::flow {
namespace {

// k/L² of a simple cubic array from the drag factor K: k = L³/(6π·a·K).
double exact_cubic(double radius_over_side, double drag) { return 1 / (6 * M_PI * radius_over_side * drag); }

TEST(SimpleCubicSpheres, FollowSanganiAndAcrivos) {
    // Sangani & Acrivos 1982, Int. J. Multiphase Flow 8, 193: χ = (c/c_max)^(1/3), so the radius is χ·L/2.
    const struct { double chi, drag, tolerance; } rows[] = {{0.5, 2.8420, 0.03}, {0.8, 10.065, 0.04}};
    for (const auto& row : rows) {
        constexpr std::size_t side = 32;
        const PhaseVolume pores = cubic_sphere(side, row.chi * side / 2);
        const auto result = run<double>(pores, driven_along_z(1.0, 1e-6), 1e-7);
        // The voxels' own volume gives the radius: the staircase is not the error that is tested here.
        const double solid = (1 - phase_fraction(pores));
        const double radius = std::cbrt(solid * 3 / (4 * M_PI));
        const double exact = exact_cubic(radius, row.drag);
        EXPECT_NEAR(result.permeability[2] / (side * side), exact, row.tolerance * exact) << row.chi;
    }
}

TEST(BodyCentredSpheres, FollowSanganiAndAcrivos) {
    // Two spheres in a cell; they touch at a radius of √3/4 of its side.
    const struct { double chi, drag, tolerance; } rows[] = {{0.5, 3.3887, 0.04}, {0.8, 16.851, 0.04}};
    for (const auto& row : rows) {
        constexpr std::size_t side = 40;
        const PhaseVolume pores = body_centred_spheres(side, row.chi * std::sqrt(3.0) / 4 * side);
        const auto result = run<double>(pores, driven_along_z(1.0, 1e-6), 1e-6);
        const double radius = std::cbrt((1 - phase_fraction(pores)) * 3 / (8 * M_PI));  // of the voxels' own volume
        const double exact = exact_cubic(radius, row.drag) / 2;
        EXPECT_NEAR(result.permeability[2] / (side * side), exact, row.tolerance * exact) << row.chi;
    }
}

TEST(PorousImage, PermeabilityDoesNotDependOnTheRelaxationTime) {
    const PhaseVolume pores = porous({16, 16, 16}, 8, 4.5, 3);
    const double at_one = run<double>(pores, driven_along_z(1.0), 1e-11).permeability[2];
    for (const double tau : {0.6, 1.7})
        EXPECT_NEAR(run<double>(pores, driven_along_z(tau, 1e-7), 1e-11).permeability[2] / at_one, 1, 1e-6) << tau;
    Settings bgk = driven_along_z(1.7);
    bgk.collision = Collision::single_relaxation_time;
    EXPECT_GT(run<double>(pores, bgk, 1e-9).permeability[2] / at_one, 1.05);
}

TEST(PorousImage, ManyRelaxationTimesWithTheRatesOfTwoAreTheSame) {
    const PhaseVolume pores = porous({12, 12, 12}, 5, 4, 5);
    Settings settings = driven_along_z(0.8, 1e-4);
    start_kokkos();
    const Communicator comm;
    Solver<double> two(comm, whole_on_one(comm, pores), reader_of(pores), settings);
    settings.collision = Collision::many_relaxation_times;
    settings.energy_rate = settings.energy_square_rate = settings.stress_rate = 1 / settings.relaxation_time;
    Solver<double> many(comm, whole_on_one(comm, pores), reader_of(pores), settings);
    two.advance(50);
    many.advance(50);
    EXPECT_EQ(two.totals().momentum, many.totals().momentum);
    settings.energy_rate = 1.19;
    Solver<double> other(comm, whole_on_one(comm, pores), reader_of(pores), settings);
    other.advance(50);
    EXPECT_NE(two.totals().momentum, other.totals().momentum);
    EXPECT_NEAR(other.totals().density, 0, 1e-12);
}

TEST(PorousImage, MassIsConservedToRounding) {
    const PhaseVolume pores = porous({13, 11, 17}, 8, 3.5, 7);
    start_kokkos();
    const Communicator comm;
    Solver<double> solver(comm, whole_on_one(comm, pores), reader_of(pores), driven_along_z(0.7, 1e-4));
    solver.advance(5000);
    EXPECT_NEAR(solver.totals().density / static_cast<double>(solver.sites().volume_sites), 0, 1e-15);
    EXPECT_GT(solver.totals().momentum[2], 0);
}

TEST(PorousImage, MassIsConservedToRoundingOverAHundredThousandSteps) {
    start_kokkos();
    const Communicator comm;
    const PhaseVolume pores = porous({6, 5, 7}, 3, 2, 7);
    Settings slip = driven_along_z(1, 1e-4);
    set_gas(slip, Wall::diffuse, 0.4, slip_coefficients(1));
    for (const Settings& settings : {driven_along_z(0.7, 1e-4), slip}) {
        Solver<double> solver(comm, whole_on_one(comm, pores), reader_of(pores), settings);
        solver.advance(50000);
        EXPECT_EQ(solver.steps(), 100000u);
        EXPECT_NEAR(solver.totals().density / static_cast<double>(solver.sites().volume_sites), 0, 1e-13);
        EXPECT_GT(solver.totals().momentum[2], 0);
    }
}

TEST(PorousImage, SinglePrecisionGivesThePermeabilityToOneInTenThousand) {
    const PhaseVolume pores = porous({20, 20, 20}, 10, 5, 9);
    const double exact = run<double>(pores, driven_along_z(1.0, 1e-5), 1e-8).permeability[2];
    EXPECT_NEAR(run<float>(pores, driven_along_z(1.0, 1e-5), 1e-6).permeability[2] / exact, 1, 1e-4);
}

template <class T>
void expect_kernels_alike(Collision collision, double tolerance) {
    const PhaseVolume pores = porous({9, 14, 19}, 7, 3.5, 11);
    Settings settings = driven_along_z(0.8, 1e-4);
    settings.force = {3e-5, -2e-5, 1e-4};
    settings.collision = collision;
    start_kokkos();
    const Communicator comm;
    Solver<T> packs(comm, whole_on_one(comm, pores), reader_of(pores), settings, Kernel::packs);
    Solver<T> sites(comm, whole_on_one(comm, pores), reader_of(pores), settings, Kernel::sites);
    packs.advance(20);
    sites.advance(20);
    const auto a = packs.fields(), b = sites.fields();
    for (std::size_t i = 0; i < a.density.size(); ++i)
        for (std::size_t axis = 0; axis < 3; ++axis)
            ASSERT_NEAR(a.speed[axis][i], b.speed[axis][i], tolerance) << "voxel " << i << " axis " << axis;
}

TEST(Kernels, PacksEqualSitesOneByOne) {
    for (const auto collision : {Collision::two_relaxation_times, Collision::many_relaxation_times}) {
        expect_kernels_alike<double>(collision, 1e-16);
        expect_kernels_alike<float>(collision, 1e-8);
    }
}

/// Wide chambers behind one another, with a throat of one voxel between: pressure evens out slowly along them, speed
/// across them soon.
PhaseVolume chambers() {
    PhaseVolume pores(Extent{48, 9, 9}, 0);
    for (std::size_t z = 0; z < 48; ++z)
        for (std::size_t y = 1; y < 8; ++y)
            for (std::size_t x = 1; x < 8; ++x) {
                const bool throat = z % 12 == 0 && !(z == 24 && y > 4);  // one throat is wider
                pores(z, y, x) = !throat || (y == 4 && x == 4) || (z == 24 && x > 2) ? 1 : 0;
            }
    return pores;
}

TEST(Steady, WhatIsStillToComeIsAboutTheTolerance) {
    const auto pores = chambers();
    const Settings settings = driven_along_z(1.0, 1e-6);
    const double exact = run<double>(pores, settings, 1e-9).permeability[2];
    for (const double tolerance : {3e-2, 1e-3}) {
        const auto result = run<double>(pores, settings, tolerance);
        EXPECT_TRUE(result.steady.converged);
        EXPECT_NEAR(result.permeability[2] / exact, 1, 1.5 * tolerance);
    }
}

TEST(Solver, RestoredPopulationsGoOnBitForBit) {
    const PhaseVolume pores = porous({12, 12, 12}, 5, 4, 5);
    start_kokkos();
    const Communicator comm;
    Solver<double> whole(comm, whole_on_one(comm, pores), reader_of(pores), driven_along_z(0.8));
    whole.advance(10);
    Solver<double> resumed(comm, whole_on_one(comm, pores), reader_of(pores), driven_along_z(0.8));
    resumed.restore(whole.populations(), whole.steps());
    whole.advance(7);
    resumed.advance(7);
    EXPECT_EQ(whole.populations(), resumed.populations());
    EXPECT_EQ(resumed.steps(), 34u);
}

TEST(Solver, DivergenceIsNoticedWithItsStep) {
    const PhaseVolume pores = channel(16);
    start_kokkos();
    const Communicator comm;
    Solver<double> solver(comm, whole_on_one(comm, pores), reader_of(pores), driven_along_z(0.6, 0.01));
    try {
        run_until_steady(solver, {});
        FAIL() << "ran on";
    } catch (const Diverged& error) {
        EXPECT_GT(error.steps(), 0u);
        EXPECT_NE(std::string(error.what()).find("Mach"), std::string::npos);
    }
    Totals broken;
    broken.fastest = std::nan("");
    EXPECT_THROW(require_slow(3, broken, 0.1), Diverged);
}

TEST(Solver, SettingsThatCannotBeUsedAreBadInput) {
    const PhaseVolume pores = channel(4);
    start_kokkos();
    const Communicator comm;
    const auto make = [&](const Settings& s) {
        Solver<double> solver(comm, whole_on_one(comm, pores), reader_of(pores), s);
    };
    EXPECT_THROW(make(driven_along_z(0.5)), InputError);
    EXPECT_THROW(make(driven_along_z(1, 0)), InputError);
    Settings ends;
    ends.ends = Ends::zou_he;
    EXPECT_THROW(make(ends), InputError);  // a pressure drop of zero
    EXPECT_THROW(whole_on_one(comm, PhaseVolume(Extent{3, 3, 3}, 0)), InputError);
    EXPECT_THROW(collision_named("srt"), InputError);
}

TEST(Solver, AllFluidAndOneVoxelThickImagesRun) {
    start_kokkos();
    const Communicator comm;
    for (const Extent extent : {Extent{4, 4, 4}, Extent{1, 5, 7}, Extent{1, 1, 1}}) {
        const PhaseVolume pores(extent, 1);
        Solver<double> solver(comm, whole_on_one(comm, pores), reader_of(pores), driven_along_z(1.0, 1e-6));
        solver.advance(50);
        // Nothing holds the fluid back: it gains F a step.
        EXPECT_NEAR(solver.totals().momentum[2] / static_cast<double>(extent.count()), 1e-6 * 100, 1e-15);
    }
}

}  // namespace
}  // namespace protolith::flow
