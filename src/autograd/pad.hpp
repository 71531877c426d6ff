// Recorded margins around images and volumes: zeros, the mirrored image, and cropping.
#pragma once

#include "autograd/var.hpp"

namespace protolith::autograd {

/// Pixels before and after an axis.
struct Margin {
    std::int64_t before = 0, after = 0;
};

/// Zeros around the spatial axes of x, one margin for each, the slowest first; and one margin for all.
Var zero_pad(const Var& x, std::span<const Margin> margins);
Var zero_pad(const Var& x, std::int64_t margin);

/// Takes the margins away: the adjoint of zero_pad.
Var crop(const Var& x, std::span<const Margin> margins);
Var crop(const Var& x, std::int64_t margin);

/// The image mirrored about its first and last pixels, which are not repeated (PyTorch's ReflectionPad). Every spatial
/// axis must be longer than the margin.
Var reflect_pad(const Var& x, std::int64_t margin);

}  // namespace protolith::autograd
