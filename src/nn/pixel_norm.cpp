#include "nn/pixel_norm.hpp"

#include "autograd/normalise.hpp"

namespace protolith::nn {

Var PixelNorm::forward(const Var& x, const Pass&) {
    return autograd::normalise(x, {}, {}, {autograd::Per::pixel, eps_, slope_});
}

std::string PixelNorm::describe() const { return "PixelNorm" + activation_suffix(slope_); }

}  // namespace protolith::nn
