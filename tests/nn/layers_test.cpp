// Every layer: the shape that it promises is the shape that it makes, its parameters are counted, and what it refuses.
#include "base/error.hpp"
#include "derivative_check.hpp"
#include "nn/activation.hpp"
#include "nn/batch_norm.hpp"
#include "nn/convolution.hpp"
#include "nn/dropout.hpp"
#include "nn/group_sort.hpp"
#include "nn/initialise.hpp"
#include "nn/instance_norm.hpp"
#include "nn/linear.hpp"
#include "nn/minibatch_stddev.hpp"
#include "nn/pixel_norm.hpp"
#include "nn/spatial.hpp"
#include "nn/spectral_norm.hpp"

#include <cmath>
#include <memory>

#include <gtest/gtest.h>

namespace protolith::nn {
namespace {

using autograd::NoRecord;
using autograd::testing::random_tensor;
using kernels::ConvolutionWindow;

constexpr DataType f64 = DataType::float64;

void expect_promised_shape(Queue& queue, Module& layer, const Shape& input) {
    const NoRecord no_record;
    const Var y = layer.forward(Var(random_tensor(queue, input, 1)), {});
    EXPECT_EQ(y.shape(), layer.output_shape(input)) << layer.describe();
    EXPECT_FALSE(layer.describe().empty());
}

TEST(Layers, MakeTheShapesThatTheyPromise) {
    Queue queue;
    const Placement place{queue, f64};
    const Shape image{2, 6, 8, 4}, volume{2, 4, 6, 8, 4};
    std::vector<std::unique_ptr<Module>> layers;
    layers.push_back(std::make_unique<Tanh>());
    layers.push_back(std::make_unique<Sigmoid>());
    layers.push_back(std::make_unique<Swish>());
    layers.push_back(std::make_unique<Selu>());
    layers.push_back(std::make_unique<LeakyRelu>(0.2));
    layers.push_back(std::make_unique<PRelu>(place, 4));
    layers.push_back(std::make_unique<BatchNorm>(place, 4, 0.0));
    layers.push_back(std::make_unique<InstanceNorm>(place, 4, 0.2));
    layers.push_back(std::make_unique<PixelNorm>());
    layers.push_back(std::make_unique<GroupSort>());
    layers.push_back(std::make_unique<Dropout>(0.5, 0));
    layers.push_back(std::make_unique<MinibatchStddev>());
    layers.push_back(std::make_unique<ReflectPad>(2));
    layers.push_back(std::make_unique<Upsample>(2));
    layers.push_back(std::make_unique<Upsample>(3, autograd::Interpolation::linear));
    layers.push_back(std::make_unique<Pool>(Pool::Kind::average));
    layers.push_back(std::make_unique<Pool>(Pool::Kind::largest, autograd::Pooling{3, 2, 1}));
    layers.push_back(std::make_unique<SpaceToDepth>(2));
    for (const auto& layer : layers)
        for (const Shape& input : {image, volume}) {
            for (const auto& parameter : layer->parameters())
                parameter.var.value().assign(Tensor::full(queue, parameter.var.shape(), f64, 1.0));
            for (const auto& buffer : layer->buffers())
                buffer.value.assign(Tensor::full(queue, buffer.value.shape(), f64, 1.0));
            expect_promised_shape(queue, *layer, input);
        }
    PixelShuffle shuffle(2);
    expect_promised_shape(queue, shuffle, image);
    expect_promised_shape(queue, shuffle, volume.with(4, 8));
}

TEST(Layers, ConvolutionsMakeTheShapesThatTheyPromise) {
    Queue queue;
    const Placement place{queue, f64};
    const auto window = [](int dimensions) { return ConvolutionWindow::cube(dimensions, 3, 2, 1); };
    const auto last = [](int dimensions) { return ConvolutionWindow::cube(dimensions, 3, 2, 1, 1); };
    for (const int dimensions : {2, 3}) {
        const Shape input = dimensions == 2 ? Shape{2, 5, 7, 3} : Shape{2, 3, 5, 7, 3};
        Convolution convolution(place, {.in = 3, .out = 2, .window = window(dimensions), .bias = true, .slope = 0.2});
        TransposedConvolution transposed(place, {.in = 3, .out = 2, .window = last(dimensions), .slope = 0.0});
        SpectralNorm spectral(place, {.in = 3, .out = 2, .window = window(dimensions)});
        for (Module* layer : std::initializer_list<Module*>{&convolution, &transposed, &spectral}) {
            initialise(*layer, 1, 0);
            expect_promised_shape(queue, *layer, input);
        }
        const std::int64_t weights = dimensions == 2 ? 9 * 6 : 27 * 6;
        EXPECT_EQ(parameter_count(convolution), weights + 2);
        EXPECT_EQ(parameter_count(transposed), weights);
    }
}

TEST(Layers, SayWhatTheyAre) {
    Queue queue;
    const Placement place{queue};
    EXPECT_EQ(
        Convolution(place, {.window = ConvolutionWindow::cube(2, 4, 2, 1), .bias = true, .slope = 0.2}).describe(),
        "Conv 4×4 s2 p1, bias, LeakyReLU 0.2");
    EXPECT_EQ(TransposedConvolution(place, {.window = ConvolutionWindow::cube(3, 4, 1, 0), .slope = 0}).describe(),
              "ConvT 4×4×4 s1 p0, ReLU");
    EXPECT_EQ(BatchNorm(place, 3, 0.0).describe(), "BatchNorm, ReLU");
    EXPECT_EQ(Linear(place, {}).describe(), "Linear, bias");
}

TEST(Layers, RefuseInputsThatTheyCannotTake) {
    Queue queue;
    const Placement place{queue};
    const ConvolutionSettings settings{.in = 3, .out = 2, .window = ConvolutionWindow::cube(2, 4, 1, 0)};
    EXPECT_THROW((void)Convolution(place, settings).output_shape({1, 8, 8, 4}), InputError);
    EXPECT_THROW((void)Convolution(place, settings).output_shape({1, 3, 3, 3}), InputError);
    EXPECT_THROW((void)Convolution(place, settings).output_shape({1, 8, 8, 8, 3}), InputError);
    EXPECT_THROW((void)BatchNorm(place, 3).output_shape({1, 8, 8, 4}), InputError);
    EXPECT_THROW((void)InstanceNorm(place, 3).output_shape({1, 8, 8, 4}), InputError);
    EXPECT_THROW((void)Linear(place, {.in = 3, .out = 2}).output_shape({1, 4}), InputError);
    EXPECT_THROW((void)GroupSort(2).output_shape({1, 8, 8, 3}), InputError);
    EXPECT_THROW((void)SpaceToDepth(2).output_shape({1, 7, 8, 3}), InputError);
    EXPECT_THROW((void)PixelShuffle(2).output_shape({1, 7, 8, 3}), InputError);
    EXPECT_THROW((void)ReflectPad(3).output_shape({1, 3, 8, 3}), InputError);
    EXPECT_THROW(Dropout(1.0, 0), InputError);
}

TEST(Linear, IsTheProductWithTheTransposedWeights) {
    Queue queue;
    Linear layer({queue, f64}, {.in = 2, .out = 3});
    const std::vector<double> weight{1, 2, 3, 4, 5, 6}, bias{10, 20, 30}, x{1, -1, 0.5, 2};
    const auto parameters = layer.parameters();
    parameters[0].var.value().assign(Tensor::from(queue, {3, 2}, f64, weight));
    parameters[1].var.value().assign(Tensor::from(queue, {3}, f64, bias));
    const Var y = layer.forward(Var(Tensor::from(queue, {2, 2}, f64, x)), {});
    EXPECT_EQ(y.value().to_doubles(), (std::vector<double>{9, 19, 29, 14.5, 29.5, 44.5}));
}

TEST(Dropout, DropsInTrainingAloneAndByItsPass) {
    Queue queue;
    Dropout layer(0.5, 3);
    const Var x(Tensor::full(queue, {1000}, f64, 1.0));
    EXPECT_EQ(layer.forward(x, {.training = false}).value().to_doubles(), x.value().to_doubles());
    const auto first = layer.forward(x, {.seed = 1, .number = 7}).value().to_doubles();
    EXPECT_EQ(first, layer.forward(x, {.seed = 1, .number = 7}).value().to_doubles());
    EXPECT_NE(first, layer.forward(x, {.seed = 1, .number = 8}).value().to_doubles());
    for (const double value : first) EXPECT_TRUE(value == 0.0 || value == 2.0);
}

TEST(BatchNorm, FollowsTheStatisticsOfTheBatchByATenth) {
    Queue queue;
    BatchNorm layer({queue, f64}, 1);
    initialise(layer, 1, 0);
    const std::vector<double> values{1, 2, 3, 6};  // mean 3, unbiased variance 14/3, biased 3.5
    const Var x(Tensor::from(queue, {2, 1, 2, 1}, f64, values));
    layer.parameters()[0].var.value().assign(Tensor::full(queue, {1}, f64, 2.0));
    layer.parameters()[1].var.value().assign(Tensor::full(queue, {1}, f64, 0.5));
    const auto y = layer.forward(x, {}).value().to_doubles();
    for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(y[i], (values[i] - 3) / std::sqrt(3.5 + 1e-5) * 2 + 0.5, 1e-13);
    EXPECT_NEAR(layer.buffers()[0].value.item(), 0.3, 1e-15);
    EXPECT_NEAR(layer.buffers()[1].value.item(), 0.9 + 0.1 * 14 / 3, 1e-14);
    // in inference they are used and stay
    const auto z = layer.forward(x, {.training = false}).value().to_doubles();
    EXPECT_NEAR(z[3], (6 - 0.3) / std::sqrt(0.9 + 1.4 / 3 + 1e-5) * 2 + 0.5, 1e-13);
    EXPECT_NEAR(layer.buffers()[0].value.item(), 0.3, 1e-15);
}

TEST(Convolution, WithFusedActivationEqualsTheTwoLayers) {
    Queue queue;
    const Placement place{queue, f64};
    ConvolutionSettings settings{.in = 3, .out = 4, .window = ConvolutionWindow::cube(2, 4, 2, 1), .bias = true};
    Convolution plain(place, settings);
    TransposedConvolution plain_up(place, settings);
    settings.slope = 0.2;
    Convolution fused(place, settings);
    TransposedConvolution fused_up(place, settings);
    LeakyRelu leaky(0.2);
    const auto compare = [&](Module& one, Module& two) {
        for (std::size_t k = 0; k < one.parameters().size(); ++k) {
            const Tensor values = random_tensor(queue, one.parameters()[k].var.shape(), 5 + static_cast<unsigned>(k));
            one.parameters()[k].var.value().assign(values);
            two.parameters()[k].var.value().assign(values);
        }
        const Var x(random_tensor(queue, {2, 6, 6, 3}, 3), true);
        const Var a = leaky.forward(one.forward(x, {}), {}), b = two.forward(x, {});
        const auto va = a.value().to_doubles(), vb = b.value().to_doubles();
        for (std::size_t i = 0; i < va.size(); ++i) ASSERT_NEAR(va[i], vb[i], 1e-12);
        const Var seed(random_tensor(queue, a.shape(), 4));
        const auto ga = autograd::grad(a, {x, one.parameters()[0].var, one.parameters()[1].var}, seed);
        const auto gb = autograd::grad(b, {x, two.parameters()[0].var, two.parameters()[1].var}, seed);
        for (std::size_t k = 0; k < ga.size(); ++k) {
            const auto p = ga[k].value().to_doubles(), q = gb[k].value().to_doubles();
            for (std::size_t i = 0; i < p.size(); ++i) ASSERT_NEAR(p[i], q[i], 1e-11) << k;
        }
    };
    compare(plain, fused);
    compare(plain_up, fused_up);
}

}  // namespace
}  // namespace protolith::nn
