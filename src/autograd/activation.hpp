// Recorded activations. Those with a kink are switches: linear in one operand and flat in the one that switches, so
// that they add nothing of second order.
#pragma once

#include "autograd/var.hpp"

namespace protolith::autograd {

/// (x > 0 ? 1 : slope) · v: the gradient of LeakyReLU at x, applied to v. No gradient flows to x.
Var gate(const Var& x, const Var& v, double slope);
Var leaky_relu(const Var& x, double slope);
Var relu(const Var& x);
/// |x|; its derivative at 0 is taken as 0.
Var abs(const Var& x);
/// x held between low and high; the derivative at the bounds is 1.
Var clamp(const Var& x, double low, double high);

Var tanh(const Var& x);
Var sigmoid(const Var& x);
/// log(1 + eˣ) without overflow.
Var softplus(const Var& x);
/// x · sigmoid(x) (Ramachandran et al. 2017).
Var swish(const Var& x);
/// Klambauer et al. 2017.
Var selu(const Var& x);
/// x > 0 ? x : slope · x with a slope for each channel (He et al. 2015). `slope` has the shape (C), or () where all
/// channels share it, and the type of the weights.
Var prelu(const Var& x, const Var& slope);

}  // namespace protolith::autograd
