// Mean and variance of groups: size_of(T) bytes an element.
#include "normalise/moments.cuh"
#include "normalise/moments.hpp"

namespace protolith::kernels::cuda {
namespace {

template <class A>
struct PutMoments {
    A *mean, *variance;
    double rows;
    __device__ void operator()(std::int64_t group, double centre, double squares) const {
        mean[group] = static_cast<A>(centre);
        variance[group] = static_cast<A>(squares / rows);
    }
};

}  // namespace

template <class T>
void moments(Queue& queue, const Groups& groups, const T* x, accumulator_t<T>* mean, accumulator_t<T>* variance) {
    const auto rows = static_cast<double>(std::max<std::int64_t>(groups.rows, 1));
    reduce_moments(queue, groups, x, PutMoments<accumulator_t<T>>{mean, variance, rows});
}

template void moments(Queue&, const Groups&, const float*, float*, float*);
template void moments(Queue&, const Groups&, const bfloat16*, float*, float*);
template void moments(Queue&, const Groups&, const double*, double*, double*);

}  // namespace protolith::kernels::cuda
