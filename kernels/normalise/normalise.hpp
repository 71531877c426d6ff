// Normalisation of groups with affine parameters and activation in one pass, and its gradients in two. Only the input
// and the groups' statistics are needed for the backward.
#pragma once

#include "queue/kernel.hpp"
#include "reduce/groups.hpp"

namespace protolith::kernels {

/// What normalises: rows (outer, channels) and parameters (channels), of the type of weights and sums.
template <class A>
struct Normalisation {
    const A* mean;   // null: 0 (the group is not centred)
    const A* rstd;   // 1 / √(variance + eps)
    const A* gamma;  // null: 1
    const A* beta;   // null: 0
    double slope;    // of the activation below zero: 1 none, 0 ReLU, between them LeakyReLU
};

/// y = activation(γ (x − mean) · rstd + β); y may be x.
PROTOLITH_KERNEL(template <class T> void normalise(Queue& queue, const Groups& groups, const T* x,
                                                   const Normalisation<accumulator_t<T>>& by, T* y))

/// With u = ∂/∂z, the gradient g = ∂/∂y taken back through the activation: sums = Σ u, products = Σ u x̂, both
/// (outer, channels). Added up over the outer index they are the gradients of β and γ.
PROTOLITH_KERNEL(template <class T> void normalise_sums(Queue& queue, const Groups& groups, const T* x, const T* g,
                                                        const Normalisation<accumulator_t<T>>& by,
                                                        accumulator_t<T>* sums, accumulator_t<T>* products))

/// dx = γ rstd (u − mean(u) − x̂ mean(u x̂)) with the sums of normalise_sums; without mean(u) where the groups are not
/// centred. dx may be g.
PROTOLITH_KERNEL(template <class T> void normalise_backward(Queue& queue, const Groups& groups, const T* x, const T* g,
                                                            const Normalisation<accumulator_t<T>>& by,
                                                            const accumulator_t<T>* sums,
                                                            const accumulator_t<T>* products, T* dx))

/// y = g − mean(g) − x̂ mean(x̂ g) in each group, without mean(g) where `centred` is false: the derivative of the
/// normalisation at its value x̂, short of the factor rstd. y may be g.
PROTOLITH_KERNEL(template <class T>
                 void project(Queue& queue, const Groups& groups, bool centred, const T* hat, const T* g, T* y))

}  // namespace protolith::kernels
