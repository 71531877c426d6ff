#include "nn/batch_norm.hpp"

#include "autograd/normalise.hpp"
#include "base/error.hpp"

#include <cmath>

namespace protolith::nn {
namespace {

constexpr double eps = 1e-5, momentum = 0.1;  // torch.nn's

}  // namespace

BatchNorm::BatchNorm(const Placement& place, std::int64_t channels, double slope)
    : weight_(place.parameter("weight", {channels}, {1.0, 0.02})),
      bias_(place.parameter("bias", {channels}, {})),
      mean_(place.buffer("running_mean", {channels}, {})),
      variance_(place.buffer("running_var", {channels}, {1.0, 0.0})),
      slope_(slope) {}

Var BatchNorm::forward(const Var& x, const Pass& pass) {
    const autograd::Normalisation how{autograd::Per::channel, eps, slope_};
    const autograd::Statistics running{mean_.value, variance_.value};
    if (!pass.training) return autograd::normalise_by(running, x, weight_.var, bias_.var, how);
    autograd::Statistics batch;
    const Var y = autograd::normalise(x, weight_.var, bias_.var, how, &batch);
    autograd::update_running(running, batch, x.value().elements() / x.shape()[-1], momentum);
    return y;
}

Shape BatchNorm::output_shape(const Shape& input) const {
    require_input(input.rank() >= 2 && input[-1] == weight_.var.shape()[0], "{} takes {} channels; the input is {}",
                  describe(), weight_.var.shape()[0], input.text());
    return input;
}

std::string BatchNorm::describe() const { return "BatchNorm" + activation_suffix(slope_); }

ChannelMap BatchNorm::channel_map() const {
    const auto gamma = weight_.var.value().to_doubles(), beta = bias_.var.value().to_doubles();
    const auto mean = mean_.value.to_doubles(), variance = variance_.value.to_doubles();
    ChannelMap map;
    for (std::size_t c = 0; c < gamma.size(); ++c) {
        map.scale.push_back(gamma[c] / std::sqrt(variance[c] + eps));
        map.shift.push_back(beta[c] - mean[c] * map.scale[c]);
    }
    return map;
}

}  // namespace protolith::nn
