#include "flow/settings.hpp"

#include "base/error.hpp"

#include <cmath>

namespace protolith::flow {
namespace {

// The enumerator with this name among the `count` first.
template <class E>
E named(std::string_view key, std::string_view text, int count) {
    std::string allowed;
    for (int k = 0; k < count; ++k) {
        const auto value = static_cast<E>(k);
        if (name(value) == text) return value;
        allowed += (k > 0 ? ", " : "") + std::string(name(value));
    }
    throw InputError(fmt::format("{} = \"{}\" is unknown; allowed: {}", key, text, allowed));
}

}  // namespace

std::string_view name(Collision collision) noexcept {
    switch (collision) {
        case Collision::two_relaxation_times:
            return "trt";
        case Collision::single_relaxation_time:
            return "bgk";
        case Collision::many_relaxation_times:
            return "mrt";
    }
    return "";
}

std::string_view name(Ends ends) noexcept {
    switch (ends) {
        case Ends::periodic:
            return "periodic";
        case Ends::equilibrium:
            return "equilibrium";
        case Ends::zou_he:
            return "zou_he";
    }
    return "";
}

std::string_view name(Wall wall) noexcept {
    switch (wall) {
        case Wall::bounce_back:
            return "bounce_back";
        case Wall::diffuse:
            return "diffuse";
        case Wall::specular:
            return "specular";
    }
    return "";
}

Collision collision_named(std::string_view text) { return named<Collision>("collision", text, 3); }
Ends ends_named(std::string_view text) { return named<Ends>("ends", text, 3); }
Wall wall_named(std::string_view text) { return named<Wall>("wall", text, 3); }

void check(const Settings& s) {
    // From τ = ½ on the viscosity is positive, but below 0.505 no useful grid resolves what it leaves undamped.
    require_input(s.relaxation_time >= 0.505 && s.relaxation_time <= 20,
                  "relaxation_time = {} is unstable or useless; expected 0.505 to 20", s.relaxation_time);
    require_input(s.magic > 0 && s.magic <= 1000, "magic = {}; expected a number above 0, at most 1000", s.magic);
    double force = 0;
    for (const double component : s.force) {
        require_input(std::isfinite(component), "force = {}; expected a finite number", component);
        force += std::abs(component);
    }
    require_input(s.end_axis >= 0 && s.end_axis <= 2, "end_axis = {}; expected 0, 1 or 2", s.end_axis);
    if (s.ends == Ends::periodic) {
        require_input(force > 0, "force = 0 with periodic ends drives nothing; expected a force or pressure ends");
    } else {
        require_input(s.inlet_density != s.outlet_density,
                      "inlet_density = outlet_density = {}: a pressure drop of zero drives nothing", s.inlet_density);
        require_input(force == 0, "a force together with pressure ends: expected force = 0");
        for (const double density : {s.inlet_density, s.outlet_density})
            require_input(std::abs(density - 1) <= 0.1, "density {} at an end; expected 0.9 to 1.1", density);
    }
    require_input(s.bounce_fraction >= 0 && s.bounce_fraction <= 1, "bounce_fraction = {}; expected 0 to 1",
                  s.bounce_fraction);
    for (const double rate : {s.energy_rate, s.energy_square_rate, s.stress_rate})
        require_input(rate > 0 && rate < 2, "rate of relaxation {}; expected between 0 and 2", rate);
}

}  // namespace protolith::flow
