// A recorded linear map of each spatial axis: what resizing, average pooling and reflecting pads are made of.
#pragma once

#include "autograd/var.hpp"
#include "resize/axis_map.hpp"

namespace protolith::autograd {

/// x (N, axes' in, C) to (N, axes' out, C); one map for each spatial axis, the slowest first. `adjoint` goes from out
/// to in by the transposed map.
Var separable(const Var& x, std::span<const kernels::AxisMap> axes, bool adjoint = false);

}  // namespace protolith::autograd
