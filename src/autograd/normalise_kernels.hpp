// The normalisation's kernels on tensors: what its recorded operations compute their values with.
#pragma once

#include "autograd/normalise.hpp"

namespace protolith::autograd::detail {

/// Statistics ready for use.
struct Normaliser {
    Tensor mean, rstd;  // mean: empty where the parts are not centred
    Normalisation how;

    Normaliser without_affine() const { return {mean, rstd, {how.per, how.eps, 1}}; }
};

Normaliser normaliser(const Statistics& statistics, const Normalisation& how);

/// γ and β may be empty.
Tensor normalised(const Tensor& x, const Tensor& gamma, const Tensor& beta, const Normaliser& by);

/// Σ u and Σ u x̂ of each part, with u the gradient before the activation; and the gradient they belong to.
struct BackwardSums {
    Tensor sums, products;
    std::weak_ptr<Node> gradient;
};

BackwardSums backward_sums(const Tensor& x, const Var& g, const Tensor& gamma, const Tensor& beta,
                           const Normaliser& by);
Tensor backward(const Tensor& x, const Tensor& g, const Tensor& gamma, const Tensor& beta, const Normaliser& by,
                const BackwardSums& sums);

/// Rows per instance (N, C) added up to rows per channel (C); others as they are.
Tensor over_samples(const Tensor& rows);

/// g − mean(g) − x̂ mean(x̂ g) in each part, without mean(g) for Per::pixel.
Tensor projected(const Tensor& hat, const Tensor& g, Per per);

}  // namespace protolith::autograd::detail
