#include "flow/permeability.hpp"

namespace protolith::flow {

std::array<double, 3> superficial_velocity(const Totals& totals, const Extent& volume) noexcept {
    std::array<double, 3> velocity = totals.momentum;
    for (double& component : velocity) component /= static_cast<double>(volume.count());
    return velocity;
}

std::array<double, 3> driving_gradient(const Settings& settings, const Extent& volume) noexcept {
    if (settings.ends == Ends::periodic) return settings.force;
    std::array<double, 3> gradient{0, 0, 0};
    const std::array<std::size_t, 3> length{volume.x, volume.y, volume.z};
    const auto axis = static_cast<std::size_t>(settings.end_axis);
    gradient[axis] =
        sound_squared * (settings.inlet_density - settings.outlet_density) / static_cast<double>(length[axis] - 1);
    return gradient;
}

std::array<double, 3> permeability(const Totals& totals, const Settings& settings, const Extent& volume, int axis) {
    require_input(axis >= 0 && axis <= 2, "axis = {}; expected 0, 1 or 2", axis);
    const double gradient = driving_gradient(settings, volume)[static_cast<std::size_t>(axis)];
    require_input(gradient != 0, "nothing drives the flow along axis {}: permeability along it is unknown", axis);
    std::array<double, 3> k = superficial_velocity(totals, volume);
    for (double& component : k) component *= viscosity(settings.relaxation_time) / gradient;
    return k;
}

double gas_permeability(double viscosity, double length, double outlet_velocity, double mean_pressure,
                        double pressure_drop) {
    require_input(
        pressure_drop > 0 && pressure_drop < 2 * mean_pressure,
        "a drop of {} about a mean pressure of {} of a gas; expected one above 0 that leaves the outlet above 0",
        pressure_drop, mean_pressure);
    const double outlet_pressure = mean_pressure - pressure_drop / 2;
    return viscosity * length * outlet_velocity * outlet_pressure / (mean_pressure * pressure_drop);
}

}  // namespace protolith::flow
