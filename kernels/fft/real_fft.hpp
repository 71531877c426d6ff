// Fourier transforms of real fields on a GPU by cuFFT, batched. The CPU's are FFTW's (src/fft, which puts both behind
// one interface): there is no twin here.
#pragma once

#include "queue/queue.hpp"

#include <array>
#include <compare>
#include <complex>

namespace protolith::kernels {

/// Fields (batch, z, y, x), rows dense or (in place) padded to 2 (x/2 + 1) values, and half spectra
/// (batch, z, y, x/2 + 1).
struct RealFftShape {
    std::int64_t batch = 1;
    std::array<std::int64_t, 3> extent{1, 1, 1};
    bool in_place = false;

    auto operator<=>(const RealFftShape&) const = default;
};

namespace cuda {

/// Makes and keeps the plans of both directions, so that the first transform costs no more than the next.
template <class T>
void plan_real_fft(Queue& queue, const RealFftShape& shape);

/// F(k) = Σ f(r) exp(−2πi k·r/N). T is float or double; both addresses aligned to a complex number. In place: the same
/// address twice.
template <class T>
void real_fft(Queue& queue, const RealFftShape& shape, const T* field, std::complex<T>* spectrum);

/// f(r) = Σ F(k) exp(+2πi k·r/N), not normalised; out of place the spectrum is destroyed.
template <class T>
void inverse_real_fft(Queue& queue, const RealFftShape& shape, std::complex<T>* spectrum, T* field);

}  // namespace cuda
}  // namespace protolith::kernels
