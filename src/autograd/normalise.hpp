// Recorded normalisation: batch norm (Ioffe & Szegedy 2015), instance norm (Ulyanov et al. 2016) and pixel norm (Karras
// et al. 2018), fused with affine parameters and activation. The first-order backward is fused too; where it is itself
// recorded it is made of the closed set { normalise, project, 1/σ }, whose derivatives lie in the set again.
#pragma once

#include "autograd/reduce.hpp"
#include "autograd/var.hpp"

namespace protolith::autograd {

/// How to normalise: Per::channel is batch norm, Per::instance instance norm, Per::pixel pixel norm: x / √(mean(x²) +
/// eps) over the channels of a place, without a mean.
struct Normalisation {
    Per per = Per::channel;
    double eps = 1e-5;
    /// Of the activation that follows, below zero: 1 none, 0 ReLU, between them LeakyReLU.
    double slope = 1;
};

/// Statistics of each part: rows of the type of weights and sums. The variance is the biased one; for Per::pixel the
/// mean is empty and the variance the mean square.
struct Statistics {
    Tensor mean, variance;
};

Statistics statistics(const Tensor& x, Per per);

/// activation(γ (x − mean) / √(variance + eps) + β) with the statistics of x itself. γ and β have the shape (C) and the
/// type of weights; both may be empty (γ 1, β 0), and are so for Per::pixel. `found` receives the statistics.
Var normalise(const Var& x, const Var& gamma, const Var& beta, const Normalisation& how, Statistics* found = nullptr);

/// The same with given statistics (C), as batch norm does at inference: a scale and a shift for each channel.
Var normalise_by(const Statistics& given, const Var& x, const Var& gamma, const Var& beta, const Normalisation& how);

/// running ← (1 − momentum) running + momentum · found, in place, with the unbiased variance of `count` values. A count
/// of one has no variance: Error.
void update_running(const Statistics& running, const Statistics& found, std::int64_t count, double momentum = 0.1);

}  // namespace protolith::autograd
