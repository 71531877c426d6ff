#include "pointwise/map.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "pointwise/combine_cpu.cpp"
#include "pointwise/typed.hpp"
#include "queue/parallel.hpp"

#include <hwy/foreach_target.h>
//
#include "pointwise/blocks-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace protolith::kernels::cpu::HWY_NAMESPACE {

void combine_range(DataType type, const Binary& formula, const void* a, const void* b, void* y, std::int64_t count) {
    for_type(type, [&](auto element) {
        using T = decltype(element);
        std::visit(
            [&](const auto& f) {
                apply(f, count, static_cast<T*>(y), static_cast<const T*>(a), static_cast<const T*>(b));
            },
            formula);
    });
}

}  // namespace protolith::kernels::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::kernels::cpu {

HWY_EXPORT(combine_range);

template <class T>
void combine(Queue& queue, const Binary& formula, const T* a, const T* b, T* y, std::int64_t count) {
    parallel_ranges(queue, count, pointwise_grain, [&](std::int64_t begin, std::int64_t end) {
        HWY_DYNAMIC_DISPATCH(combine_range)(data_type_of<T>(), formula, a + begin, b + begin, y + begin, end - begin);
    });
}

template void combine(Queue&, const Binary&, const float*, const float*, float*, std::int64_t);
template void combine(Queue&, const Binary&, const bfloat16*, const bfloat16*, bfloat16*, std::int64_t);
template void combine(Queue&, const Binary&, const double*, const double*, double*, std::int64_t);

}  // namespace protolith::kernels::cpu
#endif
