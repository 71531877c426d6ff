// Elastic homogenization of two-dimensional images in plane strain, many at once: from fine structure to the smooth
// anisotropic medium that long waves see, and back from a misfit of that medium to the pixels.
//
// On the periodic image three load cases are solved, ∇·(c : (I + ε(χ))) = 0, and the effective stiffness is
//   C* = F(H) : F(G)⁻¹,   G = I + ε(χ),   H = c : G,
// with the low-pass filter F, symmetrised (Capdeville & Marigo 2007, GJI 170, 823; GJI 2024, doi 10.1093/gji/ggae240).
// Strains are those of the rotated grid (Willot 2015, C. R. Mécanique 343, 232); displacements follow by conjugate
// gradients with the Green operator of the mean medium as preconditioner.
#pragma once

#include "elastic/low_pass.hpp"
#include "elastic/medium.hpp"
#include "volume/volume.hpp"

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

namespace protolith::elastic {

/// The six stiffnesses of a point, Kelvin notation (index 3 is the shear, with factors √2 and 2), in this order.
inline constexpr std::size_t tensor_components = 6;
inline constexpr std::array<std::string_view, tensor_components> tensor_component_names = {"C11", "C22", "C12",
                                                                                           "C33", "C13", "C23"};
/// Rows and columns of those components in the symmetric 3×3 tensor. Axis 1 runs along the image's rows (x), axis 2
/// along its columns (y).
inline constexpr std::array<std::array<std::size_t, 2>, tensor_components> tensor_indices = {
    {{0, 0}, {1, 1}, {0, 1}, {2, 2}, {0, 2}, {1, 2}}};

/// When conjugate gradients stop.
struct SolverControl {
    std::size_t steps = 2;  ///< of every load case, where tolerance is 0; two serve a likelihood with noise
    double tolerance = 0;   ///< > 0: until the estimated error of the strain (root mean square, by energy) per unit of
                            ///< applied strain is below
    std::size_t max_steps = 1000;  ///< with a tolerance; NaNs and what does not converge end here
};

/// Where C* is wanted: at the centres of `rows` × `columns` equal cells of the image; as many as pixels, or fewer.
/// 0 × 0: cells of about λ0/2, the spacing of the paper's data.
struct OutputGrid {
    std::size_t rows = 0, columns = 0;

    std::size_t points() const noexcept { return rows * columns; }
    bool operator==(const OutputGrid&) const = default;
};

struct HomogeniserSettings {
    Extent image{1, 128, 128};  ///< one plane; periodic; square pixels
    Medium medium = marble_cake_medium();
    LowPass filter;
    SolverControl solver;
    OutputGrid grid;
    int threads = 1;  ///< share the images of a call
};

/// Cells of λ0/2 or the nearest size that divides the image, at least one each way.
OutputGrid half_wavelength_grid(const Extent& image, const LowPass& filter);

/// @throws InputError naming key, value and what was expected
void check(const HomogeniserSettings& settings);

/// How the solver ended: the worst load case of a call.
struct Convergence {
    std::size_t steps = 0;
    double residual = 0;  ///< as SolverControl::tolerance measures it, before the last step where steps are fixed
};

/// Homogenizes batches of images of one size. T is float or double: the precision of fields and transforms. Images side
/// by side share vector registers, so a call with many is cheaper per image: from 5 on (float). Const functions may run
/// on several threads at once. No MPI.
template <class T>
class Homogeniser {
  public:
    /// @throws InputError as check(settings)
    explicit Homogeniser(const HomogeniserSettings& settings);
    ~Homogeniser();
    Homogeniser(Homogeniser&&) noexcept;
    Homogeniser& operator=(Homogeniser&&) noexcept;

    const HomogeniserSettings& settings() const noexcept;
    /// With the grid filled in.
    const OutputGrid& grid() const noexcept;
    /// Values of one image and of its data.
    std::size_t image_size() const noexcept;
    std::size_t data_size() const noexcept { return tensor_components * grid().points(); }
    /// False where an axis is no power of two: FFTW does its transforms, several times slower. For a line in the log.
    bool own_transforms() const noexcept;

    /// Effective stiffness. images: (count, rows, columns), grey values, usually in [0, 1]; tensors: (count, 6,
    /// grid.rows, grid.columns), GPa, components as in tensor_component_names. NaNs stay in their image.
    Convergence tensors(const T* images, std::size_t count, T* tensors) const;

    /// Given the tensors of image `image` (6, grid.rows, grid.columns), writes what a scalar function of them changes
    /// by with each, ∂Φ/∂C; may run on any of the threads.
    using Source = std::function<void(std::size_t image, const T* tensors, T* derivative)>;
    /// The tensors and, by the adjoint, ∂Φ/∂image (count, rows, columns). With fixed steps the derivative is that of
    /// the steps taken, exactly: conjugate gradients are run through backwards. With a tolerance the self-adjoint
    /// problem is solved to the same tolerance. The cost is one to two calls of tensors().
    Convergence gradient(const T* images, std::size_t count, const Source& source, T* tensors, T* gradients) const;

    /// Misfit Φ = ½ Σ_i weights[i] Σ_j (observed_ij − tensor_ij)² of each image, weights[i] = 1/σ_i² (0 leaves a
    /// component out), and ∂Φ/∂image. observed: (6, grid.rows, grid.columns); misfits: (count); tensors (count, 6, …)
    /// and gradients (count, rows, columns) as above.
    Convergence misfit(const T* images, std::size_t count, const T* observed,
                       const std::array<double, tensor_components>& weights, double* misfits, T* tensors,
                       T* gradients) const;

  private:
    struct Work;
    std::unique_ptr<Work> work_;
};

/// Misfit of tensors that are at hand: ½ Σ_i weights[i] Σ_j (observed_ij − tensor_ij)².
template <class T>
double data_misfit(const T* tensors, const T* observed, std::size_t points,
                   const std::array<double, tensor_components>& weights);

extern template class Homogeniser<float>;
extern template class Homogeniser<double>;
extern template double data_misfit(const float*, const float*, std::size_t,
                                   const std::array<double, tensor_components>&);
extern template double data_misfit(const double*, const double*, std::size_t,
                                   const std::array<double, tensor_components>&);

}  // namespace protolith::elastic
