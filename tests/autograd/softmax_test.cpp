#include "autograd/softmax.hpp"

#include "autograd/losses.hpp"
#include "linear_maps.hpp"

namespace protolith::autograd {
namespace {

using testing::expect_derivatives;
using testing::values;

void expect_near(const Var& value, const std::vector<double>& expected, double tolerance = 1e-15) {
    const auto found = value.value().to_doubles();
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], expected[i], tolerance) << i;
}

const std::vector<double> logits{0.5, -1.0, 2.0, 0.25, -0.75, 1.5, 0.0, 3.0};

// Expected values here and below: PyTorch 2, float64, of the same logits.
TEST(Softmax, EqualsPyTorch) {
    Queue queue;
    const Var x = values(queue, {2, 4}, logits);
    expect_near(softmax(x), {0.1542348252841622, 0.034414441266120206, 0.6912325307415308, 0.12011820270818684,
                             0.018140320433267958, 0.1721105682577432, 0.03840305865858751, 0.7713460526504012});
    expect_near(log_softmax(x), {-1.8692789984482534, -3.3692789984482534, -0.36927899844825335, -2.1192789984482534,
                                 -4.00961816999317, -1.7596181699931701, -3.2596181699931703, -0.25961816999317017});
}

TEST(Softmax, HasFirstAndSecondDerivatives) {
    for (const std::int64_t channels : {1, 2, 4, 7}) {
        expect_derivatives([](const auto& x) { return softmax(x[0]); }, {{2, 3, 1, channels}});
        expect_derivatives([](const auto& x) { return log_softmax(x[0]); }, {{3, 2, channels}});
    }
}

TEST(Softmax, GradientOfItsGradientEqualsPyTorch) {
    Queue queue;
    const Var x = values(queue, {2, 4}, logits, true);
    const Var w = values(queue, {2, 4}, {1.0, -2.0, 0.5, 3.0, 0.25, 1.0, -1.5, 2.0});
    const Var g = grad(softmax(x), {x}, w, {.create_graph = true})[0];
    const Var twice = grad(g, {x}, Var(g.value()))[0];  // half the gradient of Σ g²
    expect_near(twice,
                {-0.028517228815979716 / 2, -0.01019362297995774 / 2, -0.12901547289482118 / 2, 0.16772632469075865 / 2,
                 0.006854079534897297 / 2, 0.03295310524468854 / 2, 0.06494665653831957 / 2, -0.10475384131790545 / 2});
}

TEST(Softmax, InBfloat16SumsToOneWithinItsRounding) {
    Queue queue;
    const Var x(Tensor::from(queue, {2, 4}, DataType::bfloat16, logits));
    const auto y = softmax(x).value().to_doubles();
    EXPECT_NEAR(y[0] + y[1] + y[2] + y[3], 1, 4e-3);
}

TEST(CrossEntropy, EqualsPyTorch) {
    Queue queue;
    const Var x = values(queue, {2, 4}, logits, true);
    const Var loss = cross_entropy(x, values(queue, {2, 4}, {0, 0, 1, 0, 1, 0, 0, 0}));
    EXPECT_NEAR(loss.value().item(), 2.189448584220712, 1e-15);
    expect_near(grad(loss, {x})[0], {0.0771174126420811, 0.017207220633060103, -0.1543837346292346, 0.06005910135409342,
                                     -0.490929839783366, 0.08605528412887162, 0.01920152932929375, 0.3856730263252006});
}

TEST(BinaryCrossEntropy, EqualsPyTorch) {
    Queue queue;
    const Var x = values(queue, {8}, logits, true);
    const Var real = binary_cross_entropy(x, 1), generated = binary_cross_entropy(x, 0);
    EXPECT_NEAR(real.value().item(), 0.5712781148564356, 1e-15);
    EXPECT_NEAR(generated.value().item(), 1.2587781148564359, 1e-15);
    expect_near(grad(real, {x})[0],
                {-0.047192583599768176, -0.09138232232875061, -0.01490036525276471, -0.05472793738927524,
                 -0.08489733739692412, -0.022803190475794544, -0.0625, -0.005928234147195829});
    expect_near(grad(generated, {x})[0],
                {0.07780741640023182, 0.03361767767124939, 0.11009963474723529, 0.07027206261072476,
                 0.04010266260307588, 0.10219680952420546, 0.0625, 0.11907176585280417});
}

TEST(BinaryCrossEntropy, StandsLargeLogits) {
    Queue queue;
    EXPECT_EQ(binary_cross_entropy(values(queue, {2}, {1000, 1000}), 1).value().item(), 0);
    EXPECT_EQ(binary_cross_entropy(values(queue, {2}, {-1000, -1000}), 1).value().item(), 1000);
}

TEST(Losses, HaveKnownValues) {
    Queue queue;
    const Var a = values(queue, {2, 2}, {1, 2, 3, 4}), b = values(queue, {2, 2}, {0, 4, 3, 1});
    EXPECT_EQ(l1_loss(a, b).value().item(), 1.5);
    EXPECT_EQ(critic_loss(a, b).value().item(), -0.5);
    EXPECT_EQ(generator_loss(b).value().item(), -2);
    EXPECT_EQ(score_drift(a).value().item(), 7.5);
}

TEST(Losses, HaveFirstAndSecondDerivatives) {
    const Shape shape{2, 3, 2};
    expect_derivatives([](const auto& x) { return l1_loss(x[0], x[1]); }, {shape, shape});
    expect_derivatives([](const auto& x) { return cross_entropy(x[0], x[1]); }, {shape, shape});
    expect_derivatives([](const auto& x) { return binary_cross_entropy(x[0], 0.9); }, {shape});
    expect_derivatives([](const auto& x) { return critic_loss(x[0], x[1]); }, {shape, {4}});
    expect_derivatives([](const auto& x) { return score_drift(x[0]); }, {shape});
    expect_derivatives([](const auto& x) { return gradient_penalty(x[0]); }, {shape});
}

TEST(GradientPenalty, EqualsPyTorch) {
    Queue queue;
    const Var g = values(queue, {2, 3}, {0.3, -0.4, 1.2, 2.0, 1.0, -2.0}, true);
    const Var penalty = gradient_penalty(g);
    EXPECT_NEAR(penalty.value().item(), 2.045, 1e-15);
    expect_near(grad(penalty, {g})[0], {0.06923076923076923, -0.09230769230769233, 0.27692307692307694,
                                        1.3333333333333333, 0.6666666666666666, -1.3333333333333333});
}

TEST(GradientPenalty, OfAVanishingGradientIsFinite) {
    Queue queue;
    const Var g = values(queue, {2, 2}, {0, 0, 3, 4}, true);
    const Var penalty = gradient_penalty(g);
    EXPECT_EQ(penalty.value().item(), (1.0 + 16.0) / 2);
    expect_near(grad(penalty, {g})[0], {0, 0, 4 * 0.6, 4 * 0.8});
}

}  // namespace
}  // namespace protolith::autograd
