// Gradients clipped by their common norm (Pascanu et al. 2013).
#pragma once

#include "autograd/var.hpp"

namespace protolith::optim {

/// Euclidean norm of all gradients together; NaN or infinite where one of them is.
double global_norm(const std::vector<autograd::Var>& gradients);

/// Scales all gradients in place by min(1, limit / (norm + 1e-6)), as PyTorch does, so that their common norm is at
/// most `limit` (> 0); gives the norm before.
double clip_by_global_norm(const std::vector<autograd::Var>& gradients, double limit);

}  // namespace protolith::optim
