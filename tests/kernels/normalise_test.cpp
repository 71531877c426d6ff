// Moments, normalisation and its gradients against plain loops in double.
#include "normalise/normalise.hpp"

#include "normalise/moments.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace protolith::kernels {
namespace {

const Groups shapes[] = {
    {1, 1, 1},    {1, 5, 3},     {3, 1, 7},  {2, 33, 64},    {2, 33, 65},  {1, 3000, 1},
    {5, 4096, 1}, {2, 17, 1025}, {50, 3, 1}, {1, 20'000, 5}, {7, 100, 16}, {1, 70'000, 1},
};

std::string text(const Groups& g) {
    return std::to_string(g.outer) + " " + std::to_string(g.rows) + " " + std::to_string(g.channels);
}

template <class T>
double value(T x) {
    return static_cast<double>(static_cast<accumulator_t<T>>(x));
}

template <class T>
std::vector<T> numbers(std::int64_t count, unsigned seed, double middle = 0.2) {
    std::vector<T> values(static_cast<std::size_t>(count));
    for (auto& v : values) {
        seed = seed * 1664525U + 1013904223U;
        v = static_cast<T>(static_cast<accumulator_t<T>>(static_cast<double>(seed >> 8) * 0x1p-23 - 1 + middle));
    }
    return values;
}

/// Mean and biased variance of every group, in long double.
struct Reference {
    std::vector<double> mean, variance;
};

template <class T>
Reference reference_moments(const Groups& g, const std::vector<T>& x) {
    Reference result{std::vector<double>(g.count()), std::vector<double>(g.count())};
    for (std::int64_t o = 0; o < g.outer; ++o)
        for (std::int64_t c = 0; c < g.channels; ++c) {
            const auto at = [&](std::int64_t r) {
                return static_cast<long double>(value(x[(o * g.rows + r) * g.channels + c]));
            };
            long double mean = 0, squares = 0;
            for (std::int64_t r = 0; r < g.rows; ++r) mean += at(r) / static_cast<long double>(g.rows);
            for (std::int64_t r = 0; r < g.rows; ++r) squares += (at(r) - mean) * (at(r) - mean);
            result.mean[o * g.channels + c] = static_cast<double>(mean);
            result.variance[o * g.channels + c] = static_cast<double>(squares / static_cast<long double>(g.rows));
        }
    return result;
}

template <class T>
void check_moments(const Groups& g, int threads, double middle, double tolerance) {
    Queue queue(Backend::cpu, threads);
    const auto x = numbers<T>(g.elements(), 1, middle);
    std::vector<accumulator_t<T>> mean(g.count()), variance(g.count());
    PROTOLITH_LAUNCH(queue, moments(queue, g, x.data(), mean.data(), variance.data()));
    const auto reference = reference_moments(g, x);
    for (std::int64_t i = 0; i < g.count(); ++i) {
        ASSERT_NEAR(mean[i], reference.mean[i], tolerance * std::max(1.0, std::abs(middle))) << text(g);
        ASSERT_NEAR(variance[i], reference.variance[i], tolerance) << text(g);
    }
}

TEST(Moments, EqualThoseOfThePlainLoop) {
    for (const auto& g : shapes)
        for (const int threads : {1, 3}) {
            check_moments<float>(g, threads, 0.2, 3e-7);
            check_moments<bfloat16>(g, threads, 0.2, 3e-7);
            check_moments<double>(g, threads, 0.2, 1e-14);
        }
}

TEST(Moments, KeepTheVarianceFarFromZero) {
    for (const auto& g : shapes) check_moments<float>(g, 2, 1000, 1e-6);
}

TEST(Moments, HaveTheSameBitsForAnyNumberOfThreads) {
    const Groups g{1, 20'000, 5};
    const auto x = numbers<float>(g.elements(), 3);
    std::vector<float> first;
    for (const int threads : {1, 2, 5}) {
        Queue queue(Backend::cpu, threads);
        std::vector<float> both(10);
        PROTOLITH_LAUNCH(queue, moments(queue, g, x.data(), both.data(), both.data() + 5));
        if (first.empty()) first = both;
        EXPECT_EQ(both, first);
    }
}

struct Parameters {
    bool affine;
    double slope;
};

/// Everything of one case: statistics from the kernel, the rest in double.
template <class T>
void check_normalise(const Groups& g, const Parameters& with, double tolerance) {
    using A = accumulator_t<T>;
    Queue queue(Backend::cpu, 2);
    const auto x = numbers<T>(g.elements(), 1), gradient = numbers<T>(g.elements(), 2);
    const auto gamma = numbers<A>(g.channels, 3, 1.5), beta = numbers<A>(g.channels, 4);
    std::vector<A> mean(g.count()), rstd(g.count()), sums(g.count()), products(g.count());
    PROTOLITH_LAUNCH(queue, moments(queue, g, x.data(), mean.data(), rstd.data()));
    for (auto& r : rstd) r = static_cast<A>(1 / std::sqrt(r + A(1e-2)));
    const Normalisation<A> by{mean.data(), rstd.data(), with.affine ? gamma.data() : nullptr,
                              with.affine ? beta.data() : nullptr, with.slope};
    std::vector<T> y(x.size()), dx(x.size());
    PROTOLITH_LAUNCH(queue, normalise(queue, g, x.data(), by, y.data()));
    PROTOLITH_LAUNCH(queue, normalise_sums(queue, g, x.data(), gradient.data(), by, sums.data(), products.data()));
    PROTOLITH_LAUNCH(
        queue, normalise_backward(queue, g, x.data(), gradient.data(), by, sums.data(), products.data(), dx.data()));
    for (std::int64_t o = 0; o < g.outer; ++o)
        for (std::int64_t c = 0; c < g.channels; ++c) {
            const auto group = o * g.channels + c;
            const double w = with.affine ? value(gamma[c]) : 1, b = with.affine ? value(beta[c]) : 0;
            const auto at = [&](std::int64_t r) { return (o * g.rows + r) * g.channels + c; };
            const auto hat = [&](std::int64_t r) {
                return (value(x[at(r)]) - value(mean[group])) * value(rstd[group]);
            };
            const auto back = [&](std::int64_t r) {
                return (hat(r) * w + b > 0 ? 1 : with.slope) * value(gradient[at(r)]);
            };
            double u = 0, product = 0;
            for (std::int64_t r = 0; r < g.rows; ++r) {
                const double z = hat(r) * w + b;
                ASSERT_NEAR(value(y[at(r)]), z > 0 ? z : with.slope * z, tolerance * std::max(1.0, std::abs(z)));
                u += back(r) / static_cast<double>(g.rows);
                product += back(r) * hat(r) / static_cast<double>(g.rows);
            }
            ASSERT_NEAR(sums[group] / static_cast<A>(g.rows), u, 1e-6) << text(g);
            ASSERT_NEAR(products[group] / static_cast<A>(g.rows), product, 2e-6) << text(g);
            for (std::int64_t r = 0; r < g.rows; ++r) {
                const double wanted = w * value(rstd[group]) * (back(r) - u - hat(r) * product);
                ASSERT_NEAR(value(dx[at(r)]), wanted, tolerance * std::max(8.0, std::abs(wanted))) << text(g);
            }
        }
}

TEST(Normalise, ForwardAndBackwardEqualThePlainLoop) {
    for (const auto& g : shapes)
        for (const auto& with : {Parameters{false, 1}, Parameters{true, 0}, Parameters{true, 0.2}}) {
            check_normalise<double>(g, with, 1e-13);
            check_normalise<float>(g, with, 2e-6);
            check_normalise<bfloat16>(g, with, 0x1p-8 + 1e-5);
        }
}

TEST(Normalise, InferenceIsAScaleAndAShift) {
    Queue queue;
    const Groups g{1, 2, 2};
    const std::vector<float> x{1, 2, 3, 4}, mean{1, 1}, rstd{2, 0.5F}, gamma{1, -2}, beta{0, 1};
    std::vector<float> y(4);
    PROTOLITH_LAUNCH(queue,
                     normalise(queue, g, x.data(),
                               Normalisation<float>{mean.data(), rstd.data(), gamma.data(), beta.data(), 0}, y.data()));
    EXPECT_EQ(y, (std::vector<float>{0, 0, 4, 0}));
}

TEST(Project, TakesOutTheMeanAndTheDirectionOfTheValue) {
    Queue queue(Backend::cpu, 2);
    for (const auto& g : shapes) {
        const auto hat = numbers<double>(g.elements(), 1), v = numbers<double>(g.elements(), 2);
        std::vector<double> y(v.size()), free(v.size());
        PROTOLITH_LAUNCH(queue, project(queue, g, true, hat.data(), v.data(), y.data()));
        PROTOLITH_LAUNCH(queue, project(queue, g, false, hat.data(), v.data(), free.data()));
        const auto mean = reference_moments(g, v).mean;
        std::vector<double> products(v.size());
        for (std::size_t i = 0; i < v.size(); ++i) products[i] = hat[i] * v[i];
        const auto product = reference_moments(g, products).mean;
        for (std::int64_t i = 0; i < g.elements(); ++i) {
            const auto group = i / (g.rows * g.channels) * g.channels + i % g.channels;
            ASSERT_NEAR(free[i], v[i] - hat[i] * product[group], 1e-13);
            ASSERT_NEAR(y[i], free[i] - mean[group], 1e-13);
        }
    }
}

}  // namespace
}  // namespace protolith::kernels
