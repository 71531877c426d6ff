// Adam against the algorithm written out in double, gradient norms and the search for NaN.
#include "optimise/adam.hpp"
#include "optimise/gradient.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace protolith::kernels {
namespace {

/// Weights after three steps with the gradients g · step.
std::vector<double> reference_adam(std::vector<double> w, const std::vector<double>& g, AdamStep by) {
    std::vector<double> m(w.size()), v(w.size());
    for (by.step = 1; by.step <= 3; ++by.step)
        for (std::size_t i = 0; i < w.size(); ++i) {
            const double gradient = g[i] * static_cast<double>(by.step);
            m[i] = by.beta1 * m[i] + (1 - by.beta1) * gradient;
            v[i] = by.beta2 * v[i] + (1 - by.beta2) * gradient * gradient;
            const double m_hat = m[i] / (1 - std::pow(by.beta1, by.step));
            const double v_hat = v[i] / (1 - std::pow(by.beta2, by.step));
            w[i] -= by.rate * m_hat / (std::sqrt(v_hat) + by.eps);
        }
    return w;
}

template <class T>
double adam_error(std::int64_t count, int threads) {
    Queue queue(Backend::cpu, threads);
    AdamStep by{1e-3, 0.5, 0.999, 1e-8, 0};
    std::vector<double> w0, g0;
    for (std::int64_t i = 0; i < count; ++i) {
        w0.push_back(std::sin(static_cast<double>(i)));
        g0.push_back(1e-3 * std::cos(3.0 * static_cast<double>(i)));
    }
    std::vector<T> w(w0.begin(), w0.end()), m(w.size()), v(w.size()), g(w.size());
    for (by.step = 1; by.step <= 3; ++by.step) {
        for (std::size_t i = 0; i < g.size(); ++i) g[i] = static_cast<T>(g0[i] * static_cast<double>(by.step));
        PROTOLITH_LAUNCH(queue, adam(queue, by, g.data(), m.data(), v.data(), w.data(), count));
    }
    const auto reference = reference_adam(w0, g0, by);
    double worst = 0;
    for (std::size_t i = 0; i < w.size(); ++i)
        worst = std::max(worst, std::abs(static_cast<double>(w[i]) - reference[i]));
    return worst;
}

TEST(Adam, ThreeStepsEqualTheAlgorithm) {
    for (const std::int64_t count : {1, 17, 40'001}) {
        EXPECT_LT(adam_error<double>(count, 1), 1e-14) << count;
        EXPECT_LT(adam_error<float>(count, 3), 3e-7) << count;
    }
}

TEST(Adam, TheFirstStepIsTheRateInTheGradientsDirection) {
    Queue queue;
    double w = 1, m = 0, v = 0;
    const double g = -7;
    PROTOLITH_LAUNCH(queue, adam(queue, AdamStep{0.01, 0.9, 0.999, 1e-8, 1}, &g, &m, &v, &w, 1));
    EXPECT_NEAR(w, 1.01, 1e-10);
    EXPECT_NEAR(m, -0.7, 1e-15);
    EXPECT_NEAR(v, 0.049, 1e-15);
}

TEST(Adam, ThreeStepsEqualPyTorchs) {  // tests/autograd/normalise_reference.py
    Queue queue;
    const double wanted[] = {-0.0200479721102276, 0.829178184371463, 0.937106989306107, 0.134168986855247,
                             -0.774034225181511};
    double w[5], m[5] = {}, v[5] = {}, g[5];
    for (int i = 0; i < 5; ++i) w[i] = std::sin(i);
    for (int step = 0; step < 3; ++step) {
        for (int i = 0; i < 5; ++i) g[i] = 1e-3 * std::sin(2.0 * i + step);
        PROTOLITH_LAUNCH(queue, adam(queue, AdamStep{1e-2, 0.5, 0.999, 1e-8, step + 1}, g, m, v, w, 5));
    }
    for (int i = 0; i < 5; ++i) EXPECT_NEAR(w[i], wanted[i], 1e-12);
}

TEST(GradientNorm, AddsUpOverArraysAndClips) {
    Queue queue;
    std::vector<float> a{3, 0, 0}, b{4};
    double squared = 0;
    PROTOLITH_LAUNCH(queue, add_squared_norm(queue, a.data(), 3, &squared));
    PROTOLITH_LAUNCH(queue, add_squared_norm(queue, b.data(), 1, &squared));
    EXPECT_EQ(squared, 25);
    PROTOLITH_LAUNCH(queue, clip(queue, &squared, 10.0, a.data(), 3));
    EXPECT_EQ(a, (std::vector<float>{3, 0, 0}));
    PROTOLITH_LAUNCH(queue, clip(queue, &squared, 1.0, a.data(), 3));
    EXPECT_NEAR(a[0], 0.6, 1e-6);
}

template <class T>
bool finds(T value, std::size_t at) {
    Queue queue(Backend::cpu, 3);
    std::vector<T> x(50'003, static_cast<T>(std::numeric_limits<float>::max() / 4));
    x[at] = value;
    std::int32_t found = 0;
    PROTOLITH_LAUNCH(queue, find_non_finite(queue, x.data(), static_cast<std::int64_t>(x.size()), &found));
    return found == 1;
}

TEST(FindNonFinite, SeesNaNAndInfinityAnywhereAndNothingElse) {
    const float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
    for (const std::size_t at : {0, 25'000, 50'002}) {
        EXPECT_TRUE(finds(nan, at));
        EXPECT_TRUE(finds(-infinity, at));
        EXPECT_TRUE(finds(static_cast<double>(nan), at));
        EXPECT_TRUE(finds(bfloat16(infinity), at));
        EXPECT_FALSE(finds(0.0F, at));
        EXPECT_FALSE(finds(std::numeric_limits<double>::denorm_min(), at));
        EXPECT_FALSE(finds(bfloat16(-1e30F), at));
    }
}

TEST(FindNonFinite, LeavesAnEarlierFinding) {
    Queue queue;
    const float x = 1;
    std::int32_t found = 1;
    PROTOLITH_LAUNCH(queue, find_non_finite(queue, &x, 1, &found));
    EXPECT_EQ(found, 1);
}

}  // namespace
}  // namespace protolith::kernels
