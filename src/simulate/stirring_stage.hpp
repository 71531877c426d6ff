// What a Runge–Kutta stage needs of the stirring flow: its coefficients at one time, ready for the velocity formula.
#pragma once

#include "simulate/stirring_flow.hpp"

namespace protolith::simulate {

/// With s = sin πx, c = cos πx, q = s² the multiple angles give
///   v_x =  cos πy · s [c (p0 + p1 q) + r0 + r1 q],
///   v_y = −sin πy · [p0 + q (e1 + e2 q) + c (r0 + g1 q)].
struct StirringCoefficients {
    float p0, p1, r0, r1, e1, e2, g1;

    StirringCoefficients(double a, double b) noexcept
        : p0(scaled(2 + 4 * b)),
          p1(scaled(-8 * b)),
          r0(scaled(3 * a)),
          r1(scaled(-4 * a)),
          e1(scaled(-4 - 32 * b)),
          e2(scaled(32 * b)),
          g1(scaled(-12 * a)) {}

  private:
    static float scaled(double factor) noexcept { return static_cast<float>(std::numbers::pi * factor); }
};

/// Coefficients at the three times of a step and its length.
struct RungeKuttaStages {
    StirringCoefficients first, middle, last;
    float step;

    RungeKuttaStages(const StirringFlow& flow, double time, double h) noexcept
        : first(flow.a(time), flow.b(time)),
          middle(flow.a(time + h / 2), flow.b(time + h / 2)),
          last(flow.a(time + h), flow.b(time + h)),
          step(static_cast<float>(h)) {}
};

}  // namespace protolith::simulate
