// Discrete Fourier transforms of real fields and back, 1-D to 3-D, single or double precision, batched: by FFTW (Frigo
// & Johnson 2005) in host memory, by cuFFT in the memory of a GPU. Plan once, execute often, normalise when a round
// trip must return its input.
#pragma once

#include "fft/buffer.hpp"
#include "fft/real_fft.hpp"
#include "volume/volume.hpp"

#include <complex>
#include <cstddef>
#include <memory>

namespace protolith::fft {

/// How long planning may take: `estimate` at once by a rule of thumb, `measure` tries variants (for plans that run
/// often).
enum class Planning { estimate, measure };

/// `out_of_place`: real rows of x values lie densely. `in_place`: the spectrum overwrites the field, whose rows are
/// padded to 2·(x/2 + 1) values.
enum class Placement { out_of_place, in_place };

struct RealTransformOptions {
    std::size_t batch = 1;
    Planning planning = Planning::estimate;
    Placement placement = Placement::out_of_place;
};

/// Plans for fields (batch, z, y, x) and their half spectra (batch, z, y, x/2 + 1):
///   forward   F(k) = Σ f(r) exp(−2πi k·r/N),   backward   f(r) = Σ F(k) exp(+2πi k·r/N).
/// T is float or double. Executing is const and may run on several threads at once; planning takes a lock.
/// Every pointer must be aligned to buffer_alignment (use Buffer); others are refused.
/// Planned for a queue of a GPU, all pointers are those of its device memory (that of its pool is aligned), and
/// transforms and normalise() are done in the queue's order, after they have returned.
template <class T>
class RealTransform {
  public:
    using Complex = std::complex<T>;

    explicit RealTransform(const Extent& extent, const RealTransformOptions& options = {});
    /// Where the queue's kernels run; on a queue of the CPU the same as without. The queue must outlive the transform.
    RealTransform(kernels::Queue& queue, const Extent& extent, const RealTransformOptions& options = {});
    ~RealTransform();
    RealTransform(RealTransform&&) noexcept;
    RealTransform& operator=(RealTransform&&) noexcept;

    const Extent& extent() const noexcept { return extent_; }
    std::size_t batch() const noexcept { return options_.batch; }
    /// (z, y, x/2 + 1)
    Extent spectrum_extent() const noexcept { return {extent_.z, extent_.y, extent_.x / 2 + 1}; }
    /// Values from the start of a real row to the start of the next.
    std::size_t real_row() const noexcept;
    /// Values of the real field that a buffer must hold, padding and batch included.
    std::size_t real_size() const noexcept { return options_.batch * extent_.z * extent_.y * real_row(); }
    std::size_t spectrum_size() const noexcept { return options_.batch * spectrum_extent().count(); }

    /// Out of place: `field` is left as it was.
    void forward(const T* field, Complex* spectrum) const;
    /// Out of place, not normalised: `spectrum` is destroyed.
    void backward(Complex* spectrum, T* field) const;
    /// In place; the half spectrum lies in the same memory.
    void forward(T* field) const;
    void backward(T* field) const;
    /// In-place field read as its spectrum.
    static Complex* as_spectrum(T* field) noexcept { return reinterpret_cast<Complex*>(field); }

    /// 1 / (x·y·z): backward(forward(f))·normalisation() = f.
    T normalisation() const noexcept { return T(1) / static_cast<T>(extent_.count()); }
    /// Multiplies a whole field (padding and batch included) by normalisation().
    void normalise(T* field) const;

  private:
    struct Plans;
    void plan_on_host();
    void check_sizes() const;
    kernels::RealFftShape gpu_shape() const;
    void require_aligned(const void* a, const void* b) const;
    void require_placement(Placement placement) const;

    Extent extent_;
    RealTransformOptions options_;
    kernels::Queue* gpu_ = nullptr;  // null: host memory
    std::unique_ptr<Plans> plans_;   // FFTW's
};

extern template class RealTransform<float>;
extern template class RealTransform<double>;

}  // namespace protolith::fft
