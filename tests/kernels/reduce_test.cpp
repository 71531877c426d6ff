// Sums and broadcasts over groups against plain loops in double.
#include "reduce/broadcast.hpp"
#include "reduce/sum.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace protolith::kernels {
namespace {

const Groups shapes[] = {
    {1, 1, 1},    {1, 5, 3},     {3, 1, 7},    {2, 33, 64},    {2, 33, 65},  {1, 3000, 1},   {5, 4096, 1},
    {1, 77, 600}, {2, 17, 1025}, {1000, 3, 1}, {1, 40'000, 5}, {7, 100, 16}, {1, 70'000, 1}, {3, 0, 4},
};

std::string text(const Groups& g) {
    return std::to_string(g.outer) + " " + std::to_string(g.rows) + " " + std::to_string(g.channels);
}

template <class T>
T rounded(double value) {
    return static_cast<T>(static_cast<accumulator_t<T>>(value));
}

template <class T>
double value(T x) {
    return static_cast<double>(static_cast<accumulator_t<T>>(x));
}

template <class T>
std::vector<T> numbers(std::int64_t count, unsigned seed) {
    std::vector<T> values(static_cast<std::size_t>(count));
    for (auto& v : values) {
        seed = seed * 1664525U + 1013904223U;
        v = rounded<T>(static_cast<double>(seed >> 8) * 0x1p-23 - 0.8);
    }
    return values;
}

template <class T>
void check_sums(const Groups& g, int threads, double tolerance) {
    Queue queue(Backend::cpu, threads);
    const auto a = numbers<T>(g.elements(), 1), b = numbers<T>(g.elements(), 2);
    std::vector<accumulator_t<T>> sums(g.count(), 99), dots(g.count(), 99);
    PROTOLITH_LAUNCH(queue, sum(queue, g, a.data(), sums.data()));
    PROTOLITH_LAUNCH(queue, dot(queue, g, a.data(), b.data(), dots.data()));
    for (std::int64_t o = 0; o < g.outer; ++o)
        for (std::int64_t c = 0; c < g.channels; ++c) {
            long double total = 0, product = 0, size = 1e-30L;
            for (std::int64_t r = 0; r < g.rows; ++r) {
                const auto i = (o * g.rows + r) * g.channels + c;
                total += value(a[i]);
                product += static_cast<long double>(value(a[i])) * value(b[i]);
                size += std::abs(value(a[i])) + std::abs(value(a[i]) * value(b[i]));
            }
            ASSERT_NEAR(sums[o * g.channels + c], static_cast<double>(total), tolerance * static_cast<double>(size))
                << text(g);
            ASSERT_NEAR(dots[o * g.channels + c], static_cast<double>(product), tolerance * static_cast<double>(size))
                << text(g);
        }
}

TEST(Sum, EqualsThePlainLoop) {
    for (const auto& g : shapes)
        for (const int threads : {1, 3}) {
            check_sums<float>(g, threads, 3e-7);
            check_sums<bfloat16>(g, threads, 3e-7);
            check_sums<double>(g, threads, 1e-14);
        }
}

TEST(Sum, HasTheSameBitsForAnyNumberOfThreads) {
    for (const auto& g : shapes) {
        const auto x = numbers<float>(g.elements(), 3);
        std::vector<float> first(g.count());
        for (const int threads : {1, 2, 5}) {
            Queue queue(Backend::cpu, threads);
            std::vector<float> sums(g.count());
            PROTOLITH_LAUNCH(queue, sum(queue, g, x.data(), sums.data()));
            if (threads == 1) first = sums;
            EXPECT_EQ(sums, first) << text(g);
        }
    }
}

TEST(Sum, OfMillionsOfEqualFloatsIsAccurate) {
    Queue queue(Backend::cpu, 2);
    const std::vector<float> x(3'000'000, 0.1F);
    float total = 0;
    PROTOLITH_LAUNCH(queue, sum(queue, Groups{1, 3'000'000, 1}, x.data(), &total));
    EXPECT_NEAR(total, 3e6 * static_cast<double>(0.1F), 0.3);
    std::vector<float> channels(3);
    PROTOLITH_LAUNCH(queue, sum(queue, Groups{1, 1'000'000, 3}, x.data(), channels.data()));
    for (const float channel : channels) EXPECT_NEAR(channel, 1e6 * static_cast<double>(0.1F), 0.1);
}

template <class T>
void check_rows(const Groups& g, int threads) {
    Queue queue(Backend::cpu, threads);
    const auto x = numbers<T>(g.elements(), 1), v = numbers<T>(g.elements(), 2);
    const auto row = numbers<accumulator_t<T>>(g.count(), 3);
    std::vector<T> spread(x.size()), product(x.size()), total(x.size()), gated(x.size());
    PROTOLITH_LAUNCH(queue, broadcast(queue, g, row.data(), spread.data()));
    PROTOLITH_LAUNCH(queue, combine_row(queue, formula::Multiply{}, g, x.data(), row.data(), product.data()));
    PROTOLITH_LAUNCH(queue, combine_row(queue, formula::Add{}, g, x.data(), row.data(), total.data()));
    PROTOLITH_LAUNCH(queue, gate_row(queue, g, x.data(), v.data(), row.data(), gated.data()));
    for (std::int64_t o = 0; o < g.outer; ++o)
        for (std::int64_t r = 0; r < g.rows; ++r)
            for (std::int64_t c = 0; c < g.channels; ++c) {
                const auto i = (o * g.rows + r) * g.channels + c;
                using A = accumulator_t<T>;
                const A xi = static_cast<A>(x[i]), vi = static_cast<A>(v[i]), s = row[o * g.channels + c];
                ASSERT_EQ(value(spread[i]), value(static_cast<T>(s))) << text(g);
                ASSERT_EQ(value(product[i]), value(static_cast<T>(xi * s))) << text(g);
                ASSERT_EQ(value(total[i]), value(static_cast<T>(xi + s))) << text(g);
                ASSERT_EQ(value(gated[i]), value(static_cast<T>(xi > 0 ? vi : s * vi))) << text(g);
            }
}

TEST(Broadcast, EqualsThePlainLoop) {
    for (const auto& g : shapes)
        for (const int threads : {1, 3}) {
            check_rows<float>(g, threads);
            check_rows<bfloat16>(g, threads);
            check_rows<double>(g, threads);
        }
}

}  // namespace
}  // namespace protolith::kernels
