#include "nn/activation.hpp"

#include "autograd/activation.hpp"

#include <fmt/format.h>

namespace protolith::nn {

Tanh::Tanh() : Pointwise("tanh", autograd::tanh) {}
Sigmoid::Sigmoid() : Pointwise("sigmoid", autograd::sigmoid) {}
Swish::Swish() : Pointwise("swish", autograd::swish) {}
Selu::Selu() : Pointwise("SELU", autograd::selu) {}

Var LeakyRelu::forward(const Var& x, const Pass&) { return autograd::leaky_relu(x, slope_); }
std::string LeakyRelu::describe() const { return slope_ == 0 ? "ReLU" : fmt::format("LeakyReLU {}", slope_); }

PRelu::PRelu(const Placement& place, std::int64_t slopes)
    : slope_(place.parameter("weight", slopes == 1 ? Shape{} : Shape{slopes}, {0.25, 0.0})) {}
Var PRelu::forward(const Var& x, const Pass&) { return autograd::prelu(x, slope_.var); }

}  // namespace protolith::nn
