// y = formula(x): 2 · size_of(T) bytes an element.
#include "pointwise/elementwise.cuh"
#include "pointwise/map.hpp"

namespace protolith::kernels::cuda {

template <class T>
void map(Queue& queue, const Unary& formula, const T* x, T* y, std::int64_t count) {
    std::visit([&](const auto& f) { launch_map(queue, f, Inputs<T, 1>{{x}}, y, count); }, formula);
}

template void map(Queue&, const Unary&, const float*, float*, std::int64_t);
template void map(Queue&, const Unary&, const bfloat16*, bfloat16*, std::int64_t);
template void map(Queue&, const Unary&, const double*, double*, std::int64_t);

}  // namespace protolith::kernels::cuda
