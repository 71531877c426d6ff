// Recorded concatenation along any axis (channels: −1, batch: 0) and its inverse.
#pragma once

#include "autograd/var.hpp"

namespace protolith::autograd {

/// The parts one after the other along `axis`; they agree in type and in every other extent.
Var concat(const std::vector<Var>& parts, int axis);

/// x in parts of these sizes along `axis`, which add up to its extent. Parts of the outermost axis share x's elements.
std::vector<Var> split(const Var& x, int axis, std::span<const std::int64_t> sizes);

}  // namespace protolith::autograd
