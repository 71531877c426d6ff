#include "optimise/gradient.hpp"
#include "optimise/gradient_formula.hpp"
#include "pointwise/map.hpp"
#include "pointwise/typed.hpp"
#include "queue/parallel.hpp"
#include "reduce/parts.hpp"
#include "reduce/sum.hpp"

#include <atomic>

namespace protolith::kernels::cpu {
namespace {

template <class T>
bool all_finite(const T* x, std::int64_t count) {
    formula::exponent_t<T> found = 0;  // an or instead of a return, so that the loop runs in vectors
    for (std::int64_t i = 0; i < count; ++i) found |= static_cast<formula::exponent_t<T>>(formula::is_non_finite(x[i]));
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
    const double factor = formula::clip_factor(*squared_norm, limit);
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
