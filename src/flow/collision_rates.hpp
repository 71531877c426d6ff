// From settings to the rates that the kernels take.
#pragma once

#include "flow/rates.hpp"
#include "flow/settings.hpp"

namespace protolith::flow {

/// τ of the odd part: by the magic parameter, or τ itself for a single relaxation time.
constexpr double odd_relaxation_time(const Settings& s) noexcept {
    return s.collision == Collision::single_relaxation_time ? s.relaxation_time
                                                            : 0.5 + s.magic / (s.relaxation_time - 0.5);
}

template <class T>
CollisionRates<T> collision_rates(const Settings& s) {
    CollisionRates<T> rates;
    rates.half_even = static_cast<T>(0.5 / s.relaxation_time);
    rates.half_odd = static_cast<T>(0.5 / odd_relaxation_time(s));
    rates.force = BodyForce<T>(s.force[0], s.force[1], s.force[2]);
    rates.many = s.collision == Collision::many_relaxation_times;
    const double rate = 1 / s.relaxation_time;
    rates.extra = {static_cast<T>(s.energy_rate - rate), static_cast<T>(s.energy_square_rate - rate),
                   static_cast<T>(s.stress_rate - rate)};
    return rates;
}

}  // namespace protolith::flow
