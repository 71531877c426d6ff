#include "optimise/adam.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "optimise/adam_cpu.cpp"
#include "optimise/adam_formula.hpp"
#include "pointwise/typed.hpp"
#include "queue/parallel.hpp"

#include <hwy/foreach_target.h>
//
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace protolith::kernels::cpu::HWY_NAMESPACE {

template <class T>
void adam_of(const formula::Adam<T> formula, const T* g, T* m, T* v, T* w, std::int64_t count) {
#pragma GCC ivdep
    for (std::int64_t i = 0; i < count; ++i) formula(g[i], m[i], v[i], w[i]);
}

void adam_float(const formula::Adam<float>& formula, const float* g, float* m, float* v, float* w, std::int64_t count) {
    adam_of(formula, g, m, v, w, count);
}

void adam_double(const formula::Adam<double>& formula, const double* g, double* m, double* v, double* w,
                 std::int64_t count) {
    adam_of(formula, g, m, v, w, count);
}

}  // namespace protolith::kernels::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::kernels::cpu {

HWY_EXPORT(adam_float);
HWY_EXPORT(adam_double);

template <class T>
void adam(Queue& queue, const AdamStep& by, const T* g, T* m, T* v, T* w, std::int64_t count) {
    const formula::Adam<T> formula(by);
    parallel_ranges(queue, count, pointwise_grain, [&](std::int64_t begin, std::int64_t end) {
        if constexpr (std::is_same_v<T, float>)
            HWY_DYNAMIC_DISPATCH(adam_float)(formula, g + begin, m + begin, v + begin, w + begin, end - begin);
        else
            HWY_DYNAMIC_DISPATCH(adam_double)(formula, g + begin, m + begin, v + begin, w + begin, end - begin);
    });
}

template void adam(Queue&, const AdamStep&, const float*, float*, float*, float*, std::int64_t);
template void adam(Queue&, const AdamStep&, const double*, double*, double*, double*, std::int64_t);

}  // namespace protolith::kernels::cpu
#endif
