#include "nn/instance_norm.hpp"

#include "autograd/normalise.hpp"
#include "base/error.hpp"

namespace protolith::nn {

InstanceNorm::InstanceNorm(const Placement& place, std::int64_t channels, double slope)
    : weight_(place.parameter("weight", {channels}, {1.0, 0.0})),
      bias_(place.parameter("bias", {channels}, {})),
      slope_(slope) {}

Var InstanceNorm::forward(const Var& x, const Pass&) {
    constexpr double eps = 1e-5;  // torch.nn's
    return autograd::normalise(x, weight_.var, bias_.var, {autograd::Per::instance, eps, slope_});
}

Shape InstanceNorm::output_shape(const Shape& input) const {
    require_input(input.rank() >= 3 && input[-1] == weight_.var.shape()[0], "{} takes {} channels; the input is {}",
                  describe(), weight_.var.shape()[0], input.text());
    return input;
}

std::string InstanceNorm::describe() const { return "InstanceNorm" + activation_suffix(slope_); }

}  // namespace protolith::nn
