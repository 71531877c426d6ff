// The effective stiffness of a point from its filtered strains and stresses, and the derivative of that map.
#pragma once

#include "elastic/homogeniser.hpp"

#include <array>

namespace protolith::elastic {

/// A 3×3 matrix in Kelvin notation.
using Matrix3 = std::array<std::array<double, 3>, 3>;

/// Column l belongs to load case l.
struct FilteredFields {
    Matrix3 strain, stress;
};

struct EffectiveTensor {
    Matrix3 inverse_strain;  ///< F(G)⁻¹
    Matrix3 stiffness;       ///< F(H) : F(G)⁻¹, not symmetrised

    explicit EffectiveTensor(const FilteredFields& fields);
    /// The six components of the symmetric part, as in tensor_component_names.
    std::array<double, tensor_components> components() const;
    /// From what a function changes by with the six components to what it changes by with the filtered fields.
    FilteredFields derivative(const std::array<double, tensor_components>& by_component) const;
};

}  // namespace protolith::elastic
