#include "normalise/normalise.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "normalise/normalise_cpu.cpp"
#include "normalise/rows.hpp"
#include "normalise/terms.hpp"
#include "pointwise/typed.hpp"
#include "reduce/parts.hpp"

#include <hwy/foreach_target.h>
//
#include "reduce/rows-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace protolith::kernels::cpu::HWY_NAMESPACE {

// The operands of one tensor type, from pointers whose type is known at run time alone.
template <class T, std::size_t I, std::size_t R>
Operands<T, I, R> operands(const std::array<const void*, I>& x, const std::array<const void*, R>& rows) {
    Operands<T, I, R> typed;
    for (std::size_t i = 0; i < I; ++i) typed.x[i] = static_cast<const T*>(x[i]);
    for (std::size_t r = 0; r < R; ++r) typed.rows[r] = static_cast<const accumulator_t<T>*>(rows[r]);
    return typed;
}

void normalise_range(DataType type, const Groups& groups, double slope, const std::array<const void*, 1>& x,
                     const std::array<const void*, 3>& rows, std::int64_t first, std::int64_t last, void* y) {
    for_type(type, [&](auto element) {
        using T = decltype(element);
        map_groups(formula::Normalise{slope}, groups, operands<T>(x, rows), first, last, static_cast<T*>(y));
    });
}

void normalise_sums_range(DataType type, const Groups& groups, double slope, const std::array<const void*, 2>& x,
                          const std::array<const void*, 3>& rows, std::int64_t first, std::int64_t last,
                          double* partial) {
    for_type(type, [&](auto element) {
        sum_tasks(formula::NormaliseSums{slope}, groups, operands<decltype(element)>(x, rows), first, last, partial);
    });
}

void normalise_backward_range(DataType type, const Groups& groups, double slope, const std::array<const void*, 2>& x,
                              const std::array<const void*, 5>& rows, std::int64_t first, std::int64_t last, void* dx) {
    for_type(type, [&](auto element) {
        using T = decltype(element);
        map_groups(formula::NormaliseBackward{slope}, groups, operands<T>(x, rows), first, last, static_cast<T*>(dx));
    });
}

void project_sums_range(DataType type, const Groups& groups, const std::array<const void*, 2>& x, std::int64_t first,
                        std::int64_t last, double* partial) {
    for_type(type, [&](auto element) {
        sum_tasks(formula::ProjectSums{}, groups, operands<decltype(element), 2, 0>(x, {}), first, last, partial);
    });
}

void project_range(DataType type, const Groups& groups, const std::array<const void*, 2>& x,
                   const std::array<const void*, 2>& rows, std::int64_t first, std::int64_t last, void* y) {
    for_type(type, [&](auto element) {
        using T = decltype(element);
        map_groups(formula::Project{}, groups, operands<T>(x, rows), first, last, static_cast<T*>(y));
    });
}

}  // namespace protolith::kernels::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::kernels::cpu {

HWY_EXPORT(normalise_range);
HWY_EXPORT(normalise_sums_range);
HWY_EXPORT(normalise_backward_range);
HWY_EXPORT(project_sums_range);
HWY_EXPORT(project_range);

template <class T>
void normalise(Queue& queue, const Groups& groups, const T* x, const Normalisation<accumulator_t<T>>& by, T* y) {
    const AffineRows rows(queue, groups, by);
    over_rows(queue, groups, [&](std::int64_t first, std::int64_t last) {
        HWY_DYNAMIC_DISPATCH(normalise_range)
        (data_type_of<T>(), groups, by.slope, {x}, {rows.mean, rows.scale, rows.shift}, first, last, y);
    });
}

template <class T>
void normalise_sums(Queue& queue, const Groups& groups, const T* x, const T* g,
                    const Normalisation<accumulator_t<T>>& by, accumulator_t<T>* sums, accumulator_t<T>* products) {
    const AffineRows rows(queue, groups, by);
    reduce_parts(
        queue, groups, std::array{sums, products}, [&](std::int64_t first, std::int64_t last, double* partial) {
            HWY_DYNAMIC_DISPATCH(normalise_sums_range)
            (data_type_of<T>(), groups, by.slope, {x, g}, {rows.mean, rows.scale, rows.shift}, first, last, partial);
        });
    for (std::int64_t i = 0; i < groups.count(); ++i) products[i] *= by.rstd[i];
}

