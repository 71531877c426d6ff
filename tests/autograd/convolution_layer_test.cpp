// Bias and activation in the convolution's own pass: equal to the separate operations, in derivatives too.
#include "autograd/convolution_layer.hpp"

#include "autograd/activation.hpp"
#include "autograd/reduce.hpp"
#include "base/error.hpp"
#include "derivative_check.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace protolith::autograd {
namespace {

using testing::random_tensor;

const ConvolutionWindow window = ConvolutionWindow::cube(2, 4, 2, 1);
const Shape image{2, 6, 4, 3}, weight{5, 4, 4, 3}, small{2, 3, 2, 5};

struct Case {
    double slope;
    bool bias;
};

class ConvolutionLayer : public ::testing::TestWithParam<Case> {};

/// Inputs: the image, the weights, the bias.
testing::Operation forward(const Case& c, bool fused) {
    return [=](const std::vector<Var>& in) {
        const auto geometry = geometry_of_convolution(window, image, weight);
        if (fused) return convolution(in[0], in[1], geometry, {c.bias ? in[2] : Var(), c.slope});
        const Var y = convolution(in[0], in[1], geometry), z = c.bias ? add(y, in[2], Per::channel) : y;
        return c.slope == 1 ? z : leaky_relu(z, c.slope);
    };
}

testing::Operation transposed(const Case& c, bool fused) {
    return [=](const std::vector<Var>& in) {
        const auto geometry = geometry_of_transposed(window, small, weight);
        if (fused) return convolution_data(in[0], in[1], geometry, {c.bias ? in[2] : Var(), c.slope});
        const Var y = convolution_data(in[0], in[1], geometry), z = c.bias ? add(y, in[2], Per::channel) : y;
        return c.slope == 1 ? z : leaky_relu(z, c.slope);
    };
}

void expect_equal(const std::vector<double>& a, const std::vector<double>& b) {
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) ASSERT_NEAR(a[i], b[i], 1e-12);
}

void expect_equal_with_gradients(const testing::Operation& f, const testing::Operation& g,
                                 const std::vector<Tensor>& inputs) {
    std::vector<Var> xs;
    for (const auto& input : inputs) xs.emplace_back(input, true);
    const Var a = f(xs), b = g(xs);
    expect_equal(a.value().to_doubles(), b.value().to_doubles());
    const Var seed(random_tensor(a.queue(), a.shape(), 9));
    const auto ga = grad(a, xs, seed), gb = grad(b, xs, seed);
    for (std::size_t k = 0; k < xs.size(); ++k) expect_equal(ga[k].value().to_doubles(), gb[k].value().to_doubles());
}

TEST_P(ConvolutionLayer, EqualsTheSeparateOperations) {
    Queue queue;
    const Tensor w = random_tensor(queue, weight, 2);
    expect_equal_with_gradients(forward(GetParam(), true), forward(GetParam(), false),
                                {random_tensor(queue, image, 1), w, random_tensor(queue, {5}, 3)});
    expect_equal_with_gradients(transposed(GetParam(), true), transposed(GetParam(), false),
                                {random_tensor(queue, small, 1), w, random_tensor(queue, {3}, 3)});
}

TEST_P(ConvolutionLayer, HasTheDerivativesOfCentralDifferences) {
    Queue queue;
    const Tensor w = random_tensor(queue, weight, 2);
    const std::vector<Tensor> down{random_tensor(queue, image, 1), w, random_tensor(queue, {5}, 3)};
    const std::vector<Tensor> up{random_tensor(queue, small, 1), w, random_tensor(queue, {3}, 3)};
    EXPECT_LT(testing::first_derivative_error(forward(GetParam(), true), down), 1e-6);
    EXPECT_LT(testing::second_derivative_error(forward(GetParam(), true), down), 1e-6);
    EXPECT_LT(testing::first_derivative_error(transposed(GetParam(), true), up), 1e-6);
    EXPECT_LT(testing::second_derivative_error(transposed(GetParam(), true), up), 1e-6);
}

INSTANTIATE_TEST_SUITE_P(Following, ConvolutionLayer,
                         ::testing::Values(Case{1, false}, Case{1, true}, Case{0.2, false}, Case{0.2, true},
                                           Case{0, true}));

TEST(ConvolutionLayer, DoesNotStoreWhatIsBeforeTheActivation) {
    Queue queue;
    const Var x(random_tensor(queue, {4, 32, 32, 8}, 1), true), w(random_tensor(queue, {8, 3, 3, 8}, 2), true);
    const auto geometry = geometry_of_convolution(ConvolutionWindow::cube(2, 3, 1, 1), x.shape(), w.shape());
    const auto before = queue.pool()->use().live;
    const Var y = convolution(x, w, geometry, {Var(), 0.2});
    EXPECT_LT(queue.pool()->use().live - before, y.value().bytes() * 3 / 2);
}

TEST(ConvolutionLayer, RefusesABiasOfAnotherSize) {
    Queue queue;
    const Var x(random_tensor(queue, image, 1)), w(random_tensor(queue, weight, 2)), bias(random_tensor(queue, {4}, 3));
    const auto geometry = geometry_of_convolution(window, image, weight);
    EXPECT_THROW((void)convolution(x, w, geometry, {bias, 1}), Error);
    EXPECT_THROW((void)convolution(x, w, geometry, {Var(), -1}), Error);
}

}  // namespace
}  // namespace protolith::autograd
