// Recorded normalisation: known answers, first and second derivatives, the fused backward against the closed set.
#include "autograd/activation.hpp"
#include "autograd/arithmetic.hpp"
#include "autograd/grad.hpp"
#include "autograd/normalise.hpp"
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
const Shape shape{3, 2, 5, 4};

void check(const Operation& operation, const std::vector<Tensor>& inputs, const char* name) {
    EXPECT_LT(first_derivative_error(operation, inputs), tolerance) << name;
    EXPECT_LT(second_derivative_error(operation, inputs), tolerance) << name;
}

std::vector<Tensor> inputs(Queue& queue) {
    return {random_tensor(queue, shape, 1), random_tensor(queue, {4}, 2), random_tensor(queue, {4}, 3)};
}

TEST(Normalise, OfFourNumbersIsTheirStandardScore) {
    Queue queue;
    const std::vector<double> values{1, 2, 3, 4};
    const Var x(Tensor::from(queue, {4, 1}, DataType::float64, values));
    Statistics found;
    const auto y = normalise(x, {}, {}, {Per::channel, 0}, &found).value().to_doubles();
    for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(y[i], (values[i] - 2.5) / std::sqrt(1.25), 1e-15);
    EXPECT_EQ(found.mean.item(), 2.5);
    EXPECT_EQ(found.variance.item(), 1.25);
}

TEST(Normalise, OfAPixelDividesByItsRootMeanSquare) {
    Queue queue;
    const Var x(Tensor::from(queue, {1, 1, 2}, DataType::float64, std::vector<double>{3, 4}));
    const auto y = normalise(x, {}, {}, {Per::pixel, 0}).value().to_doubles();
    EXPECT_NEAR(y[0], 3 / std::sqrt(12.5), 1e-15);
    EXPECT_NEAR(y[1], 4 / std::sqrt(12.5), 1e-15);
}

TEST(Normalise, HasItsDerivativesOfFirstAndSecondOrder) {
    Queue queue;
    for (const Per per : {Per::channel, Per::instance, Per::pixel})
        check(
            [per](auto& x) {
                return normalise(x[0], {}, {}, {per, 1e-3});
            },
            {random_tensor(queue, shape, 1)}, per == Per::pixel ? "pixel" : "batch or instance");
}

TEST(Normalise, WithAffineAndActivationHasItsDerivatives) {
    Queue queue;
    for (const Per per : {Per::channel, Per::instance})
        for (const double slope : {0.0, 0.2, 1.0})
            check([=](auto& x) { return normalise(x[0], x[1], x[2], {per, 1e-3, slope}); }, inputs(queue), "affine");
}

TEST(Normalise, WithOneParameterAloneHasItsDerivatives) {
    Queue queue;
    const auto all = inputs(queue);
    check([](auto& x) { return normalise(x[0], x[1], {}, {Per::channel, 1e-3, 0.2}); }, {all[0], all[1]}, "gamma");
    check([](auto& x) { return normalise(x[0], {}, x[1], {Per::instance, 1e-3, 0.2}); }, {all[0], all[2]}, "beta");
}

TEST(Normalise, ByGivenStatisticsHasItsDerivatives) {
    Queue queue;
    const Statistics given{random_tensor(queue, {4}, 5), Tensor::full(queue, {4}, DataType::float64, 1.7)};
    for (const double slope : {0.0, 0.2, 1.0})
        check(
            [=](auto& x) {
                return normalise_by(given, x[0], x[1], x[2], {Per::channel, 1e-3, slope});
            },
            inputs(queue), "given");
}

TEST(Normalise, ByItsOwnStatisticsIsTheSame) {
    Queue queue;
    const auto all = inputs(queue);
    const Var x(all[0]), gamma(all[1]), beta(all[2]);
    Statistics found;
    const auto y = normalise(x, gamma, beta, {Per::channel, 1e-5, 0.2}, &found).value().to_doubles();
    EXPECT_EQ(normalise_by(found, x, gamma, beta, {Per::channel, 1e-5, 0.2}).value().to_doubles(), y);
}