template <class T>
void normalise_backward(Queue& queue, const Groups& groups, const T* x, const T* g,
                        const Normalisation<accumulator_t<T>>& by, const accumulator_t<T>* sums,
                        const accumulator_t<T>* products, T* dx) {
    using A = accumulator_t<T>;
    const AffineRows rows(queue, groups, by);
    const Scratch scratch(queue, 2 * static_cast<std::size_t>(groups.count()) * sizeof(A));
    A *const offset = scratch.as<A>(), *const pull = offset + groups.count();
    const A share = A{1} / static_cast<A>(groups.rows);
    for (std::int64_t i = 0; i < groups.count(); ++i) {
        const auto row =
            formula::backward_row(by.mean != nullptr, rows.scale[i], by.rstd[i], sums[i], products[i], share);
        offset[i] = row.offset;
        pull[i] = row.pull;
    }
    over_rows(queue, groups, [&](std::int64_t first, std::int64_t last) {
        HWY_DYNAMIC_DISPATCH(normalise_backward_range)
        (data_type_of<T>(), groups, by.slope, {x, g}, {rows.mean, rows.scale, rows.shift, offset, pull}, first, last,
         dx);
    });
}

template <class T>
void project(Queue& queue, const Groups& groups, bool centred, const T* hat, const T* g, T* y) {
    using A = accumulator_t<T>;
    const std::int64_t count = groups.count();
    const Scratch scratch(queue, 2 * static_cast<std::size_t>(count) * sizeof(A));
    A *const mean = scratch.as<A>(), *const product = mean + count;
    reduce_parts(queue, groups, std::array{mean, product}, [&](std::int64_t first, std::int64_t last, double* partial) {
        HWY_DYNAMIC_DISPATCH(project_sums_range)(data_type_of<T>(), groups, {hat, g}, first, last, partial);
    });
    const A share = A{1} / static_cast<A>(groups.rows);
    for (std::int64_t i = 0; i < count; ++i) {
        mean[i] = centred ? mean[i] * share : A{0};
        product[i] *= share;
    }
    over_rows(queue, groups, [&](std::int64_t first, std::int64_t last) {
        HWY_DYNAMIC_DISPATCH(project_range)(data_type_of<T>(), groups, {hat, g}, {mean, product}, first, last, y);
    });
}

template void normalise(Queue&, const Groups&, const float*, const Normalisation<float>&, float*);
template void normalise(Queue&, const Groups&, const bfloat16*, const Normalisation<float>&, bfloat16*);
template void normalise(Queue&, const Groups&, const double*, const Normalisation<double>&, double*);
template void normalise_sums(Queue&, const Groups&, const float*, const float*, const Normalisation<float>&, float*,
                             float*);
template void normalise_sums(Queue&, const Groups&, const bfloat16*, const bfloat16*, const Normalisation<float>&,
                             float*, float*);
template void normalise_sums(Queue&, const Groups&, const double*, const double*, const Normalisation<double>&, double*,
                             double*);
template void normalise_backward(Queue&, const Groups&, const float*, const float*, const Normalisation<float>&,
                                 const float*, const float*, float*);
template void normalise_backward(Queue&, const Groups&, const bfloat16*, const bfloat16*, const Normalisation<float>&,
                                 const float*, const float*, bfloat16*);
template void normalise_backward(Queue&, const Groups&, const double*, const double*, const Normalisation<double>&,
                                 const double*, const double*, double*);
template void project(Queue&, const Groups&, bool, const float*, const float*, float*);
template void project(Queue&, const Groups&, bool, const bfloat16*, const bfloat16*, bfloat16*);
template void project(Queue&, const Groups&, bool, const double*, const double*, double*);

}  // namespace protolith::kernels::cpu
#endif
