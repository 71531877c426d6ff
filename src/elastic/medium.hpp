// Isotropic elastic phases and how the grey value of an image mixes them. Plane strain in 2-D.
#pragma once

namespace protolith::elastic {

/// Lamé's parameters, GPa.
struct Moduli {
    double lambda = 0, mu = 0;

    /// Bulk modulus of plane strain, λ + μ.
    double bulk_2d() const noexcept { return lambda + mu; }
    /// λ + 2μ/3.
    double bulk_3d() const noexcept { return lambda + 2 * mu / 3; }
    /// λ + 2μ.
    double p_wave() const noexcept { return lambda + 2 * mu; }
    bool operator==(const Moduli&) const = default;
};

/// A rock as seismology knows it.
struct Phase {
    double vp, vs;   ///< km/s
    double density;  ///< g/cm³

    /// μ = ρ vs², λ = ρ (vp² − 2 vs²), in GPa.
    Moduli moduli() const noexcept;
};

/// Two phases; a grey value g between 0 and 1 mixes their Lamé parameters linearly, λ = (1 − g) λ_0 + g λ_1 and the
/// same for μ, so that what is computed from an image is a smooth function of its pixels. Binary images have one phase
/// or the other in each pixel. Values beyond 0 … 1 are extrapolated.
struct Medium {
    Moduli zero, one;  ///< of pixels 0 and 1

    Moduli at(double grey) const noexcept {
        return {zero.lambda + grey * (one.lambda - zero.lambda), zero.mu + grey * (one.mu - zero.mu)};
    }
    bool operator==(const Medium&) const = default;
};

/// The mantle of GJI 2024 (doi 10.1093/gji/ggae240): vs 3.38 km/s where the image is 0, 4.13 km/s where it is 1,
/// vp = 1.8 vs, 3 g/cm³.
Medium marble_cake_medium() noexcept;

/// Refuses what is no stable isotropic medium in plane strain: a shear or a bulk modulus that is not positive.
/// @throws InputError naming the phase and its moduli
void check(const Medium& medium);
/// The same for velocities: vs > 0, density > 0, vp² > vs² (a positive bulk modulus of plane strain).
/// @throws InputError naming `key`, the value and what was expected
void check(const Phase& phase, const char* key);

}  // namespace protolith::elastic
