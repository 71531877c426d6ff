// What the effective stiffness of two isotropic phases can be, whatever their arrangement, and how anisotropic a tensor
// is. Plane strain, where the bulk modulus is K = λ + μ, and volumes, where it is λ + 2μ/3.
#pragma once

#include "elastic/medium.hpp"

#include <cstddef>

namespace protolith::elastic {

/// Bulk and shear modulus, GPa.
struct IsotropicModuli {
    double bulk = 0, shear = 0;
};
struct ModuliBounds {
    IsotropicModuli lower, upper;
};

/// Voigt (arithmetic) above, Reuss (harmonic) below: for any microstructure, isotropic or not, in the sense of
/// energies.
ModuliBounds voigt_reuss(const Medium& medium, double fraction_of_one);
/// Hashin & Shtrikman's bounds in two dimensions for isotropic mixtures (Hashin 1965, J. Mech. Phys. Solids 13, 119):
///   K = ⟨(K + μ*)⁻¹⟩⁻¹ − μ*,   μ = ⟨(μ + ζ)⁻¹⟩⁻¹ − ζ,   ζ = K* μ*/(K* + 2 μ*),
/// with the largest moduli for K*, μ* above and the smallest below.
ModuliBounds hashin_shtrikman(const Medium& medium, double fraction_of_one);

/// The same in three dimensions. Voigt 1889, Reuss 1929; Hashin & Shtrikman 1963, J. Mech. Phys. Solids 11, 127:
///   K = ⟨(K + 4μ*/3)⁻¹⟩⁻¹ − 4μ*/3,   μ = ⟨(μ + ζ)⁻¹⟩⁻¹ − ζ,   ζ = μ*/6 (9K* + 8μ*)/(K* + 2μ*).
ModuliBounds volume_voigt_reuss(const Medium& medium, double fraction_of_one);
ModuliBounds volume_hashin_shtrikman(const Medium& medium, double fraction_of_one);

/// ξ = C22/C11 of a tensor in the order of tensor_component_names: 1 for isotropic media, below it where waves along y
/// are slower than along x, as in horizontal layers.
template <class T>
T anisotropy(const T* tensor, std::size_t points_between_components) {
    return tensor[points_between_components] / tensor[0];
}

}  // namespace protolith::elastic
