#include "dropout/dropout.hpp"

#include "../arrays.hpp"

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

TYPED_TEST(Dropout, DrawsPhiloxNumbersByElement) {
    const DropoutKey key{0x123456789abcdef0, 17, 23};
    const std::int64_t count = 1003;
    const double probability = 0.3;
    const auto y = dropped<TypeParam>(count, probability, key);
    const std::uint32_t threshold = dropout_threshold(probability);
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto words = r123::Philox4x32{}({{i / 8, 0, 17 + 0x80000000u, 23}}, {{0x9abcdef0, 0x12345678}});
        const std::uint32_t bits = words[i / 2 % 4] >> (16 * (i % 2)) & 0xffff;
        const auto kept = static_cast<TypeParam>(65536.0F / static_cast<float>(65536 - threshold));
        ASSERT_NEAR(double(y[i]), bits < threshold ? 0.0 : double(kept), 1e-7) << i;
    }
}

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
