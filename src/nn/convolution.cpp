#include "nn/convolution.hpp"

#include "autograd/convolution.hpp"

#include <fmt/format.h>

namespace protolith::nn {
namespace {

using kernels::Extent;

Shape image_shape(std::int64_t outer, const Extent& e, std::int64_t channels, int dimensions) {
    return dimensions == 3 ? Shape{outer, e[0], e[1], e[2], channels} : Shape{outer, e[1], e[2], channels};
}

Shape weight_shape(const ConvolutionSettings& s, std::int64_t outer, std::int64_t inner) {
    return image_shape(outer, s.window.kernel, inner, s.window.dimensions);
}

std::string numbers(const Extent& e, int dimensions) {
    if (dimensions == 3) return fmt::format("{}×{}×{}", e[0], e[1], e[2]);
    return fmt::format("{}×{}", e[1], e[2]);
}

}  // namespace

Convolution::Convolution(const Placement& place, const ConvolutionSettings& settings)
    : Convolution(place, settings, weight_shape(settings, settings.out, settings.in)) {}

Convolution::Convolution(const Placement& place, const ConvolutionSettings& settings, const Shape& weight_shape)
    : settings_(settings), weight_(place.parameter("weight", weight_shape, settings.initial)) {
    if (settings.bias) bias_ = place.parameter("bias", {settings.out}, {});
}

Var Convolution::apply(const Var& x, const Var& weight) const {
    const auto geometry = autograd::geometry_of_convolution(settings_.window, x.shape(), weight.shape());
    return autograd::convolution(x, weight, geometry, {bias_.var, settings_.slope});
}

Shape Convolution::output_shape(const Shape& input) const {
    const auto geometry = autograd::geometry_of_convolution(settings_.window, input, weight_.var.shape());
    return image_shape(input[0], geometry.y, settings_.out, settings_.window.dimensions);
}

double Convolution::operations(const Shape& input) const {
    return autograd::geometry_of_convolution(settings_.window, input, weight_.var.shape()).operations();
}

std::string Convolution::describe() const { return "Conv " + describe_window(); }

std::vector<Parameter> Convolution::parameters() const {
    return bias_.var ? std::vector{weight_, bias_} : std::vector{weight_};
}

std::string Convolution::describe_window() const {
    const auto& w = settings_.window;
    std::string text = numbers(w.kernel, w.dimensions) + fmt::format(" s{} p{}", w.stride[2], w.low[2]);
    if (bias_.var) text += ", bias";
    return text + activation_suffix(settings_.slope);
}

TransposedConvolution::TransposedConvolution(const Placement& place, const ConvolutionSettings& settings)
    : Convolution(place, settings, weight_shape(settings, settings.in, settings.out)) {}

Var TransposedConvolution::apply(const Var& x, const Var& weight) const {
    const auto geometry = autograd::geometry_of_transposed(settings_.window, x.shape(), weight.shape());
    return autograd::convolution_data(x, weight, geometry, {bias_.var, settings_.slope});
}

Shape TransposedConvolution::output_shape(const Shape& input) const {
    const auto geometry = autograd::geometry_of_transposed(settings_.window, input, weight_.var.shape());
    return image_shape(input[0], geometry.x, settings_.out, settings_.window.dimensions);
}

double TransposedConvolution::operations(const Shape& input) const {
    return autograd::geometry_of_transposed(settings_.window, input, weight_.var.shape()).operations();
}

std::string TransposedConvolution::describe() const { return "ConvT " + describe_window(); }

}  // namespace protolith::nn
