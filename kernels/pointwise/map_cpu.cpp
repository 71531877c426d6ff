#include "pointwise/map.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "pointwise/map_cpu.cpp"
#include "pointwise/typed.hpp"
#include "queue/parallel.hpp"

#include <hwy/foreach_target.h>
//
#include "pointwise/blocks-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace protolith::kernels::cpu::HWY_NAMESPACE {

void map_range(DataType type, const Unary& formula, const void* x, void* y, std::int64_t count) {
    for_type(type, [&](auto element) {
        using T = decltype(element);
        std::visit([&](const auto& f) { apply(f, count, static_cast<T*>(y), static_cast<const T*>(x)); }, formula);
    });
}

}  // namespace protolith::kernels::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::kernels::cpu {

HWY_EXPORT(map_range);

template <class T>
void map(Queue& queue, const Unary& formula, const T* x, T* y, std::int64_t count) {
    parallel_ranges(queue, count, pointwise_grain, [&](std::int64_t begin, std::int64_t end) {
        HWY_DYNAMIC_DISPATCH(map_range)(data_type_of<T>(), formula, x + begin, y + begin, end - begin);
    });
}

template void map(Queue&, const Unary&, const float*, float*, std::int64_t);
template void map(Queue&, const Unary&, const bfloat16*, bfloat16*, std::int64_t);
template void map(Queue&, const Unary&, const double*, double*, std::int64_t);

}  // namespace protolith::kernels::cpu
#endif
