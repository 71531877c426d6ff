// Displacements of one load case by conjugate gradients over ranks; residuals stay in Fourier space.
#pragma once

#include "elastic/homogeniser.hpp"
#include "elastic/slab/strain.hpp"
#include "fft/slab_transform.hpp"

#include <array>

namespace protolith::elastic {

class SlabSolver {
  public:
    /// Moduli in units of `unit`, λ + 2μ of the mean medium. Collective, as everything here.
    SlabSolver(const Communicator& comm, const Extent& volume, const Medium& medium);

    ItemRange planes() const noexcept { return transform_.planes(); }
    double unit() const noexcept { return unit_; }
    std::size_t memory() const noexcept;
    /// (planes, y, x)
    void set_grey(const float* grey);
    Convergence solve(const Strain3& load, const SolverControl& control);
    /// Calls row(k, y, strain, stress) for the voxel rows of this rank; the strain includes the load.
    template <class Row>
    void for_each_row(const Strain3& load, Row&& row) {
        VoxelRow e(volume_.x), s(volume_.x);
        for (std::size_t k = 0; k < planes().size(); ++k)
            for (std::size_t y = 0; y < volume_.y; ++y) {
                const auto plane = static_cast<std::ptrdiff_t>(k);
                stencil_.strain(displacement_, plane, y, load, e);
                stencil_.stress(grey_.row(0, plane, y), e, {s[0], s[1], s[2], s[3], s[4], s[5]});
                row(k, y, e, s);
            }
    }

  private:
    using Fields = std::array<fft::Buffer<double>, 3>;

    /// work = transformed Bᵀ c : (B u + load), times `sign`; returns Σ ε : c : ε of this rank's voxels.
    double forces(const HaloField& u, const Strain3& load, double sign);
    void stress_plane(const HaloField& u, std::ptrdiff_t k, const Strain3& load, StressPlane& out, double& energy);
    /// residual −= alpha × work (or = work), work = P residual; returns r·z over all ranks.
    double precondition(bool first, double alpha);
    /// p = z + beta p from the transformed work.
    void new_direction(double beta);

    const Communicator& comm_;
    Extent volume_;
    double unit_;
    Moduli mean_;
    fft::SlabTransform transform_;
    SlabNeighbours neighbours_;
    SlabStencil stencil_;
    HaloField grey_, displacement_, direction_;
    Fields work_, residual_;
};

}  // namespace protolith::elastic
