#include "optim/clip.hpp"

#include "base/error.hpp"
#include "optimise/gradient.hpp"

#include <cmath>

namespace protolith::optim {
namespace {

/// Σ g² over all gradients: one number on the device.
Tensor squared_norm(const std::vector<autograd::Var>& gradients) {
    require(!gradients.empty(), "no gradients to measure");
    Tensor total = Tensor::zeros(gradients[0].queue(), {}, DataType::float64);
    for (const auto& gradient : gradients) {
        const Tensor& g = gradient.value();
        with_accumulator_type(g.type(), [&]<class T>(T) {
            PROTOLITH_LAUNCH(g.queue(), add_squared_norm(g.queue(), g.data<T>(), g.elements(), total.data<double>()));
        });
    }
    return total;
}

}  // namespace

double global_norm(const std::vector<autograd::Var>& gradients) { return std::sqrt(squared_norm(gradients).item()); }

double clip_by_global_norm(const std::vector<autograd::Var>& gradients, double limit) {
    require_input(limit > 0, "gradients clipped to the norm {}; expected a positive number", limit);
    const Tensor total = squared_norm(gradients);
    for (const auto& gradient : gradients) {
        const Tensor& g = gradient.value();
        with_accumulator_type(g.type(), [&]<class T>(T) {
            PROTOLITH_LAUNCH(g.queue(), clip(g.queue(), total.data<double>(), limit, g.data<T>(), g.elements()));
        });
        g.changed();
    }
    return std::sqrt(total.item());
}

}  // namespace protolith::optim
