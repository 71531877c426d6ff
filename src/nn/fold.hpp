// A network for generation: every batch norm that follows a convolution goes into its weights and bias, and its
// activation into the convolution's own pass over the result.
#pragma once

#include "nn/sequential.hpp"

namespace protolith::nn {

/// The layers with their running statistics as they are now: equal to the inference pass to rounding. Folded
/// convolutions have weights of their own; every other layer is shared with `network`.
std::unique_ptr<Sequential> folded(const Sequential& network);

}  // namespace protolith::nn
