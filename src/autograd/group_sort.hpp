// Recorded GroupSort (Anil, Lucas & Grosse 2019, ICML): the activation of networks of bounded slope.
#pragma once

#include "autograd/var.hpp"

namespace protolith::autograd {

/// Groups of `group` neighbouring channels, each in ascending order; 2 ≤ group ≤ 256 divides the channels. The order
/// is kept for the backward in one byte for a pair, else one for each element.
Var group_sort(const Var& x, std::int64_t group = 2);

}  // namespace protolith::autograd
