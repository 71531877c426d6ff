#include "nn/spatial.hpp"

#include "autograd/pad.hpp"
#include "autograd/space_to_depth.hpp"
#include "base/error.hpp"

namespace protolith::nn {
namespace {

/// The shape with side(s) for each spatial extent s.
template <class Side>
Shape with_sides(const Shape& image, Side&& side) {
    require_input(image.rank() == 4 || image.rank() == 5, "{} is neither an image (N, H, W, C) nor a volume",
                  image.text());
    Shape result = image;
    for (int axis = 1; axis < image.rank() - 1; ++axis) result = result.with(axis, side(image[axis]));
    return result;
}

std::int64_t power(std::int64_t base, int exponent) { return exponent == 0 ? 1 : base * power(base, exponent - 1); }

}  // namespace

Var ReflectPad::forward(const Var& x, const Pass&) { return autograd::reflect_pad(x, margin_); }

Shape ReflectPad::output_shape(const Shape& input) const {
    return with_sides(input, [&](std::int64_t side) {
        require_input(side > margin_, "{} needs sides above {}; the input is {}", describe(), margin_, input.text());
        return side + 2 * margin_;
    });
}

std::string ReflectPad::describe() const { return fmt::format("ReflectPad {}", margin_); }

Var Upsample::forward(const Var& x, const Pass&) { return autograd::upsample(x, factor_, rule_); }

Shape Upsample::output_shape(const Shape& input) const {
    return with_sides(input, [&](std::int64_t side) { return side * factor_; });
}

std::string Upsample::describe() const {
    return fmt::format("Upsample ×{} {}", factor_, rule_ == autograd::Interpolation::nearest ? "nearest" : "linear");
}

Var Pool::forward(const Var& x, const Pass&) {
    return kind_ == Kind::average ? autograd::average_pool(x, pooling_) : autograd::max_pool(x, pooling_);
}

Shape Pool::output_shape(const Shape& input) const {
    return with_sides(input, [&](std::int64_t side) {
        require_input(side + 2 * pooling_.pad >= pooling_.window, "{} is larger than the input {}", describe(),
                      input.text());
        return (side + 2 * pooling_.pad - pooling_.window) / pooling_.stride + 1;
    });
}

std::string Pool::describe() const {
    return fmt::format("{} {} s{} p{}", kind_ == Kind::average ? "AveragePool" : "MaxPool", pooling_.window,
                       pooling_.stride, pooling_.pad);
}

Var SpaceToDepth::forward(const Var& x, const Pass&) {
    return autograd::space_to_depth(x, block_, kernels::BlockOrder::pixel_major);
}

Shape SpaceToDepth::output_shape(const Shape& input) const {
    const Shape sides = with_sides(input, [&](std::int64_t side) {
        require_input(side % block_ == 0, "{} needs sides that {} divides; the input is {}", describe(), block_,
                      input.text());
        return side / block_;
    });
    return sides.with(-1, input[-1] * power(block_, input.rank() - 2));
}

std::string SpaceToDepth::describe() const { return fmt::format("SpaceToDepth {}", block_); }

Var PixelShuffle::forward(const Var& x, const Pass&) {
    return autograd::depth_to_space(x, block_, kernels::BlockOrder::channel_major);
}

Shape PixelShuffle::output_shape(const Shape& input) const {
    const Shape sides = with_sides(input, [&](std::int64_t side) { return side * block_; });
    const std::int64_t pixels = power(block_, input.rank() - 2);
    require_input(input[-1] % pixels == 0, "{} needs channels that {} divides; the input is {}", describe(), pixels,
                  input.text());
    return sides.with(-1, input[-1] / pixels);
}

std::string PixelShuffle::describe() const { return fmt::format("PixelShuffle {}", block_); }

}  // namespace protolith::nn
