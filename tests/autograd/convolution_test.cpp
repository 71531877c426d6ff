#include "autograd/convolution.hpp"

#include "autograd/activation.hpp"
#include "autograd/matmul.hpp"
#include "autograd/reduce.hpp"
#include "base/error.hpp"
#include "derivative_check.hpp"

#include <gtest/gtest.h>

namespace protolith::autograd {
namespace {

using testing::first_derivative_error;
using testing::Operation;
using testing::random_tensor;
using testing::second_derivative_error;

struct Layer {
    const char* name;
    ConvolutionWindow window;
    Shape x, w;
};

class RecordedConvolution : public ::testing::TestWithParam<Layer> {
  protected:
    Queue queue;
    const ConvolutionGeometry g = geometry_of_convolution(GetParam().window, GetParam().x, GetParam().w);
    const Tensor x = random_tensor(queue, GetParam().x, 1), w = random_tensor(queue, GetParam().w, 2);
    const Tensor y = convolution(Var(x), Var(w), g).value();

    void expect_derivatives(const Operation& f, const std::vector<Tensor>& inputs) {
        EXPECT_LT(first_derivative_error(f, inputs), 1e-8);
        EXPECT_LT(second_derivative_error(f, inputs), 1e-7);
    }
};

TEST_P(RecordedConvolution, ConvolutionHasItsDerivatives) {
    expect_derivatives([&](const auto& in) { return convolution(in[0], in[1], g); }, {x, w});
}
TEST_P(RecordedConvolution, TheTransposedConvolutionHasItsDerivatives) {
    expect_derivatives([&](const auto& in) { return convolution_data(in[0], in[1], g); }, {y, w});
}
TEST_P(RecordedConvolution, TheGradientOfTheWeightsHasItsDerivatives) {
    expect_derivatives([&](const auto& in) { return convolution_weights(in[0], in[1], g); }, {x, y});
}

TEST_P(RecordedConvolution, WithAnEndEqualsItsPartsAndHasTheirDerivatives) {
    const Tensor of_y = random_tensor(queue, {g.out_channels}, 5), of_x = random_tensor(queue, {g.in_channels}, 6);
    for (const double slope : {0.2, 0.0, 1.0}) {
        const Operation whole = [&](const auto& in) { return convolution(in[0], in[1], g, {in[2], slope}); };
        const Operation back = [&](const auto& in) { return convolution_data(in[0], in[1], g, {in[2], slope}); };
        const auto parts = leaky_relu(add(convolution(Var(x), Var(w), g), Var(of_y), Per::channel), slope);
        EXPECT_EQ(whole({Var(x), Var(w), Var(of_y)}).value().to_doubles(), parts.value().to_doubles());
        expect_derivatives(whole, {x, w, of_y});
        expect_derivatives(back, {y, w, of_x});
    }
    const Operation bent = [&](const auto& in) { return convolution(in[0], in[1], g, {{}, 0.2}); };
    expect_derivatives(bent, {x, w});
}

INSTANTIATE_TEST_SUITE_P(
    Small, RecordedConvolution,
    ::testing::Values(Layer{"Strided", ConvolutionWindow::cube(2, 4, 2, 1), {2, 6, 8, 3}, {2, 4, 4, 3}},
                      Layer{"Odd", ConvolutionWindow::cube(2, 3, 2, 1), {1, 7, 5, 2}, {3, 3, 3, 2}},
                      Layer{"Valid", ConvolutionWindow::cube(2, 4), {2, 4, 4, 3}, {1, 4, 4, 3}},
                      Layer{"Volume", ConvolutionWindow::cube(3, 3, 1, 1), {1, 3, 4, 2, 2}, {2, 3, 3, 3, 2}}),
    [](const auto& made) { return made.param.name; });

TEST(RecordedConvolutionShapes, OfWeightsAndImageMustFit) {
    const auto four = ConvolutionWindow::cube(2, 4, 2, 1);
    EXPECT_THROW(geometry_of_convolution(four, {8, 64, 64, 3}, {16, 4, 4, 4}), InputError);
    EXPECT_THROW(geometry_of_convolution(four, {8, 64, 64, 3}, {16, 3, 3, 3}), InputError);
    EXPECT_THROW(geometry_of_convolution(four, {8, 1, 64, 3}, {16, 4, 4, 3}), InputError);
    EXPECT_THROW(geometry_of_transposed(four, {8, 64, 64, 3}, {16, 4, 4, 3}), InputError);
    EXPECT_EQ(geometry_of_transposed(four, {8, 5, 6, 16}, {16, 4, 4, 3}).x, (kernels::Extent{1, 10, 12}));
}

TEST(RecordedConvolutionWeights, LeaveNothingPreparedBehind) {
    Queue queue;
    const Tensor x = Tensor::zeros(queue, {16, 16, 16, 32}, DataType::float32);
    const std::size_t before = queue.pool()->use().live;
    {
        const Tensor w = Tensor::zeros(queue, {48, 4, 4, 32}, DataType::float32);
        const auto of = geometry_of_convolution(ConvolutionWindow::cube(2, 4, 2, 1), x.shape(), w.shape());
        (void)convolution(Var(x), Var(w), of);
        EXPECT_GT(queue.pool()->use().live, before + w.bytes()) << "what was prepared waits for the next use";
    }
    EXPECT_EQ(queue.pool()->use().live, before);
}

TEST(RecordedMatmul, HasItsDerivativesForEveryTransposition) {
    Queue queue;
    for (const auto ta : {Transpose::no, Transpose::yes})
        for (const auto tb : {Transpose::no, Transpose::yes}) {
            const Tensor a = random_tensor(queue, ta == Transpose::no ? Shape{3, 5} : Shape{5, 3}, 1);
            const Tensor b = random_tensor(queue, tb == Transpose::no ? Shape{5, 4} : Shape{4, 5}, 2);
            const Operation product = [&](const auto& in) { return matmul(in[0], in[1], ta, tb); };
            EXPECT_LT(first_derivative_error(product, {a, b}), 1e-8);
            EXPECT_LT(second_derivative_error(product, {a, b}), 1e-7);
        }
}

TEST(RecordedMatmul, NamesBothShapes) {
    Queue queue;
    const Var a(Tensor::zeros(queue, {3, 5}, DataType::float32)), b(Tensor::zeros(queue, {4, 5}, DataType::float32));
    try {
        matmul(a, b);
        FAIL();
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("(3, 5)"), std::string::npos);
        EXPECT_NE(std::string(error.what()).find("(4, 5)"), std::string::npos);
    }
}

}  // namespace
}  // namespace protolith::autograd
