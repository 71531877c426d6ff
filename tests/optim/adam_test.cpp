#include "optim/adam.hpp"

#include "base/error.hpp"
#include "optim/clip.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace protolith::optim {
namespace {

using autograd::Var;

nn::Parameter parameter(Queue& queue, const char* name, const std::vector<double>& values, DataType type) {
    const Shape shape{static_cast<std::int64_t>(values.size())};
    return {name, Var(Tensor::from(queue, shape, type, values), true)};
}

Var constant(Queue& queue, const std::vector<double>& values, DataType type) {
    return Var(parameter(queue, "", values, type).var.value());
}

TEST(Adam, FollowsKingmaAndBaForThreeSteps) {
    Queue queue;
    const AdamSettings settings{.learning_rate = 1e-3, .beta1 = 0.5, .beta2 = 0.999, .epsilon = 1e-8};
    const auto weights = parameter(queue, "w", {1.0, -2.0, 0.0}, DataType::float64);
    Adam adam({weights}, settings);
    const std::vector<std::vector<double>> gradients{{0.5, -1.0, 0.0}, {-0.25, 3.0, 1e-9}, {2.0, 0.0, -1.0}};
    std::vector<double> w{1.0, -2.0, 0.0}, m(3, 0.0), v(3, 0.0);
    for (std::size_t t = 1; t <= gradients.size(); ++t) {
        const auto& g = gradients[t - 1];
        adam.step({constant(queue, g, DataType::float64)});
        for (std::size_t i = 0; i < 3; ++i) {
            m[i] = 0.5 * m[i] + 0.5 * g[i];
            v[i] = 0.999 * v[i] + (1 - 0.999) * g[i] * g[i];
            const double mean = m[i] / (1 - std::pow(0.5, t)), square = v[i] / (1 - std::pow(0.999, t));
            w[i] -= 1e-3 * mean / (std::sqrt(square) + 1e-8);
        }
        const auto found = weights.var.value().to_doubles();
        for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(found[i], w[i], 1e-14) << "step " << t;
    }
    EXPECT_EQ(adam.steps(), 3);
}

TEST(Adam, MovesEveryWeightByTheLearningRateInItsFirstStep) {
    Queue queue;
    const auto weights = parameter(queue, "w", std::vector<double>(1000, 3.0), DataType::float32);
    Adam adam({weights}, {.learning_rate = 0.01});
    std::vector<double> gradient(1000);
    for (std::size_t i = 0; i < gradient.size(); ++i) gradient[i] = i % 2 == 0 ? 1e-3 : -50.0;
    adam.step({constant(queue, gradient, DataType::float32)}, 0.5);
    const auto found = weights.var.value().to_doubles();
    for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], i % 2 == 0 ? 2.995 : 3.005, 1e-6);
}

TEST(Adam, SaysThatTheWeightsChanged) {
    Queue queue;
    const auto weights = parameter(queue, "w", {1.0}, DataType::float32);
    Adam adam({weights}, {});
    const auto before = weights.var.value().version();
    adam.step({constant(queue, {1.0}, DataType::float32)});
    EXPECT_NE(weights.var.value().version(), before);
}

TEST(Adam, GoesOnFromAStateAsIfNeverInterrupted) {
    Queue queue;
    const auto through = parameter(queue, "w", {1.0, 2.0}, DataType::float32);
    const auto resumed = parameter(queue, "w", {1.0, 2.0}, DataType::float32);
    Adam first({through}, {}), before({resumed}, {}), after({resumed}, {});
    const auto g = [&](double x) { return std::vector{constant(queue, {x, -x}, DataType::float32)}; };
    first.step(g(0.3));
    before.step(g(0.3));
    first.step(g(-2.0));
    const auto from = before.state(), to = after.state();
    ASSERT_EQ(from.size(), 2U);
    EXPECT_EQ(from[0].name, "exp_avg.w");
    EXPECT_EQ(from[1].name, "exp_avg_sq.w");
    for (std::size_t i = 0; i < from.size(); ++i) to[i].value.assign(from[i].value);
    after.set_steps(before.steps());
    after.step(g(-2.0));
    EXPECT_EQ(through.var.value().to_floats(), resumed.var.value().to_floats());
}

TEST(Adam, RefusesGradientsThatDoNotFitAndSettingsOutOfRange) {
    Queue queue;
    Adam adam({parameter(queue, "w", {1.0, 2.0}, DataType::float32)}, {});
    EXPECT_THROW(adam.step({}), Error);
    EXPECT_THROW(adam.step({constant(queue, {1.0}, DataType::float32)}), Error);
    EXPECT_THROW(adam.step({constant(queue, {1.0, 2.0}, DataType::float64)}), Error);
    EXPECT_THROW(validate(AdamSettings{.learning_rate = 0}), InputError);
    EXPECT_THROW(validate(AdamSettings{.beta2 = 1.0}), InputError);
}

TEST(Clip, ScalesAllGradientsToTheirCommonNorm) {
    Queue queue;
    const std::vector gradients{constant(queue, {3.0, 0.0}, DataType::float64),
                                constant(queue, {4.0}, DataType::float64)};
    EXPECT_DOUBLE_EQ(global_norm(gradients), 5.0);
    EXPECT_DOUBLE_EQ(clip_by_global_norm(gradients, 1.0), 5.0);
    EXPECT_NEAR(gradients[0].value().to_doubles()[0], 0.6, 1e-6);
    EXPECT_NEAR(gradients[1].value().item(), 0.8, 1e-6);
}

TEST(Clip, LeavesSmallGradientsAndReportsNaN) {
    Queue queue;
    const std::vector small{constant(queue, {3.0, 4.0}, DataType::float32)};
    EXPECT_DOUBLE_EQ(clip_by_global_norm(small, 10.0), 5.0);
    EXPECT_EQ(small[0].value().to_floats(), (std::vector<float>{3.0F, 4.0F}));
    EXPECT_TRUE(std::isnan(global_norm({constant(queue, {1.0, std::nan("")}, DataType::float32)})));
    EXPECT_THROW((void)clip_by_global_norm(small, 0.0), InputError);
}

}  // namespace
}  // namespace protolith::optim
