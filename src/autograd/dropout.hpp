// Recorded dropout.
#pragma once

#include "autograd/var.hpp"
#include "dropout/dropout.hpp"

namespace protolith::autograd {

using kernels::DropoutKey;

/// x/(1 − p) where an element stays and 0 where it goes, with 0 ≤ p < 1 in steps of 2⁻¹⁶. What stays depends on the key
/// and the element's index alone; the mask is made again in the backward.
Var dropout(const Var& x, double probability, const DropoutKey& key);

}  // namespace protolith::autograd
