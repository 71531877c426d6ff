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

/// Σ or the largest of n values. `fixed` > 0 is n when it is known: such loops unroll, and the loop over the rows
/// around them is the one that is vectorised.
template <int fixed, bool largest, class A>
HWY_INLINE A reduced(const A* values, std::int64_t n) {
    const auto join = [](A a, A b) { return largest ? (b > a ? b : a) : a + b; };
    if constexpr (fixed > 0) {
        A result = values[0];
        for (std::int64_t c = 1; c < fixed; ++c) result = join(result, values[c]);
        return result;
    }
    const hn::ScalableTag<A> d;
    const auto lanes = static_cast<std::int64_t>(hn::Lanes(d));
    A result = values[0];
    std::int64_t c = 1;
    if (n >= lanes) {
        auto parts = hn::LoadU(d, values);
        for (c = lanes; c + lanes <= n; c += lanes) {
            const auto more = hn::LoadU(d, values + c);
            parts = largest ? hn::Max(parts, more) : hn::Add(parts, more);
        }
        result = hn::GetLane(largest ? hn::MaxOfLanes(d, parts) : hn::SumOfLanes(d, parts));
    }
    for (; c < n; ++c) result = join(result, values[c]);
    return result;
}

/// values ← exp(x − largest of the row), sums ← their sums, largest ← the largest; for `rows` rows.
template <int fixed, class T, class A>
void shifted_exponentials(const T* HWY_RESTRICT x, std::int64_t rows, std::int64_t channels, A* HWY_RESTRICT values,
                          A* HWY_RESTRICT sums, A* HWY_RESTRICT largest) {
    const std::int64_t C = fixed > 0 ? fixed : channels;
    for (std::int64_t i = 0; i < rows * C; ++i) values[i] = static_cast<A>(x[i]);
    for (std::int64_t r = 0; r < rows; ++r) largest[r] = reduced<fixed, true>(values + r * C, C);
    for (std::int64_t r = 0; r < rows; ++r)
        for (std::int64_t c = 0; c < C; ++c) values[r * C + c] -= largest[r];
    exponentials(values, (static_cast<std::size_t>(rows * C) + 63) / 64 * 64);
    for (std::int64_t r = 0; r < rows; ++r) sums[r] = reduced<fixed, false>(values + r * C, C);
}

/// Rows [begin, end) of softmax, or of its logarithm.
template <int fixed, bool logarithm, class T>
void softmax_rows(std::int64_t begin, std::int64_t end, std::int64_t channels, const T* x, T* y) {
    using A = accumulator_t<T>;
    const std::int64_t C = fixed > 0 ? fixed : channels, block = std::max<std::int64_t>(1, 2048 / C);
    std::vector<A> buffer(static_cast<std::size_t>(block * C + 64)), row_sums(static_cast<std::size_t>(block));
    std::vector<A> row_tops(static_cast<std::size_t>(block));
    A *HWY_RESTRICT values = buffer.data(), *HWY_RESTRICT sums = row_sums.data(), *HWY_RESTRICT tops = row_tops.data();
    for (std::int64_t first = begin; first < end; first += block) {
        const std::int64_t rows = std::min(block, end - first);
        const T* HWY_RESTRICT from = x + first * C;
        T* HWY_RESTRICT to = y + first * C;
        shifted_exponentials<fixed>(from, rows, C, values, sums, tops);
        if constexpr (logarithm) {
            for (std::int64_t r = 0; r < rows; ++r) {
                const A shift = std::log(sums[r]);
                for (std::int64_t c = r * C; c < (r + 1) * C; ++c)
                    to[c] = static_cast<T>(static_cast<A>(from[c]) - tops[r] - shift);
            }
        } else {
            for (std::int64_t r = 0; r < rows; ++r) sums[r] = A{1} / sums[r];
            for (std::int64_t r = 0; r < rows; ++r)
                for (std::int64_t c = 0; c < C; ++c) to[r * C + c] = static_cast<T>(values[r * C + c] * sums[r]);
        }
    }
}

template <int fixed, class T>
void derivative_rows(std::int64_t begin, std::int64_t end, std::int64_t channels, const T* HWY_RESTRICT y,
                     const T* HWY_RESTRICT g, T* HWY_RESTRICT d) {
    using A = accumulator_t<T>;
    const std::int64_t C = fixed > 0 ? fixed : channels;
    std::vector<A> buffer(static_cast<std::size_t>(fixed > 0 ? 0 : C));
    for (std::int64_t r = begin; r < end; ++r) {
        const T *HWY_RESTRICT ys = y + r * C, *HWY_RESTRICT gs = g + r * C;
        A few[fixed > 0 ? fixed : 1];
        A* HWY_RESTRICT products = fixed > 0 ? few : buffer.data();
        for (std::int64_t c = 0; c < C; ++c) products[c] = static_cast<A>(ys[c]) * static_cast<A>(gs[c]);
        const A sum = reduced<fixed, false>(products, C);
        for (std::int64_t c = 0; c < C; ++c)
            d[r * C + c] = static_cast<T>(static_cast<A>(ys[c]) * (static_cast<A>(gs[c]) - sum));
    }
}

/// Calls call.operator()<fixed>() with the number of channels as a constant where it is 2, 3 or 4, else 0.
template <class Call>
HWY_INLINE void with_channels(std::int64_t channels, Call&& call) {
    switch (channels) {
        case 2:
            return call.template operator()<2>();
        case 3:
            return call.template operator()<3>();
        case 4:
            return call.template operator()<4>();
        default:
            return call.template operator()<0>();
    }
}

// clang-format off
#define PROTOLITH_SOFTMAX_TYPE(T, NAME)                                                                                \
    void softmax_##NAME(std::int64_t b, std::int64_t e, std::int64_t channels, const T* x, T* y) {                     \
        with_channels(channels, [&]<int fixed>() { softmax_rows<fixed, false>(b, e, channels, x, y); });               \
    }                                                                                                                  \
    void log_softmax_##NAME(std::int64_t b, std::int64_t e, std::int64_t channels, const T* x, T* y) {                 \
        with_channels(channels, [&]<int fixed>() { softmax_rows<fixed, true>(b, e, channels, x, y); });                \
    }                                                                                                                  \
    void derivative_##NAME(std::int64_t b, std::int64_t e, std::int64_t channels, const T* y, const T* g, T* d) {      \
        with_channels(channels, [&]<int fixed>() { derivative_rows<fixed>(b, e, channels, y, g, d); });                \
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
