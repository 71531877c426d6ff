// Spectral normalisation (Miyato et al. 2018, ICLR): weights divided by their largest singular value, which a power
// iteration follows through the training.
#pragma once

#include "autograd/var.hpp"

namespace protolith::autograd {

/// w/σ with σ = uᵀWv, W being the weights (K, …) as a matrix (K, rest): the singular values of the usual (rest, K).
/// v = Wᵀu/‖Wᵀu‖; with `iterate` (a forward pass of training) u (K) is then replaced by Wv/‖Wv‖. u and v are constants:
/// the gradient flows through w and through the W of σ. u has the weights' type.
Var spectral_norm(const Var& w, const Tensor& u, bool iterate);

}  // namespace protolith::autograd
