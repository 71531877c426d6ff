// Recorded conversion between element types.
#pragma once

#include "autograd/var.hpp"

namespace protolith::autograd {

/// x in `type`, rounded to nearest; x itself where it has that type. The gradient is converted back.
Var cast(const Var& x, DataType type);

}  // namespace protolith::autograd
