// Transport of a contour's points by the stirring flow: fourth-order Runge–Kutta, many points at once.
#pragma once

#include "simulate/contour.hpp"
#include "simulate/stirring_flow.hpp"

#include <cstdint>

namespace protolith::simulate {

/// One step of the classical Runge–Kutta method from `time` to `time + step`. Positions are kept in double precision;
/// the velocity is evaluated in single, from the distances to the nearest walls, so that it vanishes towards a wall
/// with full relative precision: the line creeps along walls at distances of 1e-7 and less, and what crossed one there
/// would grow into a false filament.
void advance(const StirringFlow& flow, double time, double step, Contour& contour);

/// The instruction sets, as Highway's target bits, for which advance() was compiled and which this machine has.
std::int64_t advance_targets();

}  // namespace protolith::simulate
