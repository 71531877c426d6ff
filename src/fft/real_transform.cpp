#include "fft/real_transform.hpp"

#include "fft/gpu_transform.hpp"
#include "fft/planner_lock.hpp"
#include "pointwise/map.hpp"

#include <array>
#include <cstdint>
#include <limits>

#include <fftw3.h>

namespace protolith::fft {
namespace {

/// The two precisions of FFTW under one name.
template <class T>
struct Library;

template <>
struct Library<double> {
    using Plan = fftw_plan;
    using Complex = fftw_complex;
    static constexpr auto plan_forward = fftw_plan_many_dft_r2c;
    static constexpr auto plan_backward = fftw_plan_many_dft_c2r;
    static constexpr auto forward = fftw_execute_dft_r2c;
    static constexpr auto backward = fftw_execute_dft_c2r;
    static constexpr auto destroy = fftw_destroy_plan;
};

template <>
struct Library<float> {
    using Plan = fftwf_plan;
    using Complex = fftwf_complex;
    static constexpr auto plan_forward = fftwf_plan_many_dft_r2c;
    static constexpr auto plan_backward = fftwf_plan_many_dft_c2r;
    static constexpr auto forward = fftwf_execute_dft_r2c;
    static constexpr auto backward = fftwf_execute_dft_c2r;
    static constexpr auto destroy = fftwf_destroy_plan;
};

template <class T>
typename Library<T>::Complex* native(std::complex<T>* spectrum) {
    return reinterpret_cast<typename Library<T>::Complex*>(spectrum);
}

}  // namespace

std::mutex& planner_lock() {
    static std::mutex lock;
    return lock;
}

template <class T>
struct RealTransform<T>::Plans {
    typename Library<T>::Plan forward = nullptr, backward = nullptr;

