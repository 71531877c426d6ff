#include "reduce/sum.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "reduce/sum_cpu.cpp"
#include "pointwise/typed.hpp"
#include "reduce/parts.hpp"
#include "reduce/terms.hpp"

#include <hwy/foreach_target.h>
//
#include "reduce/sum-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace protolith::kernels::cpu::HWY_NAMESPACE {

void sum_range(DataType type, const Groups& groups, const void* x, std::int64_t first, std::int64_t last,
               double* partial) {
    for_type(type, [&](auto element) {
        const Operands<decltype(element), 1, 0> from{{static_cast<const decltype(element)*>(x)}, {}};
        sum_tasks(formula::Value{}, groups, from, first, last, partial);
    });
}

void dot_range(DataType type, const Groups& groups, const void* a, const void* b, std::int64_t first, std::int64_t last,
               double* partial) {
    for_type(type, [&](auto element) {
        using T = decltype(element);
        const Operands<T, 2, 0> from{{static_cast<const T*>(a), static_cast<const T*>(b)}, {}};
        sum_tasks(formula::Product{}, groups, from, first, last, partial);
    });
}

}  // namespace protolith::kernels::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::kernels::cpu {

HWY_EXPORT(sum_range);
HWY_EXPORT(dot_range);

template <class T>
void sum(Queue& queue, const Groups& groups, const T* x, accumulator_t<T>* sums) {
    reduce_parts(queue, groups, std::array{sums}, [&](std::int64_t first, std::int64_t last, double* partial) {
        HWY_DYNAMIC_DISPATCH(sum_range)(data_type_of<T>(), groups, x, first, last, partial);
    });
}

template <class T>
void dot(Queue& queue, const Groups& groups, const T* a, const T* b, accumulator_t<T>* sums) {
    reduce_parts(queue, groups, std::array{sums}, [&](std::int64_t first, std::int64_t last, double* partial) {
        HWY_DYNAMIC_DISPATCH(dot_range)(data_type_of<T>(), groups, a, b, first, last, partial);
    });
}

template void sum(Queue&, const Groups&, const float*, float*);
template void sum(Queue&, const Groups&, const bfloat16*, float*);
template void sum(Queue&, const Groups&, const double*, double*);
template void dot(Queue&, const Groups&, const float*, const float*, float*);
template void dot(Queue&, const Groups&, const bfloat16*, const bfloat16*, float*);
template void dot(Queue&, const Groups&, const double*, const double*, double*);

}  // namespace protolith::kernels::cpu
#endif
