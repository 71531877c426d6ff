// The fields of one block of lanes, each lane a load case of an image, and the passes over them. Conjugate gradients
// keep residuals in Fourier space, a column of the spectrum after another, and all else in real space, so that one step
// is two passes over memory: rows (transform back, new direction, strain, stress, its divergence, transform) and
// columns (transform, residual, preconditioner, transform back).
#pragma once

#include "base/large_array.hpp"
#include "elastic/lanes/plan.hpp"
#include "fft/lanes.hpp"

#include <array>
#include <cstddef>
#include <vector>

namespace protolith::elastic {

/// One number of every lane.
template <class T>
struct alignas(fft::lane_bytes) LaneNumbers {
    std::array<T, fft::lanes<T>> lane{};
    T& operator[](std::size_t i) noexcept { return lane[i]; }
    T operator[](std::size_t i) const noexcept { return lane[i]; }
};

/// What a block is run for, and so which fields it has.
enum class BlockUse { tensors, gradient_of_steps, gradient_by_adjoint };

/// Displacements and what is like them (complex: u1 + i u2) are (rows, columns, 2, lanes).
template <class T>
class LaneBlock {
  public:
    /// `steps` that will be taken; 0: as many as it takes. The directions of a few are kept.
    LaneBlock(const LanePlan<T>& plan, BlockUse use, std::size_t steps);

    T* grey;                    ///< (rows, columns, lanes)
    T* work;                    ///< complex (rows, pitch): rows of a spectrum in the making
    T* residual;                ///< complex (columns, rows): transformed residual, by columns
    T* displacement;            ///< u
    std::vector<T*> direction;  ///< p_k of step k, modulo how many are kept
    bool keeps_all_directions;  ///< then u is their sum, Σ alphas p, and not kept up
    T* gradient = nullptr;      ///< (rows, columns, lanes)
    T* source = nullptr;        ///< ū: what the misfit changes by with u
    T* adjoint = nullptr;       ///< r̄ of the steps run backwards, or the adjoint displacement
    T* passed_on = nullptr;     ///< p̄ of the step before (backwards)
    T* row;                     ///< scratch: some rows of 6 values a pixel
    T* column;                  ///< scratch: two columns of complex values
    T* waves;                   ///< (rows, column waves, 6, lanes)
    T* wave_sums;               ///< (row waves, column waves, 6, lanes)
    T* point_rows;              ///< (grid.rows, column waves, 6, lanes)
    T* points;                  ///< (grid points, 6, lanes): strain 1, 2, 3, stress 1, 2, 3 (Kelvin, in plan.unit)

    /// Images of the lanes and, for each, 1 in its lanes and 0 in the others; every lane belongs to one.
    struct LaneImage {
        const T* pixels;
        LaneNumbers<T> lanes;
    };
    std::vector<LaneImage> images;
    std::array<LaneNumbers<T>, 3> load;                  ///< applied strain ε11, ε22, 2ε12
    LaneNumbers<T> alpha, beta;                          ///< of the step at hand
    std::vector<LaneNumbers<T>> alphas;                  ///< of all steps, where all directions are kept
    LaneNumbers<T> sum, second_sum;                      ///< what a pass adds up over pixels
    LaneNumbers<T> factor, second_factor, third_factor;  ///< of the backward passes (backward-inl.hpp)

    T* direction_of(std::size_t step) noexcept { return direction[step % direction.size()]; }

  private:
    LargeArray<T> memory_;
};

/// What a block does in one go over its fields.
enum class Pass {
    load_grey,       ///< grey from the images
    applied_stress,  ///< work = transformed rows of −Bᵀ c : E
    start_columns,   ///< residual = transformed columns, work = preconditioned; sum = r·z
    update_columns,  ///< residual −= alpha × transformed columns, work = preconditioned; sum = r·z
    last_columns,    ///< update_columns whose residual nobody needs
    precondition,    ///< work = preconditioned work, nothing kept
    step,  ///< p = z + beta p, u += alpha p of the step before (unless directions are kept); work = transformed Bᵀ c :
           ///< B p; sum = p·K p
    last_step,      ///< the same without work
    measure,        ///< u complete, filtered strain and stress at the points
    misfit_source,  ///< from derivatives at the points: gradient = h : c′ : G, source = Bᵀ (g + c : h); sum = ū·p
    adjoint_load,   ///< work = transformed rows of source
    adjoint_gradient,     ///< v += alpha p of the last step, gradient −= B v : c′ : G
    first_step_back,      ///< step_back from the last step, where r̄ and p̄ of a later one are zero
    step_back,            ///< p̄, work = transformed p̄, gradient += …; sum = p̄·p of the step before
    first_residual_back,  ///< residual_back after first_step_back
    residual_back  ///< r̄ += P p̄ + 2 ρ̄ z; sum = ū·p, second_sum = r̄·K p, of the step before; at the first step
                   ///< gradient −= B r̄ : c′ : E
};

/// Runs `pass` at step `step`.
void run(Pass pass, const LanePlan<float>& plan, LaneBlock<float>& block, std::size_t step);
void run(Pass pass, const LanePlan<double>& plan, LaneBlock<double>& block, std::size_t step);

}  // namespace protolith::elastic
