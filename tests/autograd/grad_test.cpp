#include "autograd/grad.hpp"

#include "base/error.hpp"
#include "derivative_check.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace protolith::autograd {
namespace {

template <class F>
Tensor mapped(const Var& a, const Var& b, F f) {
    Tensor result(a.queue(), a.shape(), a.type());
    for (std::int64_t i = 0; i < result.elements(); ++i)
        result.data<double>()[i] = f(a.value().data<double>()[i], b.value().data<double>()[i]);
    return result;
}

Var times(const Var& a, const Var& b) {
    return record(mapped(a, b, [](double x, double y) { return x * y; }), {a, b},
                  {[b](auto&, auto& g) { return times(g, b); }, [a](auto&, auto& g) { return times(g, a); }});
}

Var plus(const Var& a, const Var& b) {
    return record(mapped(a, b, [](double x, double y) { return x + y; }), {a, b},
                  {[](auto&, auto& g) { return g; }, [](auto&, auto& g) { return g; }});
}

Var exponential(const Var& a) {
    return record(mapped(a, a, [](double x, double) { return std::exp(x); }), {a},
                  {[](auto& y, auto& g) { return times(y, g); }});
}

Var scalar(Queue& queue, double value, bool wanted = true) {
    return Var(Tensor::full(queue, {1}, DataType::float64, value), wanted);
}

TEST(Grad, OfAProductIsTheOtherFactor) {
    Queue queue;
    const Var a = scalar(queue, 3), b = scalar(queue, 5);
    const auto g = grad(times(a, b), {a, b});
    EXPECT_EQ(g[0].value().item(), 5);
    EXPECT_EQ(g[1].value().item(), 3);
}

TEST(Grad, SumsOverEveryWay) {
    Queue queue;
    const Var x = scalar(queue, 2);
    EXPECT_EQ(grad(plus(times(x, x), plus(x, times(x, times(x, x)))), {x})[0].value().item(), 4 + 1 + 12);
}

TEST(Grad, OfAGradientIsTheSecondDerivative) {
    Queue queue;
    const Var x = scalar(queue, 0.5);
    const Var y = exponential(times(x, x));
    const Var first = grad(y, {x}, {.create_graph = true})[0];
    const double e = std::exp(0.25);
    EXPECT_NEAR(first.value().item(), e, 1e-15);
    EXPECT_NEAR(grad(first, {x})[0].value().item(), 2 * e + 4 * 0.25 * e, 1e-14);
}

TEST(Grad, IsZeroWhereTheValueDoesNotDepend) {
    Queue queue;
    const Var x = scalar(queue, 2), other = scalar(queue, 7), constant = scalar(queue, 3, false);
    const auto g = grad(times(x, constant), {other, x});
    EXPECT_EQ(g[0].value().item(), 0);
    EXPECT_EQ(g[1].value().item(), 3);
}

TEST(Grad, WithRespectToAnIntermediateStopsThere) {
    Queue queue;
    const Var x = scalar(queue, 2), middle = times(x, x), y = times(middle, middle);
    EXPECT_EQ(grad(y, {middle, x}, {.keep_graph = true})[0].value().item(), 8);
    EXPECT_EQ(grad(y, {middle, x})[1].value().item(), 32);
}

TEST(Grad, OfALeafIsReadyBeforeOlderOperationsAreVisited) {
    Queue queue;
    const Var early = scalar(queue, 2), late = scalar(queue, 3);
    int visited = 0, visited_when_late_was_ready = -1;
    const Var counted = record(early.value(), {early}, {[&](auto&, auto& g) {
                                   ++visited;
                                   return g;
                               }});
    grad(times(counted, late), {early, late}, {.ready = [&](std::size_t i, const Var&) {
             if (i == 1) visited_when_late_was_ready = visited;
         }});
    EXPECT_EQ(visited, 1);
    EXPECT_EQ(visited_when_late_was_ready, 0);
}

TEST(Grad, ConsumesTheRecordUnlessItIsKept) {
    Queue queue;
    const Var x = scalar(queue, 2), y = times(exponential(x), x);
    (void)grad(y, {x});
    EXPECT_THROW((void)grad(y, {x}), Error);
}

TEST(Grad, GivesMemoryBackAsTheBackwardConsumesIt) {
    Queue queue;
    const Shape shape{100, 100};
    const Var x(Tensor::full(queue, shape, DataType::float64, 1e-3), true);
    Var y = times(x, x);
    for (int layer = 0; layer < 20; ++layer) y = exponential(times(y, y));
    const auto before = queue.pool()->use().live;
    queue.pool()->reset_peak();
    const auto g = grad(y, {x}, Var(Tensor::full(queue, shape, DataType::float64, 1)));
    EXPECT_LE(queue.pool()->use().peak_live, before + 6 * x.value().bytes() * 9 / 8);
    EXPECT_LE(queue.pool()->use().live, before / 4);
}

TEST(Grad, SaysWhenEachGradientIsComplete) {
    Queue queue;
    const Var first = scalar(queue, 2), last = scalar(queue, 3);
    const Var y = times(exponential(first), last);
    std::vector<std::size_t> order;
    (void)grad(y, {first, last}, {.ready = [&](std::size_t i, const Var&) { order.push_back(i); }});
    EXPECT_EQ(order, (std::vector<std::size_t>{1, 0}));
}

TEST(Grad, RecordsNothingInsideNoRecord) {
    Queue queue;
    const Var x = scalar(queue, 2);
    const NoRecord no_record;
    EXPECT_FALSE(times(x, x).wanted());
}

TEST(Grad, SurvivesAVeryLongChain) {
    Queue queue;
    const Var x = scalar(queue, 1);
    Var y = x;
    for (int i = 0; i < 200'000; ++i) y = plus(y, scalar(queue, 0, false));
    EXPECT_EQ(grad(y, {x})[0].value().item(), 1);
}

TEST(Grad, RefusesASeedOfAnotherShape) {
    Queue queue;
    const Var x = scalar(queue, 1);
    EXPECT_THROW((void)grad(times(x, x), {x}, Var(Tensor::zeros(queue, {2}, DataType::float64))), Error);
}

TEST(DerivativeCheck, PassesRightRulesAndSeesWrongOnes) {
    Queue queue;
    const std::vector<Tensor> inputs{testing::random_tensor(queue, {3, 2}, 1),
                                     testing::random_tensor(queue, {3, 2}, 2)};
    const testing::Operation right = [](const auto& x) { return times(exponential(x[0]), times(x[1], x[1])); };
    const testing::Operation wrong = [](const auto& x) {
        return record(
            mapped(x[0], x[1], [](double a, double b) { return std::sin(a) * b; }), x,
            {[b = x[1]](auto&, auto& g) { return times(g, b); }, [a = x[0]](auto&, auto& g) { return times(g, a); }});
    };
    EXPECT_LT(testing::first_derivative_error(right, inputs), 1e-8);
    EXPECT_LT(testing::second_derivative_error(right, inputs), 1e-8);
    EXPECT_GT(testing::first_derivative_error(wrong, inputs), 1e-3);
}

}  // namespace
}  // namespace protolith::autograd
