// Low-pass filtered fields of a volume in slabs at the points of a grid: the few waves that pass, summed over ranks.
#pragma once

#include "base/communicator.hpp"
#include "elastic/slab/strain.hpp"
#include "elastic/wave_table.hpp"

#include <algorithm>
#include <vector>

namespace protolith::elastic {

/// Strain (6) and stress (6) of a voxel, Kelvin notation.
inline constexpr std::size_t filtered_values = 12;

class SlabFilter {
  public:
    SlabFilter(const Extent& volume, const Extent& grid, const LowPass& filter);

    void clear() { std::fill(sums_.begin(), sums_.end(), 0.0); }
    /// Adds voxel row (z, y), global places; shear strains of `e` are doubled.
    void add_row(std::size_t z, std::size_t y, const VoxelRow& e, const VoxelRow& s);
    /// (grid planes of `points`, grid.y, grid.x, filtered_values) once all ranks have added their rows. Collective.
    std::vector<double> at_points(const Communicator& comm, ItemRange points);

  private:
    Extent grid_;
    WaveTable<double> voxels_[3], points_[3];  // along x, y, z
    std::vector<double> weights_;              // (z waves, y waves, x waves)
    std::vector<double> sums_;                 // (z waves, y waves, x waves, values)
    std::vector<double> dense_x_;              // (x waves, x)
    std::vector<double> row_;
};

}  // namespace protolith::elastic
