// y = x in another type: size_of(From) + size_of(To) bytes an element. A constant: size_of(T).
#include "pointwise/cast.hpp"
#include "pointwise/elementwise.cuh"
#include "pointwise/formulas.hpp"

namespace protolith::kernels::cuda {
namespace {

template <class A>
struct Constant {
    A value;
    __device__ A operator()() const { return value; }
};

}  // namespace

template <class From, class To>
void cast(Queue& queue, const From* x, To* y, std::int64_t count) {
    launch_map(queue, formula::Identity{}, Inputs<From, 1>{{x}}, y, count);
}

template <class T>
void fill(Queue& queue, double value, T* y, std::int64_t count) {
    using A = accumulator_t<T>;
    launch_map(queue, Constant<A>{static_cast<A>(value)}, Inputs<T, 0>{}, y, count);
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

}  // namespace protolith::kernels::cuda
