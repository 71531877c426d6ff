// Means and deviations over the samples in one pass, and where they are asked for the centred features in another: of
// size_of(T) and 2 · size_of(T) bytes an element. Small tensors, as the layer's are, stay in the second-level cache.
#include "minibatch_stddev/centre.hpp"
#include "normalise/moments.cuh"
#include "pointwise/formulas.hpp"
#include "reduce/rows.cuh"

#include <cmath>

namespace protolith::kernels::cuda {
namespace {

template <class A>
struct PutDeviation {
    A* mean;
    A* deviation;  // may be null
    double samples;
    A epsilon;
    __device__ void operator()(std::int64_t group, double centre, double squares) const {
        mean[group] = static_cast<A>(centre);
        if (deviation) deviation[group] = std::sqrt(static_cast<A>(squares / samples) + epsilon);
    }
};

}  // namespace

template <class T>
void centre_batch(Queue& queue, std::int64_t groups, std::int64_t samples, std::int64_t features, double epsilon,
                  const T* x, T* centred, accumulator_t<T>* deviation) {
    using A = accumulator_t<T>;
    const Groups batch{groups, samples, features};
    const Scratch means(queue, static_cast<std::size_t>(batch.count()) * sizeof(A));
    reduce_moments(queue, batch, x,
                   PutDeviation<A>{means.as<A>(), deviation, static_cast<double>(samples), static_cast<A>(epsilon)});
    if (centred)
        launch_rows(queue, batch, formula::Subtract{}, Inputs<T, 1>{{x}}, RowArrays<A, 1>{{means.as<A>()}}, centred);
}

template void centre_batch(Queue&, std::int64_t, std::int64_t, std::int64_t, double, const float*, float*, float*);
template void centre_batch(Queue&, std::int64_t, std::int64_t, std::int64_t, double, const bfloat16*, bfloat16*,
                           float*);
template void centre_batch(Queue&, std::int64_t, std::int64_t, std::int64_t, double, const double*, double*, double*);

}  // namespace protolith::kernels::cuda
