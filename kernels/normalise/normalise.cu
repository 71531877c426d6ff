// Normalisation and its gradients. Bytes an element: normalise 2 · size_of(T), normalise_sums 2 · size_of(T),
// normalise_backward 3 · size_of(T), project 5 · size_of(T) in two passes; memory bandwidth bounds each pass.
#include "normalise/normalise.hpp"
#include "normalise/rows.cuh"
#include "reduce/sum.cuh"

namespace protolith::kernels::cuda {
namespace {

/// Σ u as it is, Σ u (x − mean) times rstd.
template <class A>
struct PutGradients {
    A *sums, *products;
    const A* rstd;
    __device__ void operator()(int k, std::int64_t group, double sum) const {
        if (k == 0)
            sums[group] = static_cast<A>(sum);
        else
            products[group] = static_cast<A>(sum) * rstd[group];
    }
};

/// The means of g and of x̂ g, from their sums.
template <class A>
struct PutMeans {
    A *means, *products;
    A share_of_mean, share;  // the first is 0 where groups are not centred
    __device__ void operator()(int k, std::int64_t group, double sum) const {
        if (k == 0)
            means[group] = static_cast<A>(sum) * share_of_mean;
        else
            products[group] = static_cast<A>(sum) * share;
    }
};

}  // namespace

template <class T>
void normalise(Queue& queue, const Groups& groups, const T* x, const Normalisation<accumulator_t<T>>& by, T* y) {
    launch_rows(queue, groups, formula::Normalise{by.slope}, Inputs<T, 1>{{x}}, AffineRows<accumulator_t<T>>{by}, y);
}

template <class T>
void normalise_sums(Queue& queue, const Groups& groups, const T* x, const T* g,
                    const Normalisation<accumulator_t<T>>& by, accumulator_t<T>* sums, accumulator_t<T>* products) {
    using A = accumulator_t<T>;
    reduce_terms(queue, groups, formula::NormaliseSums{by.slope}, Inputs<T, 2>{{x, g}}, AffineRows<A>{by},
                 PutGradients<A>{sums, products, by.rstd});
}

template <class T>
void normalise_backward(Queue& queue, const Groups& groups, const T* x, const T* g,
                        const Normalisation<accumulator_t<T>>& by, const accumulator_t<T>* sums,
                        const accumulator_t<T>* products, T* dx) {
    using A = accumulator_t<T>;
    const BackwardRows<A> rows{{by}, sums, products, A{1} / static_cast<A>(groups.rows)};
    launch_rows(queue, groups, formula::NormaliseBackward{by.slope}, Inputs<T, 2>{{x, g}}, rows, dx);
}

template <class T>
void project(Queue& queue, const Groups& groups, bool centred, const T* hat, const T* g, T* y) {
    using A = accumulator_t<T>;
    const Scratch means(queue, static_cast<std::size_t>(groups.count()) * sizeof(A)),
        products(queue, static_cast<std::size_t>(groups.count()) * sizeof(A));
    const A share = A{1} / static_cast<A>(groups.rows);
    const Inputs<T, 2> inputs{{hat, g}};
    reduce_terms(queue, groups, formula::ProjectSums{}, inputs, RowArrays<A, 0>{},
                 PutMeans<A>{means.as<A>(), products.as<A>(), centred ? share : A{0}, share});
    launch_rows(queue, groups, formula::Project{}, inputs, RowArrays<A, 2>{{means.as<A>(), products.as<A>()}}, y);
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

}  // namespace protolith::kernels::cuda
