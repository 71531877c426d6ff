// The sum of the gradients that one value receives from the operations that used it.
#pragma once

#include "autograd/var.hpp"

namespace protolith::autograd {

/// sum ← sum + more; an empty sum becomes `more`. In place where nothing is recorded and nobody else holds the sum.
void accumulate(Var& sum, const Var& more);

}  // namespace protolith::autograd
