// y = formula(a, b): 3 · size_of(T) bytes an element.
#include "pointwise/elementwise.cuh"
#include "pointwise/map.hpp"

namespace protolith::kernels::cuda {

template <class T>
void combine(Queue& queue, const Binary& formula, const T* a, const T* b, T* y, std::int64_t count) {
    std::visit([&](const auto& f) { launch_map(queue, f, Inputs<T, 2>{{a, b}}, y, count); }, formula);
}

template void combine(Queue&, const Binary&, const float*, const float*, float*, std::int64_t);
template void combine(Queue&, const Binary&, const bfloat16*, const bfloat16*, bfloat16*, std::int64_t);
template void combine(Queue&, const Binary&, const double*, const double*, double*, std::int64_t);

}  // namespace protolith::kernels::cuda
