#include "autograd/convolution_layer.hpp"

#include "autograd/activation.hpp"
#include "autograd/reduce.hpp"
#include "base/error.hpp"
#include "convolution/convolution.hpp"

namespace protolith::autograd {
namespace {

using kernels::accumulator_t;
using kernels::Extent;

Shape image_shape(const ConvolutionGeometry& g, const Extent& e, std::int64_t channels) {
    return g.dimensions == 3 ? Shape{g.batch, e[0], e[1], e[2], channels} : Shape{g.batch, e[1], e[2], channels};
}

Shape weight_shape(const ConvolutionGeometry& g) {
    const Shape image = image_shape(g, g.kernel, g.in_channels);
    return image.with(0, g.out_channels);
}

void check(const Var& in, const Shape& in_shape, const Var& w, const Tensor& result, const Following& following,
           const ConvolutionGeometry& g) {
    require(in.shape() == in_shape && w.shape() == weight_shape(g), "convolution {} of {} with weights {}",
            g.describe(), in.shape().text(), w.shape().text());
    require(w.type() == accumulator_of(in.type()), "weights of {} for activations of {}", name_of(w.type()),
            name_of(in.type()));
    require(following.slope >= 0, "the activation after a convolution has the slope {}; expected at least 0",
            following.slope);
    if (following.bias) require_row(following.bias.value(), result, Per::channel);
}

template <class T>
kernels::Epilogue<accumulator_t<T>> epilogue_of(const Following& following) {
    using A = accumulator_t<T>;
    return {following.bias ? following.bias.value().data<A>() : nullptr, static_cast<A>(following.slope)};
}

/// Enters the result as two operations: the linear one, whose value is not stored where an activation follows, and the
/// activation.
Var enter(const Tensor& result, const Var& in, const Var& w, const Following& following, Rule to_in, Rule to_w) {
    const double slope = following.slope;
    std::vector<Var> inputs{in, w};
    std::vector<Rule> rules{std::move(to_in), std::move(to_w)};
    if (following.bias) {
        inputs.push_back(following.bias);
        rules.push_back([](auto&, auto& g) { return sum(g, Per::channel); });
    }
    if (slope == 1.0) return record(result, std::move(inputs), std::move(rules));
    const Tensor unread = Tensor::shape_only(result.queue(), result.shape(), result.type());
    const Var linear = record(unread, std::move(inputs), std::move(rules));
    return record(result, {linear}, {[slope](auto& y, auto& g) { return gate(y, g, slope); }});
}

kernels::WeightsKey key_of(const Tensor& w) { return {w.identity(), w.version()}; }

}  // namespace

Var convolution(const Var& x, const Var& w, const ConvolutionGeometry& g, const Following& following) {
    const Tensor y(x.queue(), image_shape(g, g.y, g.out_channels), x.type());
    check(x, image_shape(g, g.x, g.in_channels), w, y, following, g);
    with_type(x.type(), [&]<class T>(T) {
        const auto* weights = w.value().data<accumulator_t<T>>();
        PROTOLITH_LAUNCH(x.queue(), convolve(x.queue(), g, x.value().data<T>(), weights, key_of(w.value()), y.data<T>(),
                                             epilogue_of<T>(following)));
    });
    return enter(
        y, x, w, following, [=](auto&, auto& gradient) { return convolution_data(gradient, w, g); },
        [=](auto&, auto& gradient) { return convolution_weights(x, gradient, g); });
}

Var convolution_data(const Var& y, const Var& w, const ConvolutionGeometry& g, const Following& following) {
    const Tensor x(y.queue(), image_shape(g, g.x, g.in_channels), y.type());
    check(y, image_shape(g, g.y, g.out_channels), w, x, following, g);
    with_type(y.type(), [&]<class T>(T) {
        const auto* weights = w.value().data<accumulator_t<T>>();
        PROTOLITH_LAUNCH(y.queue(), convolve_data(y.queue(), g, y.value().data<T>(), weights, key_of(w.value()),
                                                  x.data<T>(), epilogue_of<T>(following)));
    });
    return enter(
        x, y, w, following, [=](auto&, auto& gradient) { return convolution(gradient, w, g); },
        [=](auto&, auto& gradient) { return convolution_weights(gradient, y, g); });
}

}  // namespace protolith::autograd
