#include "flow/gas.hpp"

#include "base/error.hpp"

#include <cmath>
#include <numbers>

namespace protolith::flow {
namespace {

constexpr double pi = std::numbers::pi;
constexpr double gas_constant = 8.31446261815324;  // J/(mol K)

}  // namespace

SlipCoefficients slip_coefficients(double accommodation) {
    require_input(accommodation > 0 && accommodation <= 1, "accommodation = {}; expected above 0, at most 1",
                  accommodation);
    const double first = (2 - accommodation) / accommodation * (1 - 0.1817 * accommodation);
    return {first, 1 / pi + first * first / 2};
}

double mean_free_path(double viscosity, double pressure, double temperature, double molar_mass) {
    const auto above_zero = [](const char* key, double value) {
        require_input(value > 0 && std::isfinite(value), "{} = {}; expected a number above 0", key, value);
    };
    above_zero("viscosity", viscosity);
    above_zero("pressure", pressure);
    above_zero("temperature", temperature);
    above_zero("molar_mass", molar_mass);
    return viscosity / pressure * std::sqrt(pi * gas_constant * temperature / (2 * molar_mass));
}

double mean_free_path_factor(MeanFreePath form, double knudsen) {
    require_input(knudsen >= 0 && knudsen <= largest_knudsen,
                  "Knudsen number {:.3g}; slip walls serve up to {}: beyond, the gas is no continuum", knudsen,
                  largest_knudsen);
    if (form == MeanFreePath::bosanquet) return 1 / (1 + 2 * knudsen);
    if (form == MeanFreePath::arctangent && knudsen > 0)
        return 2 / pi * std::atan(std::numbers::sqrt2 * std::pow(knudsen, -0.75));
    return 1;
}

double gas_relaxation_time(double free_path) noexcept { return 0.5 + std::sqrt(6 / pi) * free_path; }

double gas_magic(double relaxation_time, const SlipCoefficients& slip) noexcept {
    const double t = relaxation_time - 0.5;
    return 3.0 / 16 + pi / 4 * slip.second * t * t;
}

double bounce_fraction(Wall wall, const SlipCoefficients& slip) noexcept {
    switch (wall) {
        case Wall::bounce_back:
            return 1;
        case Wall::diffuse:
            return 1 - 2 * slip.first / (std::sqrt(6 / pi) + slip.first);
        case Wall::specular:
            return 1 / (1 + slip.first * std::sqrt(pi / 6));
    }
    return 1;
}

void set_gas(Settings& settings, Wall wall, double free_path, const SlipCoefficients& slip) {
    settings.relaxation_time = gas_relaxation_time(free_path);
    settings.magic = gas_magic(settings.relaxation_time, slip);
    settings.wall = wall;
    settings.bounce_fraction = bounce_fraction(wall, slip);
    require_input(settings.bounce_fraction >= 0,
                  "A1 = {:.3g} is more slip than {} walls can give; expected at most {:.3g}", slip.first, name(wall),
                  std::sqrt(6 / pi));
}

}  // namespace protolith::flow
