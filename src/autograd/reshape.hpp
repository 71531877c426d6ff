// The same elements seen in another shape.
#pragma once

#include "autograd/var.hpp"

namespace protolith::autograd {

/// x in a shape of equal size; shares the elements.
Var reshape(const Var& x, const Shape& shape);

}  // namespace protolith::autograd