TEST(Normalise, TheFusedBackwardEqualsTheClosedSet) {
    Queue queue;
    for (const Per per : {Per::channel, Per::instance, Per::pixel})
        for (const double slope : {0.0, 0.2, 1.0}) {
            std::vector<Var> xs;
            for (const auto& input : inputs(queue)) xs.emplace_back(input, true);
            if (per == Per::pixel) xs.resize(1);
            const auto y = xs.size() == 3 ? normalise(xs[0], xs[1], xs[2], {per, 1e-3, slope})
                                          : normalise(xs[0], {}, {}, {per, 1e-3, slope});
            const Var seed(random_tensor(queue, shape, 9));
            const auto closed = grad(y, xs, seed, {.create_graph = true}), fused = grad(y, xs, seed);
            for (std::size_t k = 0; k < xs.size(); ++k) {
                const auto a = closed[k].value().to_doubles(), b = fused[k].value().to_doubles();
                for (std::size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(a[i], b[i], 1e-13);
            }
        }
}

TEST(Normalise, TwoBackwardsOfOneRecordDoNotMixTheirSums) {
    Queue queue;
    std::vector<Var> xs;
    for (const auto& input : inputs(queue)) xs.emplace_back(input, true);
    const auto y = normalise(xs[0], xs[1], xs[2], {Per::channel, 1e-3, 0.2});
    const auto with = [&](unsigned item, bool keep) {
        return grad(y, xs, Var(random_tensor(queue, shape, item)), {.keep_graph = keep})[1].value().to_doubles();
    };
    const auto first = with(9, true), second = with(10, true);
    EXPECT_NE(first, second);
    EXPECT_EQ(with(9, false), first);
}

TEST(Normalise, InBfloat16IsCloseToFloat32) {
    Queue queue;
    const auto all = inputs(queue);
    const auto gradients = [&](DataType type) {
        const DataType weights = accumulator_of(type);
        std::vector<Var> xs{Var(Tensor::from(queue, shape, type, all[0].to_floats()), true),
                            Var(Tensor::from(queue, {4}, weights, all[1].to_floats()), true),
                            Var(Tensor::from(queue, {4}, weights, all[2].to_floats()), true)};
        const auto y = normalise(xs[0], xs[1], xs[2], {Per::instance, 1e-3, 1});
        auto result = grad(y, xs, Var(Tensor::from(queue, shape, type, random_tensor(queue, shape, 9).to_floats())));
        result.push_back(y);
        return result;
    };
    const auto narrow = gradients(DataType::bfloat16), wide = gradients(DataType::float32);
    for (std::size_t k = 0; k < wide.size(); ++k) {
        const auto a = narrow[k].value().to_floats(), b = wide[k].value().to_floats();
        for (std::size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(a[i], b[i], 0.1) << k;
    }
    EXPECT_EQ(narrow[0].type(), DataType::bfloat16);
    EXPECT_EQ(narrow[1].type(), DataType::float32);
}

TEST(RunningStatistics, FollowTheUnbiasedVariance) {
    Queue queue;
    const Statistics running{Tensor::zeros(queue, {1}, DataType::float32),
                             Tensor::full(queue, {1}, DataType::float32, 1)};
    const Statistics found{Tensor::full(queue, {1}, DataType::float32, 2),
                           Tensor::full(queue, {1}, DataType::float32, 3)};
    update_running(running, found, 4);
    EXPECT_NEAR(running.mean.item(), 0.2, 1e-7);
    EXPECT_NEAR(running.variance.item(), 0.9 + 0.1 * 4, 1e-7);
    EXPECT_THROW(update_running(running, found, 1), Error);
}

TEST(Normalise, RefusesParametersOfAnotherShapeAndPixelsWithParameters) {
    Queue queue;
    const auto all = inputs(queue);
    const Var x(all[0]), gamma(all[1]), short_row(Tensor::zeros(queue, {3}, DataType::float64));
    EXPECT_THROW((void)normalise(x, short_row, {}, {}), Error);
    EXPECT_THROW((void)normalise(x, gamma, {}, {Per::pixel}), Error);
    EXPECT_THROW((void)normalise(x, {}, {}, {Per::sample}), Error);
    EXPECT_THROW((void)normalise(x, {}, {}, {Per::channel, 1e-5, -1}), Error);
}

}  // namespace
}  // namespace protolith::autograd
