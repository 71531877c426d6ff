// Minibatch standard deviation (Karras et al. 2018, ICLR): one more channel that tells a critic how much the samples of
// its batch differ.
#pragma once

#include "autograd/var.hpp"

namespace protolith::autograd {

/// x (N, …, C) to (N, …, C + 1): the new last channel is everywhere the mean over all features (…, C) of the standard
/// deviation over the batch, √(variance + epsilon) with the variance divided by N. With several groups the batch is
/// that many batches of equal size one after the other (real, generated, interpolated), each with a value of its own.
Var minibatch_stddev(const Var& x, std::int64_t groups = 1, double epsilon = 1e-8);

}  // namespace protolith::autograd