    ~Plans() {
        const std::lock_guard guard(planner_lock());
        if (forward) Library<T>::destroy(forward);
        if (backward) Library<T>::destroy(backward);
    }
};

template <class T>
RealTransform<T>::RealTransform(const Extent& extent, const RealTransformOptions& options)
    : extent_(extent), options_(options) {
    check_sizes();
    plan_on_host();
}

template <class T>
RealTransform<T>::RealTransform(kernels::Queue& queue, const Extent& extent, const RealTransformOptions& options)
    : extent_(extent), options_(options) {
    check_sizes();
    if (queue.backend() == kernels::Backend::cpu) {
        plan_on_host();
        return;
    }
    gpu_ = &queue;
    plan_on_gpu<T>(queue, gpu_shape());
}

template <class T>
kernels::RealFftShape RealTransform<T>::gpu_shape() const {
    const auto size = [](std::size_t n) { return static_cast<std::int64_t>(n); };
    return {size(options_.batch),
            {size(extent_.z), size(extent_.y), size(extent_.x)},
            options_.placement == Placement::in_place};
}

template <class T>
void RealTransform<T>::check_sizes() const {
    require(extent_.count() > 0 && options_.batch > 0,
            "a transform of {} × {} × {} in batches of {} has nothing to transform", extent_.z, extent_.y, extent_.x,
            options_.batch);
    const auto limit = static_cast<std::size_t>(std::numeric_limits<int>::max());
    const std::size_t padded = extent_.z * extent_.y * 2 * (extent_.x / 2 + 1);
    require(padded < limit && options_.batch < limit, "a transform of {} values in batches of {} is beyond FFTW's {}",
            padded, options_.batch, limit);
}

template <class T>
void RealTransform<T>::plan_on_host() {
    plans_ = std::make_unique<Plans>();
    // Leading axes of length 1 are left out: a row is 1-D, an image 2-D.
    const std::array<int, 3> axes{static_cast<int>(extent_.z), static_cast<int>(extent_.y),
                                  static_cast<int>(extent_.x)};
    const int skip = extent_.z > 1 ? 0 : extent_.y > 1 ? 1 : 2;
    const int rank = 3 - skip;
    std::array<int, 3> real = axes, half = axes;
    real[2] = static_cast<int>(real_row());
    half[2] = static_cast<int>(spectrum_extent().x);
    const int real_distance = real[0] * real[1] * real[2], half_distance = half[0] * half[1] * half[2];
    const int batch = static_cast<int>(options_.batch);
    const unsigned effort = options_.planning == Planning::measure ? FFTW_MEASURE : FFTW_ESTIMATE;

    // Measuring overwrites its arrays, so planning never sees the caller's data.
    const bool in_place = options_.placement == Placement::in_place;
    auto field = Buffer<T>::uninitialised(real_size());
    auto other = Buffer<Complex>::uninitialised(in_place ? 0 : spectrum_size());
    auto* spectrum = native<T>(in_place ? as_spectrum(field.data()) : other.data());
    const std::lock_guard guard(planner_lock());
    plans_->forward = Library<T>::plan_forward(rank, axes.data() + skip, batch, field.data(), real.data() + skip, 1,
                                               real_distance, spectrum, half.data() + skip, 1, half_distance,
                                               effort | (in_place ? 0U : FFTW_PRESERVE_INPUT));
    plans_->backward =
        Library<T>::plan_backward(rank, axes.data() + skip, batch, spectrum, half.data() + skip, 1, half_distance,
                                  field.data(), real.data() + skip, 1, real_distance, effort);
    require(plans_->forward && plans_->backward, "FFTW cannot plan a transform of {}", to_string(extent_));
}

template <class T>
RealTransform<T>::~RealTransform() = default;
template <class T>
RealTransform<T>::RealTransform(RealTransform&&) noexcept = default;
template <class T>
RealTransform<T>& RealTransform<T>::operator=(RealTransform&&) noexcept = default;

template <class T>
std::size_t RealTransform<T>::real_row() const noexcept {
    return options_.placement == Placement::in_place ? 2 * (extent_.x / 2 + 1) : extent_.x;
}

template <class T>
void RealTransform<T>::require_aligned(const void* a, const void* b) const {
    for (const void* pointer : {a, b}) {
        const auto excess = reinterpret_cast<std::uintptr_t>(pointer) % buffer_alignment;
        require(excess == 0, "transform memory must be aligned to {} bytes and is off by {}", buffer_alignment, excess);
    }
}

template <class T>
void RealTransform<T>::require_placement(Placement placement) const {
    require(options_.placement == placement, "a transform planned {} was executed {}",
            options_.placement == Placement::in_place ? "in place" : "out of place",
            placement == Placement::in_place ? "in place" : "out of place");
}

template <class T>
void RealTransform<T>::forward(const T* field, Complex* spectrum) const {
    require_placement(Placement::out_of_place);
    require_aligned(field, spectrum);
    if (gpu_) return forward_on_gpu(*gpu_, gpu_shape(), field, spectrum);
    Library<T>::forward(plans_->forward, const_cast<T*>(field), native<T>(spectrum));
}

template <class T>
void RealTransform<T>::backward(Complex* spectrum, T* field) const {
    require_placement(Placement::out_of_place);
    require_aligned(field, spectrum);
    if (gpu_) return backward_on_gpu(*gpu_, gpu_shape(), spectrum, field);
    Library<T>::backward(plans_->backward, native<T>(spectrum), field);
}

template <class T>
void RealTransform<T>::forward(T* field) const {
    require_placement(Placement::in_place);
    require_aligned(field, field);
    if (gpu_) return forward_on_gpu(*gpu_, gpu_shape(), static_cast<const T*>(field), as_spectrum(field));
    Library<T>::forward(plans_->forward, field, native<T>(as_spectrum(field)));
}

template <class T>
void RealTransform<T>::backward(T* field) const {
    require_placement(Placement::in_place);
    require_aligned(field, field);
    if (gpu_) return backward_on_gpu(*gpu_, gpu_shape(), as_spectrum(field), field);
    Library<T>::backward(plans_->backward, native<T>(as_spectrum(field)), field);
}

template <class T>
void RealTransform<T>::normalise(T* field) const {
    if (gpu_) {
        const auto values = static_cast<std::int64_t>(real_size());
        const kernels::Unary scaling = kernels::formula::Scale{static_cast<double>(normalisation())};
        PROTOLITH_LAUNCH(*gpu_, map(*gpu_, scaling, field, field, values));
        return;
    }
    const T factor = normalisation();
    for (std::size_t i = 0; i < real_size(); ++i) field[i] *= factor;
}

template class RealTransform<float>;
template class RealTransform<double>;

}  // namespace protolith::fft
