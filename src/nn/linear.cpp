#include "nn/linear.hpp"

#include "autograd/cast.hpp"
#include "autograd/matmul.hpp"
#include "autograd/reduce.hpp"
#include "base/error.hpp"

namespace protolith::nn {

using autograd::Transpose;

Linear::Linear(const Placement& place, const LinearSettings& settings)
    : settings_(settings), weight_(place.parameter("weight", {settings.out, settings.in}, settings.initial)) {
    if (settings.bias) bias_ = place.parameter("bias", {settings.out}, {});
}

Var Linear::forward(const Var& x, const Pass&) {
    const Var y = autograd::matmul(x, autograd::cast(weight_.var, x.type()), Transpose::no, Transpose::yes);
    return bias_.var ? autograd::add(y, bias_.var, autograd::Per::channel) : y;
}

Shape Linear::output_shape(const Shape& input) const {
    require_input(input.rank() == 2 && input[1] == settings_.in, "{} takes (N, {}); the input is {}", describe(),
                  settings_.in, input.text());
    return {input[0], settings_.out};
}

double Linear::operations(const Shape& input) const {
    return 2.0 * static_cast<double>(input[0] * settings_.in * settings_.out);
}

std::string Linear::describe() const { return settings_.bias ? "Linear, bias" : "Linear"; }

std::vector<Parameter> Linear::parameters() const {
    return bias_.var ? std::vector{weight_, bias_} : std::vector{weight_};
}

}  // namespace protolith::nn
