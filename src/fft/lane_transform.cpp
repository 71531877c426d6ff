// Lane transforms: stages of radix 4, then one of 2, 4 or 8, once per SIMD target; FFTW for other lengths.
#include "fft/lane_transform.hpp"

#include "base/error.hpp"
#include "fft/buffer.hpp"
#include "fft/planner_lock.hpp"

#include <bit>
#include <cmath>
#include <numbers>

#include <fftw3.h>

#pragma GCC diagnostic ignored "-Wpsabi"  // vectors stay inside this file

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "fft/lane_transform.cpp"
// clang-format off
#include <hwy/foreach_target.h>
#include "fft/lane_radix-inl.hpp"
#include "hwy/highway.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace protolith::fft::HWY_NAMESPACE {

template <class T>
HWY_INLINE void forward_line(T* values, std::size_t length, std::size_t last, const T* twiddles) {
    using V = typename LanePack<T>::V;
    V* const line = reinterpret_cast<V*>(values);
    for (std::size_t span = length; span > last; span /= 4) {
        split_in_four(line, length, span, twiddles);
        twiddles += 6 * (span / 4);
    }
    last_stage<false, T>(line, length, last);
}

template <class T>
HWY_INLINE void backward_line(T* values, std::size_t length, std::size_t last, const T* twiddles) {
    using V = typename LanePack<T>::V;
    V* const line = reinterpret_cast<V*>(values);
    last_stage<true, T>(line, length, last);
    // Stages in the opposite order: their twiddles lie behind one another from the widest span on.
    const T* end = twiddles + 2 * (length - last);
    for (std::size_t span = 4 * last; span <= length; span *= 4) {
        end -= 6 * (span / 4);
        join_four(line, length, span, end);
    }
}

void forward_float(float* line, std::size_t n, std::size_t last, const float* w) { forward_line(line, n, last, w); }
void forward_double(double* line, std::size_t n, std::size_t last, const double* w) { forward_line(line, n, last, w); }
void backward_float(float* line, std::size_t n, std::size_t last, const float* w) { backward_line(line, n, last, w); }
void backward_double(double* line, std::size_t n, std::size_t last, const double* w) {
    backward_line(line, n, last, w);
}

}  // namespace protolith::fft::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::fft {
HWY_EXPORT(forward_float);
HWY_EXPORT(forward_double);
HWY_EXPORT(backward_float);
HWY_EXPORT(backward_double);

namespace {

/// Values of the last stage; `length` is a power of two.
std::size_t last_radix(std::size_t length) {
    if (length <= 2) return length;
    return std::countr_zero(length) % 2 == 0 ? 4 : 8;
}

/// Of place j in a line of `length` places.
std::size_t digit_reversed(std::size_t place, std::size_t length) {
    if (length == last_radix(length)) return place;
    const std::size_t quarter = length / 4;
    return place / quarter + 4 * digit_reversed(place % quarter, quarter);
}

template <class T>
struct Fftw;
template <>
struct Fftw<float> {
    using Plan = fftwf_plan;
    using Dimension = fftwf_iodim;
    static constexpr auto plan = fftwf_plan_guru_split_dft;
    static constexpr auto execute = fftwf_execute_split_dft;
    static constexpr auto destroy = fftwf_destroy_plan;
};
template <>
struct Fftw<double> {
    using Plan = fftw_plan;
    using Dimension = fftw_iodim;
    static constexpr auto plan = fftw_plan_guru_split_dft;
    static constexpr auto execute = fftw_execute_split_dft;
    static constexpr auto destroy = fftw_destroy_plan;
};

/// A plan in place on parts that lie at `re` and `im` of a line.
template <class T>
typename Fftw<T>::Plan plan_line(std::size_t length, T* re, T* im) {
    const int stride = static_cast<int>(2 * lanes<T>);
    const typename Fftw<T>::Dimension along{static_cast<int>(length), stride, stride};
    const typename Fftw<T>::Dimension across{static_cast<int>(lanes<T>), 1, 1};
    const auto plan = Fftw<T>::plan(1, &along, 1, &across, re, im, re, im, FFTW_MEASURE);
    require(plan != nullptr, "FFTW cannot plan lines of {} values in lanes", length);
    return plan;
}

}  // namespace

/// FFTW's split transform runs backwards when real and imaginary parts change places; a plan knows their distance.
template <class T>
struct LaneTransform<T>::Library {
    typename Fftw<T>::Plan forward = nullptr, backward = nullptr;

    explicit Library(std::size_t length) {
        auto line = Buffer<T>::uninitialised(2 * length * lanes<T>);
        const std::lock_guard guard(planner_lock());
        forward = plan_line<T>(length, line.data(), line.data() + lanes<T>);
        backward = plan_line<T>(length, line.data() + lanes<T>, line.data());
    }
    ~Library() {
        const std::lock_guard guard(planner_lock());
        Fftw<T>::destroy(forward);
        Fftw<T>::destroy(backward);
    }
};

template <class T>
LaneTransform<T>::LaneTransform(std::size_t length) : frequencies_(length), opposites_(length) {
    require(length > 0, "a transform of lines of {} values has nothing to transform", length);
    if (std::has_single_bit(length)) {
        for (std::size_t span = length; span > last_radix(length); span /= 4)
            for (std::size_t j = 0; j < span / 4; ++j)
                for (std::size_t r = 1; r < 4; ++r) {
                    const double angle = -2 * std::numbers::pi * static_cast<double>(r * j) / static_cast<double>(span);
                    twiddles_.push_back(static_cast<T>(std::cos(angle)));
                    twiddles_.push_back(static_cast<T>(std::sin(angle)));
                }
    } else {
        library_ = std::make_unique<Library>(length);
    }
    list_frequencies();
}

template <class T>
void LaneTransform<T>::list_frequencies() {
    const std::size_t n = length();
    std::vector<std::size_t> places(n);
    for (std::size_t j = 0; j < n; ++j) {
        frequencies_[j] = own() ? digit_reversed(j, n) : j;
        places[frequencies_[j]] = j;
    }
    for (std::size_t j = 0; j < n; ++j) opposites_[j] = places[(n - frequencies_[j]) % n];
}

template <class T>
LaneTransform<T>::~LaneTransform() = default;
template <class T>
LaneTransform<T>::LaneTransform(LaneTransform&&) noexcept = default;
template <class T>
LaneTransform<T>& LaneTransform<T>::operator=(LaneTransform&&) noexcept = default;

template <class T>
bool LaneTransform<T>::own() const noexcept {
    return library_ == nullptr;
}

template <class T>
void LaneTransform<T>::forward(T* line) const {
    if (!own()) return Fftw<T>::execute(library_->forward, line, line + lanes<T>, line, line + lanes<T>);
    const std::size_t n = length();
    if constexpr (sizeof(T) == 4)
        HWY_DYNAMIC_DISPATCH(forward_float)(line, n, last_radix(n), twiddles_.data());
    else
        HWY_DYNAMIC_DISPATCH(forward_double)(line, n, last_radix(n), twiddles_.data());
}

template <class T>
void LaneTransform<T>::backward(T* line) const {
    if (!own()) return Fftw<T>::execute(library_->backward, line + lanes<T>, line, line + lanes<T>, line);
    const std::size_t n = length();
    if constexpr (sizeof(T) == 4)
        HWY_DYNAMIC_DISPATCH(backward_float)(line, n, last_radix(n), twiddles_.data());
    else
        HWY_DYNAMIC_DISPATCH(backward_double)(line, n, last_radix(n), twiddles_.data());
}

template class LaneTransform<float>;
template class LaneTransform<double>;

}  // namespace protolith::fft
#endif
