// Pointwise kernels against formulas in double, at lengths around a block, on one and on three threads.
#include "pointwise/cast.hpp"
#include "pointwise/map.hpp"

#include <cmath>
#include <functional>
#include <vector>

#include <gtest/gtest.h>

namespace protolith::kernels {
namespace {

constexpr std::int64_t lengths[] = {0, 1, 3, 255, 256, 257, 70'001};

std::vector<double> ramp(std::int64_t count, double low, double high) {
    std::vector<double> values(static_cast<std::size_t>(count));
    for (std::int64_t i = 0; i < count; ++i)
        values[i] = low + (high - low) * static_cast<double>(i * 7919 % count) / static_cast<double>(count);
    return values;
}

template <class T>
std::vector<T> as(const std::vector<double>& values) {
    std::vector<T> result;
    for (const double value : values) result.push_back(static_cast<T>(static_cast<accumulator_t<T>>(value)));
    return result;
}

template <class T>
double eps() {
    return std::is_same_v<T, double> ? 0x1p-52 : std::is_same_v<T, float> ? 0x1p-23 : 0x1p-7;
}

/// Worst |y − reference| in units of the type's eps times max(1, |reference|).
template <class T>
double worst(const Unary& formula, const std::function<double(double)>& reference, double low, double high) {
    double largest = 0;
    for (const int threads : {1, 3})
        for (const auto count : lengths) {
            Queue queue(Backend::cpu, threads);
            const auto x = as<T>(ramp(count, low, high));
            std::vector<T> y(x.size());
            PROTOLITH_LAUNCH(queue, map(queue, formula, x.data(), y.data(), count));
            for (std::size_t i = 0; i < x.size(); ++i) {
                const double wanted = reference(static_cast<double>(static_cast<accumulator_t<T>>(x[i])));
                const double error = std::abs(static_cast<double>(static_cast<accumulator_t<T>>(y[i])) - wanted);
                largest = std::max(largest, error / eps<T>() / std::max(1.0, std::abs(wanted)));
            }
        }
    return largest;
}

struct Case {
    const char* name;
    Unary formula;
    std::function<double(double)> reference;
    double low, high;
};

const Case cases[] = {
    {"scale", formula::Scale{-1.5}, [](double x) { return -1.5 * x; }, -3, 3},
    {"shift", formula::Shift{0.25}, [](double x) { return x + 0.25; }, -3, 3},
    {"square", formula::Square{}, [](double x) { return x * x; }, -3, 3},
    {"sqrt", formula::Sqrt{}, [](double x) { return std::sqrt(x); }, 0, 9},
    {"reciprocal", formula::Reciprocal{}, [](double x) { return 1 / x; }, 0.5, 9},
    {"inverse", formula::Inverse{}, [](double x) { return x == 0 ? 0 : 1 / x; }, 0, 700},
    {"reciprocal root", formula::ReciprocalSqrt{}, [](double x) { return 1 / std::sqrt(x); }, 0.5, 9},
    {"power", formula::Power{1.7}, [](double x) { return std::pow(x, 1.7); }, 0, 4},
    {"exp", formula::Exp{}, [](double x) { return std::exp(x); }, -30, 10},
    {"log", formula::Log{}, [](double x) { return std::log(x); }, 0.01, 90},
    {"tanh", formula::Tanh{}, [](double x) { return std::tanh(x); }, -12, 12},
    {"sigmoid", formula::Sigmoid{}, [](double x) { return 1 / (1 + std::exp(-x)); }, -200, 200},
    {"softplus", formula::Softplus{}, [](double x) { return std::log1p(std::exp(x)); }, -30, 30},
    {"clamp", formula::Clamp{-1, 2}, [](double x) { return std::min(std::max(x, -1.0), 2.0); }, -3, 3},
    {"selu", formula::Selu{},
     [](double x) { return 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * std::expm1(x)); }, -6, 3},
};

TEST(Map, EqualsItsFormulaInEveryTypeAtEveryLength) {
    for (const auto& c : cases) {
        EXPECT_LE(worst<float>(c.formula, c.reference, c.low, c.high), 2) << c.name;
        EXPECT_LE(worst<bfloat16>(c.formula, c.reference, c.low, c.high), 0.51) << c.name;
        EXPECT_LE(worst<double>(c.formula, c.reference, c.low, c.high), 4) << c.name;
    }
}

TEST(Map, AValueDoesNotDependOnItsPlace) {
    Queue queue;
    for (const auto& c : cases) {
        const std::vector<float> x(1000, static_cast<float>(c.low + 0.37 * (c.high - c.low)));
        std::vector<float> y(x.size());
        PROTOLITH_LAUNCH(queue, map(queue, c.formula, x.data(), y.data(), 1000));
        for (const float value : y) ASSERT_EQ(value, y.front()) << c.name;
    }
}

TEST(Map, PowersWithoutPowEqualPow) {
    Queue queue;
    for (const double exponent : {2.0, 1.0, 0.5, -0.5, -1.0, 3.0, 0.0}) {
        const double x = 2.3;
        double y = 0;
        PROTOLITH_LAUNCH(queue, map(queue, power_formula(exponent), &x, &y, 1));
        EXPECT_NEAR(y, std::pow(x, exponent), 1e-15) << exponent;
    }
}

TEST(Map, WorksInPlace) {
    Queue queue(Backend::cpu, 2);
    auto x = as<float>(ramp(1000, -1, 1));
    const auto before = x;
    PROTOLITH_LAUNCH(queue, map(queue, formula::Scale{2}, x.data(), x.data(), 1000));
    for (std::size_t i = 0; i < x.size(); ++i) ASSERT_EQ(x[i], 2 * before[i]);
}

struct PairCase {
    const char* name;
    Binary formula;
    std::function<double(double, double)> reference;
};

const PairCase pair_cases[] = {
    {"add", formula::Add{}, [](double x, double y) { return x + y; }},
    {"subtract", formula::Subtract{}, [](double x, double y) { return x - y; }},
    {"multiply", formula::Multiply{}, [](double x, double y) { return x * y; }},
    {"divide", formula::Divide{}, [](double x, double y) { return x / y; }},
    {"axpby", formula::Axpby{2, -0.5}, [](double x, double y) { return 2 * x - 0.5 * y; }},
    {"gate", formula::Gate{1, 0.25}, [](double x, double v) { return x > 0 ? v : 0.25 * v; }},
    {"follow sign", formula::FollowSign{}, [](double x, double v) { return x > 0   ? v
                                                                           : x < 0 ? -v
                                                                                   : 0; }},
    {"within", formula::Within{-0.5, 1}, [](double x, double v) { return x >= -0.5 && x <= 1 ? v : 0; }},
    {"tanh slope", formula::TanhSlope{}, [](double y, double g) { return (1 - y * y) * g; }},
    {"sigmoid slope", formula::SigmoidSlope{}, [](double y, double g) { return y * (1 - y) * g; }},
    {"selu slope", formula::SeluSlope{},
     [](double y, double g) { return (y > 0 ? 1.0507009873554805 : y + 1.0507009873554805 * 1.6732632423543772) * g; }},
};

template <class T>
double worst(const PairCase& c, std::int64_t count, int threads) {
    Queue queue(Backend::cpu, threads);
    const auto a = as<T>(ramp(count, -2, 2)), b = as<T>(ramp(count, 0.5, 1.5));
    std::vector<T> y(a.size()), in_place = a;
    PROTOLITH_LAUNCH(queue, combine(queue, c.formula, a.data(), b.data(), y.data(), count));
    PROTOLITH_LAUNCH(queue, combine(queue, c.formula, in_place.data(), b.data(), in_place.data(), count));
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto value = [](T x) { return static_cast<double>(static_cast<accumulator_t<T>>(x)); };
        const double wanted = c.reference(value(a[i]), value(b[i]));
        EXPECT_EQ(value(y[i]), value(in_place[i])) << c.name;
        largest = std::max(largest, std::abs(value(y[i]) - wanted) / eps<T>() / std::max(1.0, std::abs(wanted)));
    }
    return largest;
}

TEST(Combine, EqualsItsFormulaInEveryTypeAtEveryLength) {
    for (const auto& c : pair_cases)
        for (const auto count : lengths) {
            EXPECT_LE(worst<float>(c, count, 1), 2) << c.name;
            EXPECT_LE(worst<bfloat16>(c, count, 3), 0.51) << c.name;
            EXPECT_LE(worst<double>(c, count, 2), 2) << c.name;
        }
}

TEST(Cast, ToBfloat16RoundsAndBackIsExact) {
    Queue queue;
    const auto x = as<float>(ramp(777, -100, 100));
    std::vector<bfloat16> narrow(x.size());
    std::vector<float> back(x.size());
    std::vector<double> wide(x.size());
    PROTOLITH_LAUNCH(queue, cast(queue, x.data(), narrow.data(), 777));
    PROTOLITH_LAUNCH(queue, cast(queue, narrow.data(), back.data(), 777));
    PROTOLITH_LAUNCH(queue, cast(queue, narrow.data(), wide.data(), 777));
    for (std::size_t i = 0; i < x.size(); ++i) {
        EXPECT_EQ(back[i], static_cast<float>(bfloat16(x[i])));
        EXPECT_EQ(wide[i], static_cast<double>(back[i]));
    }
}

TEST(Fill, WritesEveryElementAndNoOther) {
    Queue queue(Backend::cpu, 3);
    std::vector<bfloat16> y(101, bfloat16(7.0F));
    PROTOLITH_LAUNCH(queue, fill(queue, -0.5, y.data(), 100));
    for (std::size_t i = 0; i < 100; ++i) EXPECT_EQ(static_cast<float>(y[i]), -0.5F);
    EXPECT_EQ(static_cast<float>(y[100]), 7.0F);
}

}  // namespace
}  // namespace protolith::kernels
