// Fourier transforms of real volumes that lie in slabs over ranks, double precision, by FFTW's MPI transforms (Frigo &
// Johnson 2005).
#pragma once

#include "base/communicator.hpp"
#include "fft/real_transform.hpp"
#include "volume/volume.hpp"

#include <complex>
#include <cstddef>
#include <memory>

namespace protolith::fft {

/// Plans for one field at a time, in place. A rank holds planes() of the field, (planes, y, row()) with rows padded to
/// 2·(x/2 + 1) values, and frequencies() of the y axis of the spectrum, which lies transposed: (ky, kz, kx) with
/// kx < x/2 + 1. FFTW deals out planes in equal blocks, so the last ranks may hold fewer, or none.
///   forward   F(k) = Σ f(r) exp(−2πi k·r/N),   backward   f(r) = Σ F(k) exp(+2πi k·r/N), not normalised.
/// Making one, executing and destroying are collective.
class SlabTransform {
  public:
    /// @throws Error for an empty volume
    SlabTransform(const Communicator& comm, const Extent& extent, Planning planning = Planning::estimate);
    ~SlabTransform();
    SlabTransform(SlabTransform&&) noexcept;
    SlabTransform& operator=(SlabTransform&&) noexcept;

    const Extent& extent() const noexcept { return extent_; }
    /// Of the field, along z.
    ItemRange planes() const noexcept { return planes_; }
    /// Of the spectrum, along ky.
    ItemRange frequencies() const noexcept { return frequencies_; }
    /// Values from the start of a row of the field to the next.
    std::size_t row() const noexcept { return 2 * (extent_.x / 2 + 1); }
    /// Values that a field's memory must hold on this rank (field, spectrum and what lies between), aligned as Buffer.
    std::size_t memory() const noexcept { return memory_; }

    void forward(double* field) const;
    void backward(double* field) const;
    static std::complex<double>* as_spectrum(double* field) noexcept {
        return reinterpret_cast<std::complex<double>*>(field);
    }

  private:
    struct Plans;
    Extent extent_;
    ItemRange planes_, frequencies_;
    std::size_t memory_ = 0;
    std::unique_ptr<Plans> plans_;
};

}  // namespace protolith::fft
