// How well effective stiffnesses are known: σ_i² = σ_oi² + σ_Gi² of each component i, what the observation leaves open
// and what the generator cannot make (GJI 2024, doi 10.1093/gji/ggae240).
#pragma once

#include "elastic/homogeniser.hpp"

#include <array>
#include <cstdint>
#include <span>

namespace protolith::condition {

using Components = std::array<double, elastic::tensor_components>;

/// Which components are data: all six, or C11 alone, as if the medium were thought isotropic.
enum class DataKind { anisotropic, isotropic };

/// Standard deviation of each component over the points of each image and over images, GPa; tensors (images, 6,
/// points). `spatial`: about each image's own mean; otherwise about the mean of all.
Components variability(std::span<const double> tensors, std::size_t points, bool spatial);

/// Root mean square of the differences of two sets of tensors (images, 6, points), component by component.
Components rms_difference(std::span<const double> a, std::span<const double> b, std::size_t points);

struct DataError {
    Components observation{}, generator{};  ///< σ_o and σ_G, GPa

    /// 1/σ_i² of the components that are data, 0 of the others. InputError naming component, σ_o and σ_G where σ = 0.
    Components weights(DataKind kind) const;
};

/// Adds independent normal noise of σ_o to tensors (6, points); point p of component i has the number i · points + p.
void add_noise(std::span<double> tensors, const Components& sigma, std::uint64_t seed, std::uint32_t target);

}  // namespace protolith::condition
