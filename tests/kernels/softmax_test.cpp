#include "softmax/softmax.hpp"

#include "arrays.hpp"

#include <cmath>

namespace protolith::kernels {
namespace {

using testing::whole_numbers;

struct Sizes {
    std::int64_t rows, channels;
};
const std::vector<Sizes> cases{{1, 1}, {3, 2}, {1000, 4}, {5, 7}, {2, 1000}, {1, 3000}};

template <class T>
class Softmax : public ::testing::Test {};
TYPED_TEST_SUITE(Softmax, testing::ElementTypes);

TYPED_TEST(Softmax, EqualsItsDefinition) {
    for (const auto& [rows, channels] : cases) {
        const auto x = whole_numbers<TypeParam>(rows * channels);
        std::vector<TypeParam> y(x.size()), logarithm(x.size());
        Queue queue(Backend::cpu, 2);
        cpu::softmax(queue, rows, channels, x.data(), y.data());
        cpu::log_softmax(queue, rows, channels, x.data(), logarithm.data());
        for (std::int64_t r = 0; r < rows; ++r) {
            double sum = 0;
            for (std::int64_t c = 0; c < channels; ++c) sum += std::exp(double(x[r * channels + c]));
            for (std::int64_t c = r * channels; c < (r + 1) * channels; ++c) {
                const double expected = std::exp(double(x[c])) / sum;
                ASSERT_NEAR(double(y[c]), expected, 4 * expected * testing::rounding<TypeParam>());
                ASSERT_NEAR(double(logarithm[c]), std::log(expected),
                            (std::abs(std::log(expected)) + 1) * testing::rounding<TypeParam>());
            }
        }
    }
}

TYPED_TEST(Softmax, StandsLargeValues) {
    const std::vector<TypeParam> x{TypeParam(1024), TypeParam(1024), TypeParam(-1024), TypeParam(-2048)};
    std::vector<TypeParam> y(4);
    Queue queue;
    cpu::softmax(queue, 1, 4, x.data(), y.data());
    EXPECT_EQ(testing::doubles(y), (std::vector<double>{0.5, 0.5, 0, 0}));
    cpu::softmax(queue, 2, 2, x.data(), y.data());
    EXPECT_EQ(testing::doubles(y), (std::vector<double>{0.5, 0.5, 1, 0}));
}

TYPED_TEST(Softmax, DerivativeEqualsItsFormula) {
    for (const auto& [rows, channels] : cases) {
        const auto g = whole_numbers<TypeParam>(rows * channels, 1);
        auto y = whole_numbers<TypeParam>(rows * channels, 2);
        for (auto& value : y) value = static_cast<TypeParam>(static_cast<float>(value) / 256.0F);
        std::vector<TypeParam> d(y.size());
        Queue queue(Backend::cpu, 2);
        cpu::softmax_derivative(queue, rows, channels, y.data(), g.data(), d.data());
        for (std::int64_t r = 0; r < rows; ++r) {
            double sum = 0;
            for (std::int64_t c = r * channels; c < (r + 1) * channels; ++c) sum += double(y[c]) * double(g[c]);
            for (std::int64_t c = r * channels; c < (r + 1) * channels; ++c) {
                const double expected = double(y[c]) * (double(g[c]) - sum);
                ASSERT_NEAR(double(d[c]), expected, (std::abs(expected) + 0.1) * testing::rounding<TypeParam>());
            }
        }
    }
}

}  // namespace
}  // namespace protolith::kernels
