// Every layer of layers.h5 equals PyTorch's: value, first derivatives, derivatives of a gradient penalty.
#include "golden.hpp"

#include "autograd/activation.hpp"
#include "autograd/cast.hpp"
#include "autograd/convolution.hpp"
#include "autograd/group_sort.hpp"
#include "autograd/losses.hpp"
#include "autograd/matmul.hpp"
#include "autograd/minibatch_stddev.hpp"
#include "autograd/normalise.hpp"
#include "autograd/pad.hpp"
#include "autograd/pool.hpp"
#include "autograd/reshape.hpp"
#include "autograd/resize.hpp"
#include "autograd/softmax.hpp"
#include "autograd/space_to_depth.hpp"
#include "autograd/spectral_norm.hpp"

#include <array>
#include <set>

namespace protolith::autograd {
namespace {

using Layer = std::function<Var(const Inputs&)>;

const Var& x(const Inputs& in) { return in.at("x"); }
const Var& weight(const Inputs& in) { return in.at("weight"); }
Var or_none(const Inputs& in, const char* name) { return in.contains(name) ? in.at(name) : Var(); }

Var with_bias(const Inputs& in, const Var& y) { return in.contains("bias") ? add(y, in.at("bias"), Per::channel) : y; }

/// A convolution with this window, after a mirrored margin.
Layer conv(const ConvolutionWindow& window, std::int64_t mirrored = 0) {
    return [=](const Inputs& in) {
        const Var from = mirrored > 0 ? reflect_pad(x(in), mirrored) : x(in);
        return with_bias(
            in, convolution(from, weight(in), geometry_of_convolution(window, from.shape(), weight(in).shape())));
    };
}

Layer transposed(const ConvolutionWindow& window) {
    return [=](const Inputs& in) {
        return with_bias(
            in, convolution_data(x(in), weight(in), geometry_of_transposed(window, x(in).shape(), weight(in).shape())));
    };
}

ConvolutionWindow plane(std::int64_t kernel, std::int64_t stride = 1, std::int64_t padding = 0,
                        std::int64_t output_padding = 0) {
    return ConvolutionWindow::cube(2, kernel, stride, padding, output_padding);
}

ConvolutionWindow solid(std::int64_t kernel, std::int64_t stride, std::int64_t padding,
                        std::int64_t output_padding = 0) {
    return ConvolutionWindow::cube(3, kernel, stride, padding, output_padding);
}

std::vector<Golden> convolutions() {
    return {
        {"conv_1x1", conv(plane(1))},
        {"conv_3x3", conv(plane(3, 1, 1))},
        {"conv_3x3_one_channel_one_image", conv(plane(3, 1, 1))},
        {"conv_3x3_valid", conv(plane(3))},
        {"conv_3x3_stride_2", conv(plane(3, 2, 1))},
        {"conv_3x3_stride_2_odd", conv(plane(3, 2, 1))},
        {"conv_4x4_stride_2", conv(plane(4, 2, 1))},
        {"conv_4x4_stride_2_odd", conv(plane(4, 2, 1))},
        {"conv_4x4_stride_1", conv(plane(4, 1, 1))},
        {"conv_4x4_to_one_pixel", conv(plane(4))},
        {"conv_7x7_reflect_3", conv(plane(7), 3)},
        {"conv_9x9_reflect_4", conv(plane(9), 4)},
        {"conv_3x3_reflect_1", conv(plane(3), 1)},
        {"conv3d_3x3x3", conv(solid(3, 1, 1))},
        {"conv3d_4x4x4_stride_2", conv(solid(4, 2, 1))},
        {"transposed_4x4_from_one_pixel", transposed(plane(4))},
        {"transposed_4x4_stride_2", transposed(plane(4, 2, 1))},
        {"transposed_4x4_stride_2_to_one_channel", transposed(plane(4, 2, 1))},
        {"transposed_3x3_stride_2_output_padding", transposed(plane(3, 2, 1, 1))},
        {"transposed3d_4x4x4_stride_2", transposed(solid(4, 2, 1))},
        {"transposed3d_3x3x3_stride_2_output_padding", transposed(solid(3, 2, 1, 1))},
        {"linear",
         [](auto& in) {
             return with_bias(in, matmul(x(in), cast(weight(in), x(in).type()), Transpose::no, Transpose::yes));
         }},
    };
}

Layer norm_layer(const Normalisation& how) {
    return [=](const Inputs& in) { return normalise(x(in), or_none(in, "weight"), or_none(in, "bias"), how); };
}

Var evaluation(const Inputs& in) {
    const Statistics given{in.at("running_mean").value(), in.at("running_var").value()};
    return normalise_by(given, x(in), weight(in), in.at("bias"), {});
}

Var iterated_spectral_norm(const Inputs& in) { return spectral_norm(weight(in), in.at("u_before").value(), true); }

std::vector<Golden> norms() {
    return {
        {"batch_norm", norm_layer({.per = Per::channel})},
        {"batch_norm_relu", norm_layer({.per = Per::channel, .slope = 0})},
        {"batch_norm_3d", norm_layer({.per = Per::channel})},
        {"batch_norm_of_pixels", norm_layer({.per = Per::channel})},
        {"batch_norm_evaluation", evaluation},
        {"instance_norm", norm_layer({.per = Per::instance})},
        {"instance_norm_plain", norm_layer({.per = Per::instance})},
        {"instance_norm_leaky_relu", norm_layer({.per = Per::instance, .slope = 0.2})},
        {"instance_norm_3d", norm_layer({.per = Per::instance})},
        {"pixel_norm", norm_layer({.per = Per::pixel, .eps = 1e-8})},
        {"minibatch_stddev", [](auto& in) { return minibatch_stddev(x(in)); }},
        {"spectral_norm", iterated_spectral_norm},
        {"spectral_norm_of_one_channel", iterated_spectral_norm},
    };
}

std::vector<Golden> activations() {
    return {
        {"relu", [](auto& in) { return relu(x(in)); }},
        {"leaky_relu", [](auto& in) { return leaky_relu(x(in), 0.2); }},
        {"prelu", [](auto& in) { return prelu(x(in), reshape(weight(in), {})); }},
        {"prelu_by_channel", [](auto& in) { return prelu(x(in), weight(in)); }},
        {"tanh", [](auto& in) { return tanh(x(in)); }},
        {"sigmoid", [](auto& in) { return sigmoid(x(in)); }},
        {"swish", [](auto& in) { return swish(x(in)); }},
        {"swish_normalised", [](auto& in) { return scale(swish(x(in)), 1 / 1.09984); }},
        {"selu", [](auto& in) { return selu(x(in)); }},
        {"softmax", [](auto& in) { return softmax(x(in)); }},
        {"log_softmax", [](auto& in) { return log_softmax(x(in)); }},
        {"group_sort", [](auto& in) { return group_sort(x(in), 2); }},
    };
}

/// Resizing to these extents.
template <std::size_t N>
Layer resized(const std::array<std::int64_t, N>& size, Interpolation rule) {
    return [=](const Inputs& in) { return resize(x(in), size, rule); };
}

std::vector<Golden> maps() {
    return {
        {"nearest_twice", resized<2>({6, 10}, Interpolation::nearest)},
        {"nearest_twice_3d", resized<3>({4, 6, 2}, Interpolation::nearest)},
        {"bilinear_twice", resized<2>({6, 10}, Interpolation::linear)},
        {"bilinear_half", resized<2>({4, 3}, Interpolation::linear)},
        {"bilinear_to_other_size", resized<2>({7, 4}, Interpolation::linear)},
        {"pixel_shuffle", [](auto& in) { return depth_to_space(x(in), 2, BlockOrder::channel_major); }},
        {"pixel_unshuffle", [](auto& in) { return space_to_depth(x(in), 2, BlockOrder::channel_major); }},
        {"average_pool", [](auto& in) { return average_pool(x(in)); }},
        {"average_pool_3d", [](auto& in) { return average_pool(x(in)); }},
        {"max_pool", [](auto& in) { return max_pool(x(in)); }},
        {"reflect_pad", [](auto& in) { return reflect_pad(x(in), 2); }},
    };
}

std::vector<Golden> losses() {
    return {
        {"l1", [](auto& in) { return l1_loss(x(in), in.at("target")); }},
        {"cross_entropy", [](auto& in) { return cross_entropy(x(in), in.at("target")); }},
        {"binary_cross_entropy_real", [](auto& in) { return binary_cross_entropy(x(in), 1); }},
        {"binary_cross_entropy_generated", [](auto& in) { return binary_cross_entropy(x(in), 0); }},
    };
}

std::vector<Golden> all_layers() {
    std::vector<Golden> all;
    for (const auto& family : {convolutions(), norms(), activations(), maps(), losses()})
        all.insert(all.end(), family.begin(), family.end());
    return all;
}

class GoldenLayer : public ::testing::TestWithParam<Golden> {};

TEST_P(GoldenLayer, EqualsPyTorchsUpToSecondDerivatives) { expect_equals_pytorch(GetParam(), DataType::float64); }

TEST_P(GoldenLayer, EqualsPyTorchsInFloat32) { expect_equals_pytorch(GetParam(), DataType::float32); }

TEST_P(GoldenLayer, EqualsPyTorchsInBfloat16) { expect_equals_pytorch(GetParam(), DataType::bfloat16); }

INSTANTIATE_TEST_SUITE_P(, GoldenLayer, ::testing::ValuesIn(all_layers()),
                         [](const auto& layer) { return layer.param.name; });

TEST(GoldenLayers, NoneOfTheFileIsLeftOut) {
    Queue queue;
    const reference::ReferenceFile file(queue, "layers.h5");
    std::set<std::string> untested;
    for (const auto& name : file.names("/"))
        if (name.ends_with("/functional")) untested.insert(name.substr(0, name.find('/')));
    EXPECT_GT(untested.size(), 50u);
    for (const Golden& golden : all_layers()) EXPECT_EQ(untested.erase(golden.name), 1u) << golden.name;
    EXPECT_EQ(untested, std::set<std::string>{});
}

TEST(GoldenLayers, SpectralNormsPowerIterationMovesU) {
    Queue queue;
    const reference::ReferenceFile file(queue, "layers.h5");
    for (const std::string group : {"/spectral_norm/", "/spectral_norm_of_one_channel/"}) {
        const Tensor u = file.tensor(group + "u_before");
        spectral_norm(Var(file.tensor(group + "input.weight")), u, true);
        file.expect_equal(u, group + "u_after");
    }
}

TEST(GoldenLayers, RunningStatisticsFollowTwoBatches) {
    Queue queue;
    const reference::ReferenceFile file(queue, "layers.h5");
    const std::string group = "/batch_norm_running/";
    const Var gamma(file.tensor(group + "input.weight")), beta(file.tensor(group + "input.bias"));
    const Statistics running{Tensor::zeros(queue, {3}, DataType::float64),
                             Tensor::full(queue, {3}, DataType::float64, 1)};
    for (const std::string step : {"step1.", "step2."}) {
        const Var batch(file.tensor(group + step + "x"));
        Statistics found;
        file.expect_equal(normalise(batch, gamma, beta, {}, &found).value(), group + step + "value");
        update_running(running, found, batch.value().elements() / 3);
        file.expect_equal(running.mean, group + step + "running_mean");
        file.expect_equal(running.variance, group + step + "running_var");
    }
}

}  // namespace
}  // namespace protolith::autograd
