#include "fft/gpu_transform.hpp"

#include "base/error.hpp"

namespace protolith::fft {

#if defined(PROTOLITH_CUDA)

template <class T>
void plan_on_gpu(kernels::Queue& queue, const kernels::RealFftShape& shape) {
    kernels::cuda::plan_real_fft<T>(queue, shape);
}

template <class T>
void forward_on_gpu(kernels::Queue& queue, const kernels::RealFftShape& shape, const T* field,
                    std::complex<T>* spectrum) {
    kernels::cuda::real_fft(queue, shape, field, spectrum);
}

template <class T>
void backward_on_gpu(kernels::Queue& queue, const kernels::RealFftShape& shape, std::complex<T>* spectrum, T* field) {
    kernels::cuda::inverse_real_fft(queue, shape, spectrum, field);
}

#else

namespace {

[[noreturn]] void refuse() {
    throw Error("this build has no CUDA backend: transforms on a GPU need the preset 'cuda'");
}

}  // namespace

template <class T>
void plan_on_gpu(kernels::Queue& /*queue*/, const kernels::RealFftShape& /*shape*/) {
    refuse();
}

template <class T>
void forward_on_gpu(kernels::Queue& /*queue*/, const kernels::RealFftShape& /*shape*/, const T* /*field*/,
                    std::complex<T>* /*spectrum*/) {
    refuse();
}

template <class T>
void backward_on_gpu(kernels::Queue& /*queue*/, const kernels::RealFftShape& /*shape*/, std::complex<T>* /*spectrum*/,
                     T* /*field*/) {
    refuse();
}

#endif

#define PROTOLITH_INSTANTIATE(T)                                                                             \
    template void plan_on_gpu<T>(kernels::Queue&, const kernels::RealFftShape&);                             \
    template void forward_on_gpu(kernels::Queue&, const kernels::RealFftShape&, const T*, std::complex<T>*); \
    template void backward_on_gpu(kernels::Queue&, const kernels::RealFftShape&, std::complex<T>*, T*);
PROTOLITH_INSTANTIATE(float)
PROTOLITH_INSTANTIATE(double)
#undef PROTOLITH_INSTANTIATE

}  // namespace protolith::fft
