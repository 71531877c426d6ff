// Recorded slices, and the zero padding that is their adjoint.
#pragma once

#include "autograd/var.hpp"
#include "slice/slice.hpp"

namespace protolith::autograd {

/// The part of x inside the box; and a tensor of the box's whole shape with x inside the box and zeros elsewhere.
Var cut(const Var& x, const kernels::Box& box);
Var embed(const Var& x, const kernels::Box& box);

/// The box that takes [begin, end) of one axis and all of the others. Negative axes count from the end.
kernels::Box axis_box(const Shape& whole, int axis, std::int64_t begin, std::int64_t end);

/// Elements [begin, end) of one axis. A slice of the outermost axis shares the elements of x.
Var slice(const Var& x, int axis, std::int64_t begin, std::int64_t end);

}  // namespace protolith::autograd
