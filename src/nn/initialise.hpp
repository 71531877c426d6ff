// First values of parameters and buffers: normally distributed by Philox keyed by (seed, weights, network and
// parameter), so that they do not depend on rank, backend or precision.
#pragma once

#include "nn/module.hpp"

namespace protolith::nn {

/// `network` tells the networks of one model apart (below 2¹⁶): generator 0, critic 1.
void initialise(const Module& module, std::uint64_t seed, std::uint32_t network);

}  // namespace protolith::nn
