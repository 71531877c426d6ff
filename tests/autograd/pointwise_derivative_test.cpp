// Recorded pointwise operations and sums: values, first and second derivatives, and what happens at kinks and zeros.
#include "autograd/activation.hpp"
#include "autograd/arithmetic.hpp"
#include "autograd/cast.hpp"
#include "autograd/grad.hpp"
#include "autograd/reduce.hpp"
#include "base/error.hpp"
#include "derivative_check.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace protolith::autograd {
namespace {

using testing::first_derivative_error;
using testing::Operation;
using testing::random_tensor;
using testing::second_derivative_error;

constexpr double tolerance = 1e-7;

struct Case {
    const char* name;
    Operation operation;
};

const Shape shape{3, 2, 5, 4};

void check(const Case& c, const std::vector<Tensor>& inputs) {
    EXPECT_LT(first_derivative_error(c.operation, inputs), tolerance) << c.name;
    EXPECT_LT(second_derivative_error(c.operation, inputs), tolerance) << c.name;
}

/// exp(x/2) + 0.2: positive inputs, whose derivative is recorded too.
Var positive(const Var& x) { return shift(exp(scale(x, 0.5)), 0.2); }

TEST(Derivative, OfOperationsOfOneOperand) {
    Queue queue;
    const Case cases[] = {
        {"scale", [](auto& x) { return multiply(scale(x[0], -1.5), x[0]); }},
        {"shift", [](auto& x) { return multiply(shift(x[0], 2), x[0]); }},
        {"power 3", [](auto& x) { return power(x[0], 3); }},
        {"power 2", [](auto& x) { return power(x[0], 2); }},
        {"power -0.5", [](auto& x) { return power(positive(x[0]), -0.5); }},
        {"power 1.3", [](auto& x) { return power(positive(x[0]), 1.3); }},
        {"exp", [](auto& x) { return exp(x[0]); }},
        {"log", [](auto& x) { return log(positive(x[0])); }},
        {"sqrt", [](auto& x) { return sqrt(positive(x[0])); }},
        {"inverse", [](auto& x) { return inverse(positive(x[0])); }},
        {"tanh", [](auto& x) { return tanh(x[0]); }},
        {"sigmoid", [](auto& x) { return sigmoid(x[0]); }},
        {"softplus", [](auto& x) { return softplus(x[0]); }},
        {"swish", [](auto& x) { return swish(x[0]); }},
        {"selu", [](auto& x) { return selu(x[0]); }},
        {"leaky relu", [](auto& x) { return power(leaky_relu(x[0], 0.2), 2); }},
        {"relu", [](auto& x) { return power(relu(x[0]), 2); }},
        {"abs", [](auto& x) { return power(abs(x[0]), 2); }},
        {"clamp", [](auto& x) { return power(clamp(x[0], -0.7, 0.9), 3); }},
        {"cast", [](auto& x) { return power(cast(x[0], DataType::float64), 2); }},
    };
    for (const auto& c : cases) check(c, {random_tensor(queue, shape, 1)});
}

TEST(Derivative, OfOperationsOfTwoOperands) {
    Queue queue;
    const Case cases[] = {
        {"add", [](auto& x) { return power(add(x[0], x[1]), 2); }},
        {"subtract", [](auto& x) { return power(subtract(x[0], x[1]), 2); }},
        {"multiply", [](auto& x) { return multiply(x[0], x[1]); }},
        {"divide", [](auto& x) { return divide(x[0], positive(x[1])); }},
        {"axpby", [](auto& x) { return power(axpby(2, x[0], -3, x[1]), 2); }},
        {"gate", [](auto& x) { return multiply(gate(x[0].detached(), x[1], 0.3), x[1]); }},
    };
    for (const auto& c : cases) check(c, {random_tensor(queue, shape, 1), random_tensor(queue, shape, 2)});
}

TEST(Derivative, OfSumsAndBroadcastsOfEveryKind) {
    Queue queue;
    for (const Per per : {Per::tensor, Per::channel, Per::sample, Per::instance, Per::pixel}) {
        const Case cases[] = {
            {"sum", [per](auto& x) { return power(sum(x[0], per), 2); }},
            {"mean", [per](auto& x) { return power(mean(x[0], per), 2); }},
            {"dot", [per](auto& x) { return dot(x[0], x[1], per); }},
            {"norm", [per](auto& x) { return norm(x[0], per); }},
            {"spread", [per](auto& x) { return power(spread(x[2], shape, DataType::float64, per), 2); }},
            {"multiply", [per](auto& x) { return multiply(x[0], x[2], per); }},
            {"add", [per](auto& x) { return power(add(x[0], x[2], per), 2); }},
        };
        for (const auto& c : cases)
            check(c, {random_tensor(queue, shape, 1), random_tensor(queue, shape, 2),
                      random_tensor(queue, row_shape(shape, per), 3)});
    }
}

TEST(Derivative, OfPreluWithASlopeForEachChannelAndForAll) {
    Queue queue;
    const Operation operation = [](auto& x) { return power(prelu(x[0], x[1]), 2); };
    for (const Shape& slopes : {Shape{4}, Shape{}})
        check({"prelu", operation}, {random_tensor(queue, shape, 1), random_tensor(queue, slopes, 2)});
}

TEST(Derivative, OfTheGradientPenaltyNorm) {
    Queue queue;
    const Operation penalty = [](auto& x) {
        const Var d = sum(multiply(tanh(multiply(x[0], x[1])), x[0]), Per::sample);
        const Var slope =
            grad(d, {x[0]}, Var(Tensor::full(d.queue(), d.shape(), d.type(), 1)), {.create_graph = true})[0];
        return scale(mean(power(shift(norm(slope, Per::sample), -1), 2)), 10);
    };
    const std::vector<Tensor> inputs{random_tensor(queue, shape, 1), random_tensor(queue, shape, 2)};
    check({"penalty", penalty}, inputs);
}

TEST(Derivative, OfTheNormAtZeroIsZeroAlsoOfSecondOrder) {
    Queue queue;
    const Var x(Tensor::zeros(queue, {2, 3}, DataType::float64), true);
    const Var first = grad(sum(norm(x, Per::sample)), {x}, {.create_graph = true})[0];
    for (const double value : first.value().to_doubles()) EXPECT_EQ(value, 0);
    for (const double value : grad(sum(first), {x})[0].value().to_doubles()) EXPECT_EQ(value, 0);
    const Var root = grad(sum(sqrt(x)), {x})[0];
    for (const double value : root.value().to_doubles()) EXPECT_EQ(value, 0);
}

TEST(Derivative, AtKinksIsThatOfTheSideBelow) {
    Queue queue;
    const Var x(Tensor::zeros(queue, {1}, DataType::float64), true);
    EXPECT_EQ(grad(leaky_relu(x, 0.2), {x})[0].value().item(), 0.2);
    EXPECT_EQ(grad(relu(x), {x})[0].value().item(), 0);
    EXPECT_EQ(grad(abs(x), {x})[0].value().item(), 0);
    EXPECT_EQ(grad(clamp(x, 0, 1), {x})[0].value().item(), 1);
}

TEST(Rows, OfBfloat16AreFloat32) {
    Queue queue;
    const Var x(Tensor::full(queue, {2, 3, 4}, DataType::bfloat16, 0.5), true);
    const Var row(Tensor::full(queue, {4}, DataType::float32, 1.25), true);
    const Var y = sum(multiply(x, row, Per::channel), Per::sample);
    EXPECT_EQ(y.type(), DataType::float32);
    EXPECT_EQ(y.value().to_floats(), (std::vector<float>(2, 12 * 0.625F)));
    const auto g = grad(y, {x, row}, Var(Tensor::full(queue, {2}, DataType::float32, 2)));
    EXPECT_EQ(g[0].type(), DataType::bfloat16);
    EXPECT_EQ(g[0].value().to_floats(), std::vector<float>(24, 2.5F));
    EXPECT_EQ(g[1].type(), DataType::float32);
    EXPECT_EQ(g[1].value().to_floats(), std::vector<float>(4, 6.0F));
}

TEST(Rows, OfAnotherShapeOrTypeAreRefused) {
    Queue queue;
    const Var x(Tensor::zeros(queue, {2, 3, 4}, DataType::float32));
    const Var short_row(Tensor::zeros(queue, {3}, DataType::float32));
    const Var wide_row(Tensor::zeros(queue, {4}, DataType::float64));
    EXPECT_THROW((void)add(x, short_row, Per::channel), Error);
    EXPECT_THROW((void)multiply(x, wide_row, Per::channel), Error);
    EXPECT_THROW((void)add(x, short_row), Error);
    EXPECT_THROW((void)sum(Var(Tensor::zeros(queue, {4}, DataType::float32)), Per::instance), Error);
}

}  // namespace
}  // namespace protolith::autograd
