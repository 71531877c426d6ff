// A transform reads and writes its field and spectrum once per pass over memory, one to three passes by size: 8
// sizeof(T) bytes or more a value, bound by memory. Plans allocate nothing: their work area comes from the queue's
// pool.
#include "fft/real_fft.hpp"
#include "launch/check.hpp"

#include <map>
#include <string>
#include <type_traits>

#include <cufft.h>

namespace protolith::kernels::cuda {
namespace {

StatusText describe_fft(cufftResult status) {
    switch (status) {
        case CUFFT_ALLOC_FAILED:
            return {false, "CUFFT_ALLOC_FAILED: no device memory for a plan", "take a smaller batch"};
        case CUFFT_INVALID_SIZE:
            return {false, "CUFFT_INVALID_SIZE: a transform of this size is not supported", ""};
        case CUFFT_SETUP_FAILED:
            return {false, "CUFFT_SETUP_FAILED: cuFFT cannot be initialised", "see 'protolith devices'"};
        default:
            return {false, "cuFFT code " + std::to_string(status), ""};
    }
}

void check_fft(cufftResult status, const char* call,
               const std::source_location& where = std::source_location::current()) {
    if (status != CUFFT_SUCCESS) throw_device_error(describe_fft(status), "cuFFT", call, where);
}

#define PROTOLITH_CUFFT_CHECK(...) check_fft((__VA_ARGS__), #__VA_ARGS__)

template <class T>
constexpr cufftType transform_type(bool inverse) {
    if constexpr (std::is_same_v<T, float>) return inverse ? CUFFT_C2R : CUFFT_R2C;
    return inverse ? CUFFT_Z2D : CUFFT_D2Z;
}

/// One direction of one shape.
class Plan {
  public:
    Plan(const Queue& queue, const RealFftShape& s, cufftType type, bool inverse) {
        // leading axes of length 1 are left out: a row is 1-D, an image 2-D
        const int skip = s.extent[0] > 1 ? 0 : s.extent[1] > 1 ? 1 : 2;
        long long extent[3], real[3], half[3];
        for (int axis = 0; axis < 3; ++axis)
            extent[axis] = real[axis] = half[axis] = s.extent[static_cast<std::size_t>(axis)];
        half[2] = extent[2] / 2 + 1;
        if (s.in_place) real[2] = 2 * half[2];
        const long long real_distance = real[0] * real[1] * real[2], half_distance = half[0] * half[1] * half[2];
        PROTOLITH_CUFFT_CHECK(cufftCreate(&plan_));
        PROTOLITH_CUFFT_CHECK(cufftSetAutoAllocation(plan_, 0));
        PROTOLITH_CUFFT_CHECK(cufftMakePlanMany64(
            plan_, 3 - skip, extent + skip, (inverse ? half : real) + skip, 1, inverse ? half_distance : real_distance,
            (inverse ? real : half) + skip, 1, inverse ? real_distance : half_distance, type, s.batch, &workspace_));
        PROTOLITH_CUFFT_CHECK(cufftSetStream(plan_, static_cast<cudaStream_t>(queue.stream())));
    }
    ~Plan() {
        if (plan_ != CUFFT_PLAN_NULL) cufftDestroy(plan_);
    }
    Plan(const Plan&) = delete;
    Plan& operator=(const Plan&) = delete;

    /// Calls execute(plan) with a work area.
    template <class Execute>
    void run(Queue& queue, Execute&& execute) const {
        const Scratch area(queue, workspace_);
        PROTOLITH_CUFFT_CHECK(cufftSetWorkArea(plan_, area.as<void>()));
        execute(plan_);
    }

  private:
    cufftHandle plan_ = CUFFT_PLAN_NULL;
    std::size_t workspace_ = 0;
};

/// The plans of a queue: queue.state<Plans>().
class Plans {
  public:
    explicit Plans(Queue& queue) : queue_(queue) {}

    template <class T>
    const Plan& get(const RealFftShape& shape, bool inverse) {
        const cufftType type = transform_type<T>(inverse);
        return plans_.try_emplace({shape, type}, queue_, shape, type, inverse).first->second;
    }

  private:
    Queue& queue_;
    std::map<std::pair<RealFftShape, cufftType>, Plan> plans_;
};

}  // namespace

template <class T>
void plan_real_fft(Queue& queue, const RealFftShape& shape) {
    queue.state<Plans>().template get<T>(shape, false);
    queue.state<Plans>().template get<T>(shape, true);
}

template <class T>
void real_fft(Queue& queue, const RealFftShape& shape, const T* field, std::complex<T>* spectrum) {
    queue.state<Plans>().template get<T>(shape, false).run(queue, [&](cufftHandle plan) {
        if constexpr (std::is_same_v<T, float>)
            PROTOLITH_CUFFT_CHECK(
                cufftExecR2C(plan, const_cast<float*>(field), reinterpret_cast<cufftComplex*>(spectrum)));
        else
            PROTOLITH_CUFFT_CHECK(
                cufftExecD2Z(plan, const_cast<double*>(field), reinterpret_cast<cufftDoubleComplex*>(spectrum)));
    });
}

template <class T>
void inverse_real_fft(Queue& queue, const RealFftShape& shape, std::complex<T>* spectrum, T* field) {
    queue.state<Plans>().template get<T>(shape, true).run(queue, [&](cufftHandle plan) {
        if constexpr (std::is_same_v<T, float>)
            PROTOLITH_CUFFT_CHECK(cufftExecC2R(plan, reinterpret_cast<cufftComplex*>(spectrum), field));
        else
            PROTOLITH_CUFFT_CHECK(cufftExecZ2D(plan, reinterpret_cast<cufftDoubleComplex*>(spectrum), field));
    });
}

#define PROTOLITH_INSTANTIATE(T)                                                     \
    template void plan_real_fft<T>(Queue&, const RealFftShape&);                     \
    template void real_fft(Queue&, const RealFftShape&, const T*, std::complex<T>*); \
    template void inverse_real_fft(Queue&, const RealFftShape&, std::complex<T>*, T*);
PROTOLITH_INSTANTIATE(float)
PROTOLITH_INSTANTIATE(double)
#undef PROTOLITH_INSTANTIATE

}  // namespace protolith::kernels::cuda
