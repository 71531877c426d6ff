#include "reduce/broadcast.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "reduce/broadcast_cpu.cpp"
#include "pointwise/typed.hpp"
#include "reduce/parts.hpp"

#include <hwy/foreach_target.h>
//
#include "reduce/rows-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace protolith::kernels::cpu::HWY_NAMESPACE {

void broadcast_range(DataType type, const Groups& groups, const void* row, std::int64_t first, std::int64_t last,
                     void* y) {
    for_type(type, [&](auto element) {
        using T = decltype(element);
        const Operands<T, 0, 1> from{{}, {static_cast<const accumulator_t<T>*>(row)}};
        map_groups(formula::Identity{}, groups, from, first, last, static_cast<T*>(y));
    });
}

void combine_row_range(DataType type, const RowFormula& formula, const Groups& groups, const void* x, const void* row,
                       std::int64_t first, std::int64_t last, void* y) {
    for_type(type, [&](auto element) {
        using T = decltype(element);
        const Operands<T, 1, 1> from{{static_cast<const T*>(x)}, {static_cast<const accumulator_t<T>*>(row)}};
        std::visit([&](const auto& f) { map_groups(f, groups, from, first, last, static_cast<T*>(y)); }, formula);
    });
}

void gate_row_range(DataType type, const Groups& groups, const void* x, const void* v, const void* slope,
                    std::int64_t first, std::int64_t last, void* y) {
    for_type(type, [&](auto element) {
        using T = decltype(element);
        const Operands<T, 2, 1> from{{static_cast<const T*>(x), static_cast<const T*>(v)},
                                     {static_cast<const accumulator_t<T>*>(slope)}};
        map_groups(formula::RowGate{}, groups, from, first, last, static_cast<T*>(y));
    });
}

}  // namespace protolith::kernels::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::kernels::cpu {

HWY_EXPORT(broadcast_range);
HWY_EXPORT(combine_row_range);
HWY_EXPORT(gate_row_range);

template <class T>
void broadcast(Queue& queue, const Groups& groups, const accumulator_t<T>* row, T* y) {
    over_rows(queue, groups, [&](std::int64_t first, std::int64_t last) {
        HWY_DYNAMIC_DISPATCH(broadcast_range)(data_type_of<T>(), groups, row, first, last, y);
    });
}

template <class T>
void combine_row(Queue& queue, const RowFormula& formula, const Groups& groups, const T* x, const accumulator_t<T>* row,
                 T* y) {
    over_rows(queue, groups, [&](std::int64_t first, std::int64_t last) {
        HWY_DYNAMIC_DISPATCH(combine_row_range)(data_type_of<T>(), formula, groups, x, row, first, last, y);
    });
}

template <class T>
void gate_row(Queue& queue, const Groups& groups, const T* x, const T* v, const accumulator_t<T>* slope, T* y) {
    over_rows(queue, groups, [&](std::int64_t first, std::int64_t last) {
        HWY_DYNAMIC_DISPATCH(gate_row_range)(data_type_of<T>(), groups, x, v, slope, first, last, y);
    });
}

template void broadcast(Queue&, const Groups&, const float*, float*);
template void broadcast(Queue&, const Groups&, const float*, bfloat16*);
template void broadcast(Queue&, const Groups&, const double*, double*);
template void combine_row(Queue&, const RowFormula&, const Groups&, const float*, const float*, float*);
template void combine_row(Queue&, const RowFormula&, const Groups&, const bfloat16*, const float*, bfloat16*);
template void combine_row(Queue&, const RowFormula&, const Groups&, const double*, const double*, double*);
template void gate_row(Queue&, const Groups&, const float*, const float*, const float*, float*);
template void gate_row(Queue&, const Groups&, const bfloat16*, const bfloat16*, const float*, bfloat16*);
template void gate_row(Queue&, const Groups&, const double*, const double*, const double*, double*);

}  // namespace protolith::kernels::cpu
#endif
