// Recorded softmax over the channels of every pixel, and its logarithm.
#pragma once

#include "autograd/var.hpp"

namespace protolith::autograd {

/// exp(x_c)/Σ exp(x) over the last axis.
Var softmax(const Var& x);
/// x − log Σ exp(x) over the last axis: what a cross-entropy with logits is made of.
Var log_softmax(const Var& x);

}  // namespace protolith::autograd
