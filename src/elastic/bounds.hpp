// What the effective stiffness of two isotropic phases can be, whatever their arrangement, and how anisotropic a tensor
// is. Plane strain: bulk modulus K = λ + μ.
#pragma once

#include "elastic/medium.hpp"

#include <cstddef>

namespace protolith::elastic {

/// Bulk (λ + μ) and shear modulus, GPa.
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

/// ξ = C22/C11 of a tensor in the order of tensor_component_names: 1 for isotropic media, below it where waves along y
/// are slower than along x, as in horizontal layers.
template <class T>
T anisotropy(const T* tensor, std::size_t points_between_components) {
    return tensor[points_between_components] / tensor[0];
}

}  // namespace protolith::elastic
