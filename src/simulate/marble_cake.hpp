// Marble cakes: binary images of a circular anomaly of area ½ that a chaotic flow has stirred (GJI 2024,
// doi 10.1093/gji/ggae240). Nine inputs make an image; their priors are uniform. The contour is advected, refined and
// rasterised.
#pragma once

#include "simulate/contour.hpp"
#include "simulate/stirring_flow.hpp"
#include "volume/volume.hpp"

#include <array>
#include <cstdint>
#include <numbers>
#include <string_view>

namespace protolith::simulate {

/// Uniform prior of one input; low = high fixes it.
struct Range {
    double low = 0, high = 0;
};

/// The nine inputs of one marble cake, dimensionless (unit square, see StirringFlow). Defaults: Fig. 1 of the paper.
struct MarbleCakeInputs {
    double centre_x = 0.50696, centre_y = 0.49770;
    double A = 1.04568, B = 0.88601, f_a = 0.72566, f_b = 0.55985, phi_a = 0.12535, phi_b = 0.22108;
    double time = 0.5;

    StirringFlow flow() const noexcept { return {A, B, f_a, f_b, phi_a, phi_b}; }
    /// In the order of marble_cake_input_names.
    std::array<double, 9> values() const noexcept { return {centre_x, centre_y, A, B, f_a, f_b, phi_a, phi_b, time}; }
    static MarbleCakeInputs of(const std::array<double, 9>& v) noexcept {
        return {v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8]};
    }
};
inline constexpr std::array<std::string_view, 9> marble_cake_input_names = {
    "centre_x", "centre_y", "A", "B", "f_a", "f_b", "phi_a", "phi_b", "time"};

/// Priors (the paper's are unpublished: amplitudes and frequencies about its Fig. 1, phases all round, with which the
/// mean power spectrum falls as 1/k from end to end) and numerical settings.
struct MarbleCakeSettings {
    std::size_t size = 128;  ///< pixels along each side
    Range centre_x{0.45, 0.55}, centre_y{0.45, 0.55};
    Range A{0.5, 1.5}, B{0.5, 1.5};
    Range f_a{0, 1}, f_b{0, 1};
    Range phi_a{0, 2 * std::numbers::pi}, phi_b{0, 2 * std::numbers::pi};
    Range time{0.5, 0.5};
    double step_strain = 0.7;  ///< Runge–Kutta step times the bound of the velocity gradient; Fig. 1: a step of 2.6e-3
    double longest_segment = 0.5;  ///< pixels; longer segments of the contour are split

    /// In the order of marble_cake_input_names.
    std::array<Range, 9> ranges() const noexcept { return {centre_x, centre_y, A, B, f_a, f_b, phi_a, phi_b, time}; }
};

/// One image, what made it, and the contour's figures at the end.
struct MarbleCake {
    MarbleCakeInputs inputs;
    PhaseVolume image;      ///< (1, size, size), rows along y, 1 inside the anomaly
    double contour_length;  ///< in sides of the square
    double contour_area;    ///< enclosed by the polygon; exactly ½ is conserved by the flow
    std::size_t contour_points;
};

/// Radius of the initial circle, √(½/π) = 0.39894.
double anomaly_radius();

/// Refuses unusable settings: size 0, empty ranges, a circle that may leave the square, a time step too long for the
/// ranges of A and B.
/// @throws InputError naming the setting, its value and what was expected
void validate(const MarbleCakeSettings& settings);

/// Inputs of item `item`: a pure function of (settings, seed, item).
MarbleCakeInputs draw_marble_cake_inputs(const MarbleCakeSettings& settings, std::uint64_t seed, std::uint32_t item);

/// The stirred contour at the inputs' time.
/// @throws Error if it grows beyond 50 million points (the time is too long: the length grows exponentially)
Contour stir(const MarbleCakeSettings& settings, const MarbleCakeInputs& inputs);

/// Image for given inputs; settings are validated.
MarbleCake marble_cake(const MarbleCakeSettings& settings, const MarbleCakeInputs& inputs);

/// Image `item` of a set: draws the inputs and stirs. Depends on nothing but its arguments.
MarbleCake marble_cake(const MarbleCakeSettings& settings, std::uint64_t seed, std::uint32_t item);

}  // namespace protolith::simulate
