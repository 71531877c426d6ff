// Sums and inner products of groups: size_of(T) and 2 · size_of(T) bytes an element.
#include "reduce/sum.cuh"
#include "reduce/sum.hpp"

namespace protolith::kernels::cuda {

template <class T>
void sum(Queue& queue, const Groups& groups, const T* x, accumulator_t<T>* sums) {
    using A = accumulator_t<T>;
    reduce_terms(queue, groups, formula::Value{}, Inputs<T, 1>{{x}}, RowArrays<A, 0>{}, PutSums<A, 1>{{sums}});
}

template <class T>
void dot(Queue& queue, const Groups& groups, const T* a, const T* b, accumulator_t<T>* sums) {
    using A = accumulator_t<T>;
    reduce_terms(queue, groups, formula::Product{}, Inputs<T, 2>{{a, b}}, RowArrays<A, 0>{}, PutSums<A, 1>{{sums}});
}

template void sum(Queue&, const Groups&, const float*, float*);
template void sum(Queue&, const Groups&, const bfloat16*, float*);
template void sum(Queue&, const Groups&, const double*, double*);
template void dot(Queue&, const Groups&, const float*, const float*, float*);
template void dot(Queue&, const Groups&, const bfloat16*, const bfloat16*, float*);
template void dot(Queue&, const Groups&, const double*, const double*, double*);

}  // namespace protolith::kernels::cuda
