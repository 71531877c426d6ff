// A block of rows at a time: largest value of each row, exponentials of the whole block in the vector units, sums.
#include "softmax/softmax.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "softmax/softmax_cpu.cpp"
#include "queue/parallel.hpp"

#include <cmath>
#include <vector>

#include <hwy/foreach_target.h>
#include <hwy/highway.h>
// after highway.h, once per target
#include <hwy/contrib/math/math-inl.h>

HWY_BEFORE_NAMESPACE();
namespace protolith::kernels::cpu::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// values ← exp(values); `count` is a multiple of the lanes.
template <class A>
void exponentials(A* values, std::size_t count) {
    const hn::ScalableTag<A> d;
    for (std::size_t i = 0; i < count; i += hn::Lanes(d))
        hn::StoreU(hn::Exp(d, hn::LoadU(d, values + i)), d, values + i);
}

/// buffer ← exp(x − largest of the row), sums ← their sums, largest ← the largest; for `rows` rows.
template <class T, class A>
void shifted_exponentials(const T* HWY_RESTRICT x, std::int64_t rows, std::int64_t channels, std::vector<A>& buffer,
                          A* HWY_RESTRICT sums, A* HWY_RESTRICT largest) {
    A* HWY_RESTRICT values = buffer.data();
    for (std::int64_t r = 0; r < rows; ++r) {
        const T* row = x + r * channels;
        A top = static_cast<A>(row[0]);
        for (std::int64_t c = 1; c < channels; ++c) {
            const A value = static_cast<A>(row[c]);
            top = value > top ? value : top;
        }
        largest[r] = top;
        for (std::int64_t c = 0; c < channels; ++c) values[r * channels + c] = static_cast<A>(row[c]) - top;
    }
    exponentials(values, (static_cast<std::size_t>(rows * channels) + 63) / 64 * 64);
    for (std::int64_t r = 0; r < rows; ++r) {
        A sum{0};
        for (std::int64_t c = 0; c < channels; ++c) sum += values[r * channels + c];
        sums[r] = sum;
    }
}

/// Rows [begin, end) of softmax, or of its logarithm.
template <bool logarithm, class T>
void softmax_rows(std::int64_t begin, std::int64_t end, std::int64_t channels, const T* x, T* y) {
    using A = accumulator_t<T>;
    const std::int64_t block = std::max<std::int64_t>(1, 2048 / channels);
    std::vector<A> buffer(static_cast<std::size_t>(block * channels + 64)), sums(static_cast<std::size_t>(block));
    std::vector<A> largest(static_cast<std::size_t>(block));
    for (std::int64_t first = begin; first < end; first += block) {
        const std::int64_t rows = std::min(block, end - first);
        const T* HWY_RESTRICT from = x + first * channels;
        T* HWY_RESTRICT to = y + first * channels;
        shifted_exponentials(from, rows, channels, buffer, sums.data(), largest.data());
        for (std::int64_t r = 0; r < rows; ++r) {
            const A factor = A{1} / sums[r], top = largest[r], shift = logarithm ? std::log(sums[r]) : A{0};
            for (std::int64_t c = r * channels; c < (r + 1) * channels; ++c)
                to[c] = static_cast<T>(logarithm ? static_cast<A>(from[c]) - top - shift : buffer[c] * factor);
        }
    }
}

template <class T>
void derivative_rows(std::int64_t begin, std::int64_t end, std::int64_t channels, const T* HWY_RESTRICT y,
                     const T* HWY_RESTRICT g, T* HWY_RESTRICT d) {
    using A = accumulator_t<T>;
    for (std::int64_t at = begin * channels; at < end * channels; at += channels) {
        A sum{0};
        for (std::int64_t c = at; c < at + channels; ++c) sum += static_cast<A>(y[c]) * static_cast<A>(g[c]);
        for (std::int64_t c = at; c < at + channels; ++c)
            d[c] = static_cast<T>(static_cast<A>(y[c]) * (static_cast<A>(g[c]) - sum));
    }
}

// clang-format off
#define PROTOLITH_SOFTMAX_TYPE(T, NAME)                                                                                \
    void softmax_##NAME(std::int64_t b, std::int64_t e, std::int64_t channels, const T* x, T* y) {                     \
        softmax_rows<false>(b, e, channels, x, y);                                                                     \
    }                                                                                                                  \
    void log_softmax_##NAME(std::int64_t b, std::int64_t e, std::int64_t channels, const T* x, T* y) {                 \
        softmax_rows<true>(b, e, channels, x, y);                                                                      \
    }                                                                                                                  \
    void derivative_##NAME(std::int64_t b, std::int64_t e, std::int64_t channels, const T* y, const T* g, T* d) {      \
        derivative_rows(b, e, channels, y, g, d);                                                                      \
    }
// clang-format on
PROTOLITH_SOFTMAX_TYPE(float, f32)
PROTOLITH_SOFTMAX_TYPE(bfloat16, bf16)
PROTOLITH_SOFTMAX_TYPE(double, f64)
#undef PROTOLITH_SOFTMAX_TYPE

}  // namespace protolith::kernels::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::kernels::cpu {
namespace {

template <class Work>
void over_rows(Queue& queue, std::int64_t rows, std::int64_t channels, Work&& work) {
    parallel_ranges(queue, rows, std::max<std::int64_t>(1, 4096 / std::max<std::int64_t>(1, channels)), work);
}

}  // namespace

// clang-format off
#define PROTOLITH_SOFTMAX_TYPE(T, NAME)                                                                                \
    HWY_EXPORT(softmax_##NAME);                                                                                        \
    HWY_EXPORT(log_softmax_##NAME);                                                                                    \
    HWY_EXPORT(derivative_##NAME);                                                                                     \
    template <>                                                                                                        \
    void softmax(Queue& queue, std::int64_t rows, std::int64_t channels, const T* x, T* y) {                           \
        over_rows(queue, rows, channels, [&](std::int64_t b, std::int64_t e) {                                         \
            HWY_DYNAMIC_DISPATCH(softmax_##NAME)(b, e, channels, x, y);                                                \
        });                                                                                                            \
    }                                                                                                                  \
    template <>                                                                                                        \
    void log_softmax(Queue& queue, std::int64_t rows, std::int64_t channels, const T* x, T* y) {                       \
        over_rows(queue, rows, channels, [&](std::int64_t b, std::int64_t e) {                                         \
            HWY_DYNAMIC_DISPATCH(log_softmax_##NAME)(b, e, channels, x, y);                                            \
        });                                                                                                            \
    }                                                                                                                  \
    template <>                                                                                                        \
    void softmax_derivative(Queue& queue, std::int64_t rows, std::int64_t channels, const T* y, const T* g, T* d) {    \
        over_rows(queue, rows, channels, [&](std::int64_t b, std::int64_t e) {                                         \
            HWY_DYNAMIC_DISPATCH(derivative_##NAME)(b, e, channels, y, g, d);                                          \
        });                                                                                                            \
    }
// clang-format on
PROTOLITH_SOFTMAX_TYPE(float, f32)
PROTOLITH_SOFTMAX_TYPE(bfloat16, bf16)
PROTOLITH_SOFTMAX_TYPE(double, f64)
#undef PROTOLITH_SOFTMAX_TYPE

}  // namespace protolith::kernels::cpu
#endif
