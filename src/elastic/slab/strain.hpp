// Strain, stress and divergence on the rotated grid in three dimensions (Willot 2015): displacements at the corners of
// voxels, strains and stresses at their centres, derivatives as differences across the voxel averaged over four edges.
// Voxels have side 1. Components xx, yy, zz, yz, xz, xy; shear strains doubled, so that strain and stress pair off.
#pragma once

#include "elastic/medium.hpp"
#include "elastic/slab/halo_field.hpp"

#include <array>
#include <cstddef>
#include <vector>

namespace protolith::elastic {

using Strain3 = std::array<double, 6>;

/// One row of voxels (component, x).
class VoxelRow {
  public:
    explicit VoxelRow(std::size_t columns) : columns_(columns), values_(6 * columns) {}
    double* operator[](std::size_t c) noexcept { return values_.data() + c * columns_; }
    const double* operator[](std::size_t c) const noexcept { return values_.data() + c * columns_; }

  private:
    std::size_t columns_;
    std::vector<double> values_;
};

/// A plane of stresses (y, component, x).
class StressPlane {
  public:
    StressPlane(std::size_t rows, std::size_t columns) : columns_(columns), values_(rows * 6 * columns) {}
    double* row(std::size_t y, std::size_t c) noexcept { return values_.data() + (y * 6 + c) * columns_; }
    const double* row(std::size_t y, std::size_t c) const noexcept { return values_.data() + (y * 6 + c) * columns_; }

  private:
    std::size_t columns_;
    std::vector<double> values_;
};

class SlabStencil {
  public:
    SlabStencil(const Extent& volume, const Moduli& zero, const Moduli& slope)
        : rows_(volume.y), columns_(volume.x), zero_(zero), slope_(slope), sums_(9 * (volume.x + 1)) {}

    /// Strain of displacements u (3 components, halo up to date) plus `load` in voxel row y of plane k.
    void strain(const HaloField& u, std::ptrdiff_t k, std::size_t y, const Strain3& load, VoxelRow& e);
    /// c : e for grey values of the same row; returns Σ e : c : e.
    double stress(const double* grey, const VoxelRow& e, const std::array<double*, 6>& s) const;
    /// Bᵀ σ at the corners of row y between two planes of stresses; written to q[0 … 2].
    void divergence(const StressPlane& before, const StressPlane& behind, std::size_t y,
                    const std::array<double*, 3>& q);

  private:
    std::size_t rows_, columns_;
    Moduli zero_, slope_;
    std::vector<double> sums_;
};

}  // namespace protolith::elastic
