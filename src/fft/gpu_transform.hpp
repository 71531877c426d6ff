// The same transforms in the memory of a GPU: from this folder's extents to cuFFT's door in kernels/fft.
#pragma once

#include "fft/real_fft.hpp"

namespace protolith::fft {

/// Plans both directions. An Error where this build has no CUDA backend.
template <class T>
void plan_on_gpu(kernels::Queue& queue, const kernels::RealFftShape& shape);

/// In the queue's order; in place with the same address twice.
template <class T>
void forward_on_gpu(kernels::Queue& queue, const kernels::RealFftShape& shape, const T* field,
                    std::complex<T>* spectrum);
template <class T>
void backward_on_gpu(kernels::Queue& queue, const kernels::RealFftShape& shape, std::complex<T>* spectrum, T* field);

}  // namespace protolith::fft
