// A pointwise formula over arrays, compiled once per Highway target: y[i] = formula(x[i]…). Every element, those of the
// tail too, goes through the same loop of fixed length: vector and scalar mathematics differ in the last bit, and a
// value shall depend neither on its place in the array nor on the number of threads.
#if defined(PROTOLITH_POINTWISE_BLOCKS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PROTOLITH_POINTWISE_BLOCKS_INL
#undef PROTOLITH_POINTWISE_BLOCKS_INL
#else
#define PROTOLITH_POINTWISE_BLOCKS_INL
#endif

#include "queue/types.hpp"

#include <algorithm>

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace protolith::kernels::cpu::HWY_NAMESPACE {

constexpr std::int64_t block = 256;  // elements

// The arrays may be one another, element for element; they may not overlap otherwise.
template <class T, class Formula, class... Inputs>
void apply_block(const Formula formula, T* y, const Inputs*... x) {
    using A = accumulator_t<T>;
#pragma GCC ivdep
    for (std::int64_t i = 0; i < block; ++i) y[i] = static_cast<T>(formula(static_cast<A>(x[i])...));
}

// What is left of an array, padded with zeros to a block.
template <class T>
struct Tail {
    Tail(const T* x, std::int64_t count) { std::copy_n(x, count, values); }
    T values[block] = {};
};

template <class T, class Formula, class... Inputs>
void apply(const Formula& formula, std::int64_t count, T* y, const Inputs*... x) {
    std::int64_t i = 0;
    for (; i + block <= count; i += block) apply_block(formula, y + i, (x + i)...);
    if (i == count) return;
    T result[block];
    apply_block(formula, result, Tail<Inputs>(x + i, count - i).values...);
    std::copy_n(result, count - i, y + i);
}

}  // namespace protolith::kernels::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
