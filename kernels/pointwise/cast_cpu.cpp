#include "pointwise/cast.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "pointwise/cast_cpu.cpp"
#include "pointwise/formulas.hpp"
#include "pointwise/typed.hpp"
#include "queue/parallel.hpp"

#include <hwy/foreach_target.h>
//
#include "pointwise/blocks-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace protolith::kernels::cpu::HWY_NAMESPACE {

void cast_range(DataType from, DataType to, const void* x, void* y, std::int64_t count) {
    for_type(from, [&](auto source) {
        for_type(to, [&](auto target) {
            apply(formula::Identity{}, count, static_cast<decltype(target)*>(y),
                  static_cast<const decltype(source)*>(x));
        });
    });
}

}  // namespace protolith::kernels::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::kernels::cpu {

HWY_EXPORT(cast_range);

template <class From, class To>
void cast(Queue& queue, const From* x, To* y, std::int64_t count) {
    parallel_ranges(queue, count, pointwise_grain, [&](std::int64_t begin, std::int64_t end) {
        HWY_DYNAMIC_DISPATCH(cast_range)(data_type_of<From>(), data_type_of<To>(), x + begin, y + begin, end - begin);
    });
}

template <class T>
void fill(Queue& queue, double value, T* y, std::int64_t count) {
    using A = accumulator_t<T>;
    parallel_ranges(queue, count, pointwise_grain, [&](std::int64_t begin, std::int64_t end) {
        std::fill(y + begin, y + end, static_cast<T>(static_cast<A>(value)));
    });
}

template void cast(Queue&, const float*, float*, std::int64_t);
template void cast(Queue&, const float*, bfloat16*, std::int64_t);
template void cast(Queue&, const float*, double*, std::int64_t);
template void cast(Queue&, const bfloat16*, float*, std::int64_t);
template void cast(Queue&, const bfloat16*, bfloat16*, std::int64_t);
template void cast(Queue&, const bfloat16*, double*, std::int64_t);
template void cast(Queue&, const double*, float*, std::int64_t);
template void cast(Queue&, const double*, bfloat16*, std::int64_t);
template void cast(Queue&, const double*, double*, std::int64_t);
template void fill(Queue&, double, float*, std::int64_t);
template void fill(Queue&, double, bfloat16*, std::int64_t);
template void fill(Queue&, double, double*, std::int64_t);

}  // namespace protolith::kernels::cpu
#endif
