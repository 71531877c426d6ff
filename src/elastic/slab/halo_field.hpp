// Fields at the corners of voxels in slabs over ranks, with one plane of the neighbours on either side.
#pragma once

#include "base/communicator.hpp"
#include "base/large_array.hpp"
#include "volume/volume.hpp"

#include <algorithm>
#include <cstddef>

namespace protolith::elastic {

/// How a periodic volume lies in slabs: planes of this rank, and the ranks that hold those before and behind.
class SlabNeighbours {
  public:
    /// Collective. Ranks without planes take no part in exchanges.
    SlabNeighbours(const Communicator& comm, ItemRange planes);

    std::size_t planes() const noexcept { return planes_; }
    /// Fills the halo planes of `components` fields (components, planes + 2, plane_size). Collective.
    void exchange(double* fields, std::size_t components, std::size_t plane_size) const;

  private:
    MPI_Comm comm_;
    std::size_t planes_;
    int before_ = MPI_PROC_NULL, behind_ = MPI_PROC_NULL;
};

/// (components, planes + 2, y, x); plane 0 is the one before this rank's first.
class HaloField {
  public:
    HaloField() = default;
    HaloField(std::size_t components, std::size_t planes, const Extent& volume)
        : planes_(planes + 2),
          rows_(volume.y),
          columns_(volume.x),
          components_(components),
          values_(components * planes_ * rows_ * columns_) {}

    /// Row y of component c in this rank's plane k, −1 ≤ k ≤ planes.
    double* row(std::size_t c, std::ptrdiff_t k, std::size_t y) noexcept { return values_.data() + place(c, k, y); }
    const double* row(std::size_t c, std::ptrdiff_t k, std::size_t y) const noexcept {
        return values_.data() + place(c, k, y);
    }
    void fill(double value) { std::fill(values_.begin(), values_.end(), value); }
    void exchange(const SlabNeighbours& neighbours) {
        neighbours.exchange(values_.data(), components_, rows_ * columns_);
    }
    std::size_t bytes() const noexcept { return values_.size() * sizeof(double); }

  private:
    std::size_t place(std::size_t c, std::ptrdiff_t k, std::size_t y) const noexcept {
        return ((c * planes_ + static_cast<std::size_t>(k + 1)) * rows_ + y) * columns_;
    }
    std::size_t planes_ = 0, rows_ = 0, columns_ = 0, components_ = 0;
    LargeArray<double> values_;
};

}  // namespace protolith::elastic
