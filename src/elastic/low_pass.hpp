// The low-pass filter F of homogenization: what tomography cannot resolve is taken out of strain and stress
// (Capdeville, Guillot & Marigo 2010, GJI 181, 897).
#pragma once

#include <string_view>

namespace protolith::elastic {

enum class FilterShape {
    cosine,   ///< 1 up to pass·k0, ½ (1 + cos) between, 0 from stop·k0 on
    gaussian  ///< exp(−ln 2 (k/k0)²), half at k0; cut where it falls below 1e-6
};

/// Weights of wave numbers k, in cycles per width of the image; k0 = 1/wavelength.
struct LowPass {
    FilterShape shape = FilterShape::cosine;
    double wavelength = 0.2;  ///< λ0, the shortest wavelength of the smooth medium, in widths of the image
    /// Band of the cosine taper in units of k0. With the default nothing of wavelength λ0 or shorter passes, so samples
    /// at a spacing of λ0/2 resolve what does, and λ0 = one width leaves one tensor. 0 ≤ pass < stop.
    double pass = 0.5, stop = 1.0;

    double weight(double wave_number) const noexcept;
    /// No wave number beyond this one passes.
    double highest() const noexcept;
};

/// "cosine", "gaussian".
std::string_view name(FilterShape shape) noexcept;
/// @throws InputError naming the allowed ones
FilterShape filter_shape_named(std::string_view text);

/// @throws InputError for a wavelength below a pixel (1/columns) or above the box, naming both; for an empty band
void check(const LowPass& filter, double pixel, double box);

}  // namespace protolith::elastic
