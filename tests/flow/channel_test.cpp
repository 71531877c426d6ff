// Flow between plates and through a square duct and a tube, against their exact solutions.
#include "cases.hpp"

#include <gtest/gtest.h>

namespace protolith::flow {
namespace {

// Largest |u − F/2ν·y(N − y)| over the largest speed.
double channel_error(const Settings& settings, std::size_t width) {
    const auto result = run<double>(channel(width), settings, 1e-13);
    const double nu = viscosity(settings.relaxation_time), n = static_cast<double>(width);
    double error = 0, fastest = 0;
    for (std::size_t y = 1; y <= width; ++y) {
        const double at = static_cast<double>(y) - 0.5;
        const double exact = settings.force[2] / (2 * nu) * at * (n - at);
        error = std::max(error, std::abs(result.fields.speed[2](1, y, 1) - exact));
        fastest = std::max(fastest, exact);
    }
    return error / fastest;
}

TEST(PlaneChannel, IsExactAtEveryPointForFourRelaxationTimes) {
    for (const double tau : {0.55, 0.8, 1.0, 2.0}) EXPECT_LT(channel_error(driven_along_z(tau), 5), 1e-10) << tau;
}

TEST(PlaneChannel, ManyRelaxationTimesAreAsExact) {
    for (const double tau : {0.55, 0.8, 2.0}) {
        Settings settings = driven_along_z(tau);
        settings.collision = Collision::many_relaxation_times;
        EXPECT_LT(channel_error(settings, 5), 1e-10) << tau;
    }
}

TEST(PlaneChannel, OneRelaxationTimeIsExactOnlyWhereItsMagicParameterFits) {
    Settings settings = driven_along_z(0.5 + std::sqrt(3.0 / 16));
    settings.collision = Collision::single_relaxation_time;
    EXPECT_LT(channel_error(settings, 5), 1e-10);
    settings.relaxation_time = 2;
    EXPECT_GT(channel_error(settings, 5), 1e-2);
}

TEST(PlaneChannel, PermeabilityIsThatOfTheCellSums) {
    const auto result = run<double>(channel(8), driven_along_z(0.8), 1e-13);
    const double n = 8, exact = n * n / 12 * (1 + 1 / (2 * n * n));
    EXPECT_NEAR(result.permeability[2] * (n + 2) / n, exact, 1e-9 * exact);  // the image has two layers of wall
    EXPECT_NEAR(result.permeability[0], 0, 1e-12);
    EXPECT_TRUE(result.steady.converged);
}

TEST(PlaneChannel, FlowsAlongEveryAxisAlike) {
    const double along_z = run<double>(channel(6), driven_along_z(0.7), 1e-12).permeability[2];
    Settings settings = driven_along_z(0.7);
    settings.force = {1e-6, 0, 0};
    start_kokkos();
    const Communicator comm;
    const PhaseVolume pores = channel(6);
    Solver<double> solver(comm, whole_on_one(comm, pores), reader_of(pores), settings);
    const auto steady = run_until_steady(solver, {.tolerance = 1e-12});
    EXPECT_NEAR(permeability(steady.last.totals, settings, pores.extent(), 0)[0], along_z, 1e-9);
}

TEST(PlaneChannel, WallsBeyondTheImageAreWalls) {
    Settings settings = driven_along_z(0.9);
    settings.periodic = {true, false, true};
    const auto open = run<double>(PhaseVolume(Extent{2, 6, 2}, 1), settings, 1e-12);
    const auto walled = run<double>(channel(6), driven_along_z(0.9), 1e-12);
    EXPECT_NEAR(open.permeability[2], walled.permeability[2] * 8 / 6, 1e-9);
}

TEST(SquareDuct, MeanAndLargestSpeedFollowTheSeries) {
    constexpr std::size_t width = 24;
    const Settings settings = driven_along_z(0.9);
    const auto result = run<double>(duct(width), settings, 1e-9);
    const double scale = settings.force[2] * width * width / viscosity(0.9);
    const double mean = result.steady.last.totals.momentum[2] / (2.0 * width * width);
    EXPECT_NEAR(mean / scale, 0.0351443, 0.0351443 * 3e-3);
    // The middle lies between voxels: the nearest of them are lower by the curvature, F/2ν·(½)²·… < 0.4 %.
    EXPECT_NEAR(result.steady.last.totals.fastest / scale, 0.0736713, 0.0736713 * 5e-3);
}

TEST(Tube, PermeabilityTendsToAnEighthOfTheSquareOfTheRadius) {
    const double radius = 16.4;
    const PhaseVolume pores = tube(radius);
    const auto result = run<double>(pores, driven_along_z(0.9), 1e-9);
    const double open = phase_fraction(pores);
    // Radius of the circle with the voxels' area.
    const double effective = std::sqrt(open * static_cast<double>(pores.extent().y * pores.extent().x) / M_PI);
    EXPECT_NEAR(result.permeability[2] / open, effective * effective / 8, 0.02 * effective * effective / 8);
}

/// Slope of log|error| over log(1/width) by least squares.
double order_of(const std::vector<double>& widths, const std::vector<double>& errors) {
    double sx = 0, sy = 0, sxx = 0, sxy = 0;
    for (std::size_t i = 0; i < widths.size(); ++i) {
        const double x = -std::log(widths[i]), y = std::log(std::abs(errors[i]));
        sx += x;
        sy += y;
        sxx += x * x;
        sxy += x * y;
    }
    const auto n = static_cast<double>(widths.size());
    return (n * sxy - sx * sy) / (n * sxx - sx * sx);
}

TEST(Convergence, OfTheSquareDuctIsOfSecondOrder) {
    std::vector<double> widths, errors;
    for (const std::size_t width : {6u, 12u, 24u}) {
        const auto result = run<double>(duct(width), driven_along_z(0.9), 1e-9);
        const auto n = static_cast<double>(width);
        const double mean = result.steady.last.totals.momentum[2] / (2 * n * n);
        widths.push_back(n);
        errors.push_back(mean / (1e-6 * n * n / viscosity(0.9)) / 0.0351442580 - 1);
    }
    EXPECT_NEAR(order_of(widths, errors), 2, 0.1);
}

TEST(Convergence, OfTheStaircaseTubeIsOfFirstOrderAtLeast) {
    std::vector<double> radii, errors;
    for (const double radius : {4.5, 9.0, 18.0}) {
        const PhaseVolume pores = tube(radius);
        const auto result = run<double>(pores, driven_along_z(0.9), 1e-8);
        const auto area = static_cast<double>(pores.extent().y * pores.extent().x);
        radii.push_back(radius);
        errors.push_back(result.permeability[2] * area / (M_PI * std::pow(radius, 4) / 8) - 1);
    }
    EXPECT_GE(order_of(radii, errors), 0.9);
    EXPECT_LT(std::abs(errors.back()), 0.02);
}

}  // namespace
}  // namespace protolith::flow
