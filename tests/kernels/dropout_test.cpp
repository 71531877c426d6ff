#include "dropout/dropout.hpp"

#include "arrays.hpp"

#include <cmath>

namespace protolith::kernels {
namespace {

template <class T>
std::vector<T> dropped(std::int64_t count, double probability, const DropoutKey& key, int threads = 1) {
    Queue queue(Backend::cpu, threads);
    const std::vector<T> ones(static_cast<std::size_t>(count), T(1));
    std::vector<T> y(ones.size());
    cpu::dropout(queue, count, probability, key, ones.data(), y.data());
    return y;
}

template <class T>
class Dropout : public ::testing::Test {};
TYPED_TEST_SUITE(Dropout, testing::ElementTypes);

TYPED_TEST(Dropout, HasTheSameMaskOnAnyNumberOfThreads) {
    const auto one = dropped<TypeParam>(100'001, 0.5, {7, 1, 2}, 1);
    EXPECT_EQ(testing::doubles(one), testing::doubles(dropped<TypeParam>(100'001, 0.5, {7, 1, 2}, 3)));
}

TEST(DropoutMask, KeepsTheMeanAndDiffersByKey) {
    const std::int64_t count = 1 << 20;
    for (const double probability : {0.0, 0.1, 0.5, 0.9}) {
        const auto y = dropped<float>(count, probability, {3, 0, 0});
        double sum = 0;
        for (const float value : y) sum += value;
        const double deviation = std::sqrt(probability / (1 - probability) / static_cast<double>(count));
        EXPECT_NEAR(sum / static_cast<double>(count), 1, 4 * deviation + 1e-6);
    }
    const auto base = dropped<float>(4096, 0.5, {3, 0, 0});
    for (const DropoutKey other : {DropoutKey{4, 0, 0}, DropoutKey{3, 1, 0}, DropoutKey{3, 0, 1}}) {
        const auto y = dropped<float>(4096, 0.5, other);
        int equal = 0;
        for (std::size_t i = 0; i < y.size(); ++i) equal += y[i] == base[i];
        EXPECT_NEAR(equal, 2048, 4 * 32);
    }
}

}  // namespace
}  // namespace protolith::kernels
