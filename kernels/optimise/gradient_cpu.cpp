#include "optimise/gradient.hpp"
#include "pointwise/map.hpp"
#include "pointwise/typed.hpp"
#include "queue/parallel.hpp"
#include "reduce/parts.hpp"
#include "reduce/sum.hpp"

#include <atomic>
#include <cmath>

namespace protolith::kernels::cpu {
namespace {

/// The bits of the exponent of each type: all set in NaN and infinity alone.
template <class T>
constexpr auto exponent_bits() {
    if constexpr (std::is_same_v<T, double>)
        return std::uint64_t{0x7ff0000000000000};
    else if constexpr (std::is_same_v<T, float>)
        return std::uint32_t{0x7f800000};
    else
        return std::uint16_t{0x7f80};
}

template <class T>
bool all_finite(const T* x, std::int64_t count) {
    constexpr auto exponent = exponent_bits<T>();
    using Bits = std::remove_const_t<decltype(exponent)>;
    Bits found = 0;  // an or instead of a return, so that the loop runs in vectors
    for (std::int64_t i = 0; i < count; ++i) {
        Bits bits;
        std::memcpy(&bits, x + i, sizeof bits);
        found |= static_cast<Bits>((bits & exponent) == exponent);
    }
    return found == 0;
}

}  // namespace

template <class T>
void add_squared_norm(Queue& queue, const T* g, std::int64_t count, double* total) {
    T squared = 0;
    dot(queue, Groups{1, count, 1}, g, g, &squared);
    *total += static_cast<double>(squared);
}

template <class T>
void clip(Queue& queue, const double* squared_norm, double limit, T* g, std::int64_t count) {
    const double factor = limit / (std::sqrt(*squared_norm) + 1e-6);
    if (!(factor >= 1)) map(queue, formula::Scale{factor}, g, g, count);
}

template <class T>
void find_non_finite(Queue& queue, const T* x, std::int64_t count, std::int32_t* found) {
    std::atomic<bool> finite{true};
    parallel_ranges(queue, count, pointwise_grain, [&](std::int64_t begin, std::int64_t end) {
        if (!all_finite(x + begin, end - begin)) finite = false;
    });
    if (!finite) *found = 1;
}

template void add_squared_norm(Queue&, const float*, std::int64_t, double*);
template void add_squared_norm(Queue&, const double*, std::int64_t, double*);
template void clip(Queue&, const double*, double, float*, std::int64_t);
template void clip(Queue&, const double*, double, double*, std::int64_t);
template void find_non_finite(Queue&, const float*, std::int64_t, std::int32_t*);
template void find_non_finite(Queue&, const bfloat16*, std::int64_t, std::int32_t*);
template void find_non_finite(Queue&, const double*, std::int64_t, std::int32_t*);

}  // namespace protolith::kernels::cpu
