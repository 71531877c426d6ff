// Gas between plates: slip of second order against its exact solution, and the flow rate of kinetic theory.
#include "cases.hpp"
#include "flow/gas.hpp"
#include "flow/slip_walls.hpp"

#include <gtest/gtest.h>

namespace protolith::flow {
namespace {

TEST(SlipCoefficients, OfFullAccommodationAreThePublishedOnes) {
    const auto slip = slip_coefficients(1);
    EXPECT_NEAR(slip.first, 0.8183, 1e-12);
    EXPECT_NEAR(slip.second, 0.6531, 5e-5);
    EXPECT_THROW(slip_coefficients(0), InputError);
    EXPECT_THROW(slip_coefficients(1.2), InputError);
}

TEST(MeanFreePath, OfAirAndItsShorteningByWalls) {
    // Air at 20 °C and 101325 Pa: 65.43 nm (Jennings 1988, J. Aerosol Sci. 19, 159) where ½ is 0.4987.
    EXPECT_NEAR(mean_free_path(1.8192e-5, 101325, 293.15, 0.0289644), 6.543e-8 * 0.4987445 / 0.5, 2e-11);
    EXPECT_THROW(mean_free_path(1e-5, 0, 300, 0.016), InputError);
    EXPECT_DOUBLE_EQ(mean_free_path_factor(MeanFreePath::bosanquet, 0.5), 0.5);
    EXPECT_NEAR(mean_free_path_factor(MeanFreePath::arctangent, 1), 2 / M_PI * std::atan(std::sqrt(2.0)), 1e-15);
    EXPECT_DOUBLE_EQ(mean_free_path_factor(MeanFreePath::arctangent, 0), 1);
    EXPECT_THROW(mean_free_path_factor(MeanFreePath::bosanquet, 2.1), InputError);
}

TEST(SlipChannel, BothWallsAreExactAtEveryPoint) {
    const auto slip = slip_coefficients(1);
    for (const auto wall : {Wall::diffuse, Wall::specular}) {
        for (const double kn : {0.01, 0.1, 0.4}) {
            for (const std::size_t width : {std::size_t{6}, std::size_t{16}}) {
                const double h = static_cast<double>(width), free_path = kn * h;
                Settings settings = driven_along_z(1);
                set_gas(settings, wall, free_path, slip);
                const auto result = run<double>(channel(width), settings, 1e-13);
                double error = 0, fastest = 0;
                for (std::size_t y = 1; y <= width; ++y) {
                    const double at = static_cast<double>(y) - 0.5;
                    const double exact =
                        settings.force[2] / (2 * viscosity(settings.relaxation_time)) *
                        (at * (h - at) + slip.first * free_path * h + 2 * slip.second * free_path * free_path);
                    error = std::max(error, std::abs(result.fields.speed[2](1, y, 1) - exact));
                    fastest = std::max(fastest, exact);
                }
                EXPECT_LT(error / fastest, 1e-10) << name(wall) << " Kn " << kn << " width " << width;
            }
        }
    }
}

TEST(SlipChannel, FlowRateFollowsKineticTheoryWithinThreePercent) {
    // Linearised BGK with diffuse walls: Kn and the dimensionless flow rate Q.
    const struct {
        double kn, rate;
    } rows[] = {{0.0443, 4.399}, {0.0886, 2.769}, {0.177, 1.991}, {0.443, 1.595}, {0.886, 1.539}, {1.77, 1.602}};
    constexpr std::size_t width = 16;
    const double h = static_cast<double>(width);
    for (const auto& row : rows) {
        const double factor = mean_free_path_factor(MeanFreePath::bosanquet, row.kn);
        Settings settings = driven_along_z(1);
        set_gas(settings, Wall::diffuse, row.kn * h * factor, slip_coefficients(1));
        const auto result = run<double>(channel(width), settings, 1e-11);
        // k_a/k_0 of the bulk's viscosity, which the shorter path lowers by the same factor; Q = δ/6·k_a/k_0 with
        // δ = √π/(2 Kn).
        // Cell sums add 1/(2N²) to k_a/k_0.
        const double channel_permeability = result.permeability[2] * (h + 2) / h;
        const double enhanced = (channel_permeability / (h * h / 12) - 1 / (2 * h * h)) / factor;
        const double rate = std::sqrt(M_PI) / (12 * row.kn) * enhanced;
        EXPECT_NEAR(rate / row.rate, 1, 0.03) << row.kn;
    }
}

TEST(SlipWalls, MirrorsLieInFlatWallsAlone) {
    std::uint32_t floor = 0;  // everything that comes up along z
    for (int q = 1; q < directions; ++q)
        if (velocities[static_cast<std::size_t>(q)].z == 1) floor |= 1u << (q - 1);
    EXPECT_EQ(mirrored_pairs(floor).size(), 2u);
    std::uint32_t corner = floor;
    for (int q = 1; q < directions; ++q)
        if (velocities[static_cast<std::size_t>(q)].x == 1) corner |= 1u << (q - 1);
    EXPECT_EQ(mirrored_pairs(corner).size(), 2u);  // along y, in each of the two walls
    EXPECT_TRUE(mirrored_pairs(0).empty());
}

TEST(SlipWalls, MassIsConservedInAPorousImageAndItFlowsFaster) {
    const PhaseVolume pores = porous({16, 16, 16}, 8, 4.5, 3);
    const double plain = run<double>(pores, driven_along_z(0.8), 1e-7).permeability[2];
    for (const auto wall : {Wall::diffuse, Wall::specular}) {
        Settings settings = driven_along_z(1);
        set_gas(settings, wall, 0.3, slip_coefficients(1));
        const auto result = run<double>(pores, settings, 1e-7);
        EXPECT_NEAR(result.steady.last.totals.density, 0, 1e-10);
        EXPECT_GT(result.permeability[2], 1.05 * plain) << name(wall);
    }
}

TEST(LocalRelaxation, OfOneTimeEverywhereIsTheUniformOne) {
    const PhaseVolume pores = porous({12, 12, 12}, 5, 4, 5);
    start_kokkos();
    const Communicator comm;
    Settings settings = driven_along_z(1.3);
    for (const auto kernel : {Kernel::packs, Kernel::sites}) {
        Solver<double> uniform(comm, whole_on_one(comm, pores), reader_of(pores), settings, kernel);
        Settings other = settings;
        other.relaxation_time = 0.7;
        Solver<double> local(comm, whole_on_one(comm, pores), reader_of(pores), other, kernel);
        const std::size_t sites = local.sites().count();
        local.relax_locally({std::vector<double>(sites, 1.3), std::vector<double>(sites, 0.5 + settings.magic / 0.8)});
        uniform.advance(20);
        local.advance(20);
        EXPECT_NEAR(local.totals().momentum[2], uniform.totals().momentum[2],
                    1e-13 * std::abs(uniform.totals().momentum[2]));
    }
}

}  // namespace
}  // namespace protolith::flow
