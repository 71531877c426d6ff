#include "autograd/convolution.hpp"

#include "autograd/activation.hpp"
#include "autograd/reduce.hpp"
#include "base/error.hpp"
#include "convolution/convolution.hpp"

#include <stdexcept>

namespace protolith::autograd {
namespace {

using kernels::accumulator_t;
using kernels::Extent;

Extent extent_of(const Shape& shape) {
    return shape.rank() == 5 ? Extent{shape[1], shape[2], shape[3]} : Extent{1, shape[1], shape[2]};
}

Shape shape_of(std::int64_t lead, const Extent& e, std::int64_t channels, int dimensions) {
    return dimensions == 3 ? Shape{lead, e[0], e[1], e[2], channels} : Shape{lead, e[1], e[2], channels};
}

Shape x_shape(const ConvolutionGeometry& g) { return shape_of(g.batch, g.x, g.in_channels, g.dimensions); }
Shape y_shape(const ConvolutionGeometry& g) { return shape_of(g.batch, g.y, g.out_channels, g.dimensions); }
Shape w_shape(const ConvolutionGeometry& g) { return shape_of(g.out_channels, g.kernel, g.in_channels, g.dimensions); }

void require_operand(const char* name, const Tensor& found, const Shape& shape, DataType type,
                     const ConvolutionGeometry& g) {
    require(found.shape() == shape && found.type() == type,
            "{} of shape {} and type {} in convolution {}; expected {} {}", name, found.shape().text(),
            name_of(found.type()), g.describe(), shape.text(), name_of(type));
}

kernels::WeightsKey key_of(const Tensor& w) { return {w.identity(), w.version()}; }

void require_ranks(const ConvolutionWindow& window, const char* name, const Shape& image, const Shape& w) {
    const int rank = window.dimensions + 2;
    require_input(image.rank() == rank && w.rank() == rank,
                  "convolution in {} dimensions: {} of shape {} and w of shape {}; both need {} extents",
                  window.dimensions, name, image.text(), w.text(), rank);
    require_input(extent_of(w) == window.kernel, "convolution: w of shape {} and a kernel of {} x {} x {}", w.text(),
                  window.kernel[0], window.kernel[1], window.kernel[2]);
}

/// Sizes that do not fit come from the user's settings.
template <class Make>
ConvolutionGeometry checked(Make&& make) {
    try {
        return make();
    } catch (const std::invalid_argument& error) {
        throw InputError(error.what());
    }
}

template <class A>
kernels::Epilogue<A> epilogue_of(const ConvolutionEnd& end) {
    return {end.bias ? end.bias.value().data<A>() : nullptr, static_cast<A>(end.slope)};
}

Tensor convolved(const Var& x, const Var& w, const ConvolutionGeometry& g, const ConvolutionEnd& end) {
    require_operand("x", x.value(), x_shape(g), x.type(), g);
    require_operand("w", w.value(), w_shape(g), accumulator_of(x.type()), g);
    if (end.bias) require_operand("bias", end.bias.value(), {g.out_channels}, w.type(), g);
    Tensor y(x.queue(), y_shape(g), x.type());
    with_type(x.type(), [&]<class T>(T) {
        using A = accumulator_t<T>;
        PROTOLITH_LAUNCH(x.queue(), convolve(x.queue(), g, x.value().data<T>(), w.value().data<A>(), key_of(w.value()),
                                             y.data<T>(), epilogue_of<A>(end)));
    });
    return y;
}

Tensor data_convolved(const Var& y, const Var& w, const ConvolutionGeometry& g, const ConvolutionEnd& end) {
    require_operand("y", y.value(), y_shape(g), y.type(), g);
    require_operand("w", w.value(), w_shape(g), accumulator_of(y.type()), g);
    if (end.bias) require_operand("bias", end.bias.value(), {g.in_channels}, w.type(), g);
    Tensor x(y.queue(), x_shape(g), y.type());
    with_type(y.type(), [&]<class T>(T) {
        using A = accumulator_t<T>;
        PROTOLITH_LAUNCH(y.queue(), convolve_data(y.queue(), g, y.value().data<T>(), w.value().data<A>(),
                                                  key_of(w.value()), x.data<T>(), epilogue_of<A>(end)));
    });
    return x;
}

Var recorded_convolution(Tensor value, const Var& x, const Var& w, const ConvolutionGeometry& g) {
    return record(std::move(value), {x, w},
                  {[=](auto&, auto& gradient) { return convolution_data(gradient, w, g); },
                   [=](auto&, auto& gradient) { return convolution_weights(x, gradient, g); }});
}

Var recorded_data(Tensor value, const Var& y, const Var& w, const ConvolutionGeometry& g) {
    return record(std::move(value), {y, w},
                  {[=](auto&, auto& gradient) { return convolution(gradient, w, g); },
                   [=](auto&, auto& gradient) { return convolution_weights(gradient, y, g); }});
}

/// The finished value as two steps: + bias, whose input is the convolution, and the bend. Only the last has elements.
Var finished(const Tensor& value, const Var& inner, const ConvolutionEnd& end) {
    const auto bent = [slope = end.slope](auto& y, auto& g) { return slope == 1 ? g : gate(y, g, slope); };
    if (!end.bias) return record(value, {inner}, {bent});
    const Var sum =
        record(Tensor::shape_only(value.queue(), value.shape(), value.type()), {inner, end.bias},
               {[](auto&, auto& g) { return g; }, [](auto&, auto& g) { return autograd::sum(g, Per::channel); }});
    return record(value, {sum}, {bent});
}

}  // namespace

ConvolutionGeometry geometry_of_convolution(const ConvolutionWindow& window, const Shape& x, const Shape& w) {
    require_ranks(window, "x", x, w);
    require_input(x[-1] == w[-1], "convolution: x of shape {} has {} channels, w of shape {} expects {}", x.text(),
                  x[-1], w.text(), w[-1]);
    return checked([&] { return convolution_geometry(window, x[0], extent_of(x), x[-1], w[0]); });
}

ConvolutionGeometry geometry_of_transposed(const ConvolutionWindow& window, const Shape& y, const Shape& w) {
    require_ranks(window, "y", y, w);
    require_input(y[-1] == w[0], "transposed convolution: y of shape {} has {} channels, w of shape {} expects {}",
                  y.text(), y[-1], w.text(), w[0]);
    return checked([&] { return transposed_geometry(window, y[0], extent_of(y), y[-1], w[-1]); });
}

Var convolution(const Var& x, const Var& w, const ConvolutionGeometry& g) {
    return recorded_convolution(convolved(x, w, g, {}), x, w, g);
}

Var convolution_data(const Var& y, const Var& w, const ConvolutionGeometry& g) {
    return recorded_data(data_convolved(y, w, g, {}), y, w, g);
}

Var convolution(const Var& x, const Var& w, const ConvolutionGeometry& g, const ConvolutionEnd& end) {
    const Tensor y = convolved(x, w, g, end);
    return finished(y, recorded_convolution(Tensor::shape_only(y.queue(), y.shape(), y.type()), x, w, g), end);
}

Var convolution_data(const Var& y, const Var& w, const ConvolutionGeometry& g, const ConvolutionEnd& end) {
    const Tensor x = data_convolved(y, w, g, end);
    return finished(x, recorded_data(Tensor::shape_only(x.queue(), x.shape(), x.type()), y, w, g), end);
}

Var convolution_weights(const Var& x, const Var& y, const ConvolutionGeometry& g) {
    require_operand("x", x.value(), x_shape(g), x.type(), g);
    require_operand("y", y.value(), y_shape(g), x.type(), g);
    Tensor w(x.queue(), w_shape(g), accumulator_of(x.type()));
    with_type(x.type(), [&]<class T>(T) {
        PROTOLITH_LAUNCH(x.queue(), convolve_weights(x.queue(), g, x.value().data<T>(), y.value().data<T>(),
                                                     w.data<accumulator_t<T>>()));
    });
    return record(w, {x, y},
                  {[=](auto&, auto& gradient) { return convolution_data(y, gradient, g); },
                   [=](auto&, auto& gradient) { return convolution(x, gradient, g); }});
}

}  // namespace protolith::autograd
