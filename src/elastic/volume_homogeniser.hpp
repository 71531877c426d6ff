// Elastic homogenization of periodic volumes that lie in slabs over ranks: six load cases, 21 stiffnesses. The method
// is that of homogeniser.hpp in three dimensions, in double precision.
#pragma once

#include "base/communicator.hpp"
#include "elastic/homogeniser.hpp"

#include <array>
#include <memory>

namespace protolith::elastic {

/// Of a symmetric 6×6 tensor in Kelvin notation: indices 1, 2, 3 are xx, yy, zz (x fastest), 4, 5, 6 are yz, xz, xy
/// with factors √2 and 2.
inline constexpr std::size_t volume_tensor_components = 21;
/// "C11", "C12", …, "C66": the upper triangle, row by row.
inline constexpr std::array<std::string_view, volume_tensor_components> volume_tensor_component_names = {
    "C11", "C12", "C13", "C14", "C15", "C16", "C22", "C23", "C24", "C25", "C26",
    "C33", "C34", "C35", "C36", "C44", "C45", "C46", "C55", "C56", "C66"};

struct VolumeHomogeniserSettings {
    Extent volume;  ///< voxels, cubes; periodic
    Medium medium = marble_cake_medium();
    LowPass filter;  ///< lengths in widths of the volume (x)
    SolverControl solver{.tolerance = 1e-6};
    Extent grid{0, 0, 0};  ///< cells at whose centres tensors are wanted; 0 × 0 × 0: of about λ0/2
};

/// @throws InputError naming key, value and what was expected
void check(const VolumeHomogeniserSettings& settings);

/// Every function is collective over the communicator.
class VolumeHomogeniser {
  public:
    /// @throws InputError as check(settings)
    VolumeHomogeniser(const Communicator& comm, const VolumeHomogeniserSettings& settings);
    ~VolumeHomogeniser();
    VolumeHomogeniser(VolumeHomogeniser&&) noexcept;
    VolumeHomogeniser& operator=(VolumeHomogeniser&&) noexcept;

    /// With the grid filled in.
    const VolumeHomogeniserSettings& settings() const noexcept;
    /// Planes along z of the volume that this rank gives: FFTW's equal blocks, so the last ranks may have none.
    ItemRange planes() const noexcept;
    /// Planes of the grid whose tensors this rank gets.
    ItemRange grid_planes() const noexcept;
    /// Memory that the fields take on this rank, bytes.
    std::size_t memory() const noexcept;

    /// grey: (planes, y, x), this rank's part of the volume. tensors: (21, grid planes, grid.y, grid.x), GPa, this
    /// rank's part of the grid. whole, if wanted: (21) of the volume as one point, on every rank; equal to rounding on
    /// any number of them.
    Convergence tensors(const float* grey, double* tensors, double* whole = nullptr) const;

  private:
    struct Work;
    std::unique_ptr<Work> work_;
};

}  // namespace protolith::elastic
