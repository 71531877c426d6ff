#include "autograd/minibatch_stddev.hpp"

#include "autograd/slice.hpp"
#include "base/error.hpp"
#include "linear_maps.hpp"

namespace protolith::autograd {
namespace {

using testing::expect_derivatives;
using testing::values;

const std::vector<double> batch{1, 2, -1, 0.5, 3, -2, 0, 0.25, 0, 1, 4, -0.5};

// torch.sqrt(((x − x.mean(0))² ).mean(0) + 1e-8).mean() and its gradient
TEST(MinibatchStddev, EqualsPyTorch) {
    Queue queue;
    const Var x = values(queue, {3, 2, 2}, batch, true);
    const Var y = minibatch_stddev(x);
    ASSERT_EQ(y.shape(), (Shape{3, 2, 3}));
    const auto found = y.value().to_doubles();
    for (std::size_t i = 0; i < 6; ++i) {
        EXPECT_EQ(found[3 * i], batch[2 * i]);
        EXPECT_EQ(found[3 * i + 1], batch[2 * i + 1]);
        EXPECT_NEAR(found[3 * i + 2], 1.3830143783557767, 1e-14);
    }
    const Var score = slice(slice(y, 0, 1, 2), -1, 2, 3);  // twice the value: two pixels of one sample
    const auto g = grad(score, {x}, Var(Tensor::full(queue, score.shape(), DataType::float64, 0.5)))[0];
    const std::vector<double> expected{-0.022271770087780866, 0.08171505616614677, -0.07715167489838344,
                                       0.08171505404469828,   0.11135885043890434, -0.11440107863260547,
                                       -0.03857583744919172,  0.03268602161787933, -0.08908708035112346,
                                       0.03268602246645871,   0.11572751234757517, -0.11440107566257761};
    for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_NEAR(g.value().to_doubles()[i], expected[i], 1e-15);
}

TEST(MinibatchStddev, HasFirstAndSecondDerivatives) {
    // a feature whose values happen to lie close together bends sharply: the differences' own error is above 1e-7
    constexpr double tolerance = 1e-6;
    expect_derivatives([](const auto& x) { return minibatch_stddev(x[0]); }, {{4, 2, 3, 2}}, tolerance);
    expect_derivatives([](const auto& x) { return minibatch_stddev(x[0], 2); }, {{6, 1, 2, 2, 1}}, tolerance);
    expect_derivatives([](const auto& x) { return minibatch_stddev(x[0], 1, 0.1); }, {{3, 2, 260}}, tolerance);
}

TEST(MinibatchStddev, OfGroupsIsThatOfEachBatchAlone) {
    Queue queue;
    const Var x(testing::random_tensor(queue, {6, 2, 2, 3}, 4));
    const auto together = minibatch_stddev(x, 3).value().to_doubles();
    std::vector<double> apart;
    for (std::int64_t g = 0; g < 3; ++g)
        for (const double v : minibatch_stddev(slice(x, 0, 2 * g, 2 * g + 2)).value().to_doubles()) apart.push_back(v);
    EXPECT_EQ(together, apart);
    EXPECT_THROW((void)minibatch_stddev(x, 4), Error);
}

TEST(MinibatchStddev, OfOneSampleIsTheRootOfEpsilon) {
    Queue queue;
    const Var x = values(queue, {1, 1, 2}, {5, 7}, true);
    const Var y = minibatch_stddev(x, 1, 0.25);
    EXPECT_EQ(y.value().to_doubles(), (std::vector<double>{5, 7, 0.5}));
    EXPECT_EQ(grad(y, {x}, values(queue, {1, 1, 3}, {1, 2, 3}))[0].value().to_doubles(), (std::vector<double>{1, 2}));
}

TEST(MinibatchStddev, InBfloat16HasAChannelOfBfloat16) {
    Queue queue;
    const Var x(Tensor::from(queue, {3, 2, 2}, DataType::bfloat16, batch), true);
    const Var y = minibatch_stddev(x);
    EXPECT_EQ(y.type(), DataType::bfloat16);
    EXPECT_NEAR(y.value().to_doubles()[2], 1.3830143783557767, 8e-3);
    EXPECT_EQ(grad(y, {x}, Var(Tensor::full(queue, y.shape(), y.type(), 1)))[0].type(), DataType::bfloat16);
}

}  // namespace
}  // namespace protolith::autograd
