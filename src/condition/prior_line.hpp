// Straight lines across the latents of a generator and across the inputs of the simulator that it learned from, in the
// same units, so that the smoothness of the two can be compared (GJI 2024, doi 10.1093/gji/ggae240, Fig. 16).
//
// A generator turns independent standard normal numbers into an image. So does the simulator of marble cakes, once each
// of its inputs is written as low + (high − low) Φ(ζ), ζ standard normal: x then has its uniform prior on [low, high].
// Both are walked along z(s) = z(0) + s u. u is a random direction with the mean square 1 over the numbers that may
// change, whence s counts standard deviations of the prior: it is the root mean square change of a number, and two
// independent draws of the prior lie s = √2 apart, in 30 dimensions as in 8. Along ζ no input leaves its range, and no
// reflection at an end breaks the curve.
#pragma once

#include "simulate/marble_cake.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace protolith::condition {

/// s of `points` evenly spaced points from −length/2 to length/2. InputError unless their number is odd, so that the
/// middle one is exactly 0, and at least 3.
std::vector<double> line_positions(std::size_t points, double length);

/// Normal numbers scaled to the mean square 1; `item` names the random numbers.
std::vector<double> line_direction(std::size_t dimensions, std::uint64_t seed, std::uint32_t item);

/// z + s u, (dimensions).
std::vector<double> latents_on_line(std::span<const double> z, std::span<const double> direction, double s);

/// Inputs whose prior is not a single value, and which may hence change: at least one, or InputError.
std::vector<std::size_t> movable_inputs(const simulate::MarbleCakeSettings& settings);

/// Inputs in whose place ζ has become ζ + s u, u being one number for each movable input; the others stay. s = 0 gives
/// `inputs` to the last bit. An input at an end of its range stays there, ζ being infinite.
simulate::MarbleCakeInputs inputs_on_line(const simulate::MarbleCakeSettings& settings,
                                          const simulate::MarbleCakeInputs& inputs, std::span<const double> direction,
                                          double s);

}  // namespace protolith::condition
