#include "pool/max_pool.hpp"

#include "arrays.hpp"

#include <array>
#include <cmath>
#include <limits>

namespace protolith::kernels {
namespace {

using testing::dot;
using testing::doubles;
using testing::whole_numbers;

PoolGeometry geometry(std::int64_t images, std::array<std::int64_t, 3> in, std::array<std::int64_t, 3> window,
                      std::array<std::int64_t, 3> stride, std::array<std::int64_t, 3> pad, std::int64_t channels) {
    PoolGeometry g;
    g.images = images;
    g.channels = channels;
    for (std::size_t a = 0; a < 3; ++a) {
        g.in[a] = in[a], g.window[a] = window[a], g.stride[a] = stride[a], g.pad[a] = pad[a];
        g.out[a] = (in[a] + 2 * pad[a] - window[a]) / stride[a] + 1;
    }
    return g;
}

std::vector<PoolGeometry> geometries() {
    std::vector<PoolGeometry> made;
    for (const std::int64_t channels : {1, 5, 64}) {
        made.push_back(geometry(2, {1, 4, 6}, {1, 2, 2}, {1, 2, 2}, {0, 0, 0}, channels));
        made.push_back(geometry(1, {1, 5, 7}, {1, 3, 3}, {1, 2, 2}, {0, 1, 1}, channels));  // overlapping, padded
        made.push_back(geometry(1, {1, 5, 5}, {1, 2, 2}, {1, 3, 3}, {0, 0, 0}, channels));  // gaps
        made.push_back(geometry(2, {4, 3, 5}, {2, 2, 3}, {2, 1, 2}, {0, 1, 1}, channels));
        made.push_back(geometry(1, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {0, 0, 0}, channels));
    }
    return made;
}

std::int64_t count(const PoolGeometry& g, const std::int64_t* size) {
    return g.images * size[0] * size[1] * size[2] * g.channels;
}

/// The largest value of every window, by definition.
std::vector<double> largest(const PoolGeometry& g, const std::vector<double>& x) {
    std::vector<double> y;
    for (std::int64_t n = 0; n < g.images; ++n)
        for (std::int64_t d = 0; d < g.out[0]; ++d)
            for (std::int64_t h = 0; h < g.out[1]; ++h)
                for (std::int64_t w = 0; w < g.out[2]; ++w)
                    for (std::int64_t c = 0; c < g.channels; ++c) {
                        double best = -std::numeric_limits<double>::infinity();
                        for (std::int64_t p = 0; p < g.window[0] * g.window[1] * g.window[2]; ++p) {
                            const std::int64_t i = d * g.stride[0] - g.pad[0] + p / g.window[2] / g.window[1];
                            const std::int64_t j = h * g.stride[1] - g.pad[1] + p / g.window[2] % g.window[1];
                            const std::int64_t k = w * g.stride[2] - g.pad[2] + p % g.window[2];
                            if (i < 0 || i >= g.in[0] || j < 0 || j >= g.in[1] || k < 0 || k >= g.in[2]) continue;
                            best =
                                std::max(best, x[(((n * g.in[0] + i) * g.in[1] + j) * g.in[2] + k) * g.channels + c]);
                        }
                        y.push_back(best);
                    }
    return y;
}

template <class T>
class MaxPool : public ::testing::Test {};
TYPED_TEST_SUITE(MaxPool, testing::ElementTypes);

TYPED_TEST(MaxPool, TakesTheLargestAndRemembersWhere) {
    for (const auto& g : geometries()) {
        const auto x = whole_numbers<TypeParam>(count(g, g.in));
        std::vector<TypeParam> y(static_cast<std::size_t>(count(g, g.out))), again(y.size());
        std::vector<std::uint8_t> place(y.size());
        Queue queue(Backend::cpu, 2);
        cpu::max_pool(queue, g, x.data(), y.data(), place.data());
        cpu::pool_gather(queue, g, x.data(), place.data(), again.data());
        EXPECT_EQ(doubles(y), largest(g, doubles(x)));
        EXPECT_EQ(doubles(again), doubles(y));
    }
}

TYPED_TEST(MaxPool, ScatterIsTheAdjointOfGather) {
    for (const auto& g : geometries()) {
        const auto x = whole_numbers<TypeParam>(count(g, g.in), 1), u = whole_numbers<TypeParam>(count(g, g.in), 2);
        const auto v = whole_numbers<TypeParam>(count(g, g.out), 3);
        std::vector<TypeParam> y(v.size()), gathered(v.size()), scattered(x.size());
        std::vector<std::uint8_t> place(v.size());
        Queue queue(Backend::cpu, 2);
        cpu::max_pool(queue, g, x.data(), y.data(), place.data());
        cpu::pool_gather(queue, g, u.data(), place.data(), gathered.data());
        cpu::pool_scatter(queue, g, v.data(), place.data(), scattered.data());
        EXPECT_EQ(dot(gathered, v), dot(u, scattered));
    }
}

TYPED_TEST(MaxPool, PassesNanOn) {
    const std::vector<float> numbers{1, NAN, 3, 2};
    for (const std::int64_t channels : {1, 17}) {
        const auto g = geometry(1, {1, 1, 4}, {1, 1, 4}, {1, 1, 4}, {0, 0, 0}, channels);
        std::vector<TypeParam> x;
        for (const float number : numbers) x.insert(x.end(), static_cast<std::size_t>(channels), TypeParam(number));
        std::vector<TypeParam> y(static_cast<std::size_t>(channels));
        std::vector<std::uint8_t> place(y.size());
        Queue queue;
        cpu::max_pool(queue, g, x.data(), y.data(), place.data());
        for (std::size_t c = 0; c < y.size(); ++c) {
            EXPECT_TRUE(std::isnan(double(y[c])));
            EXPECT_EQ(place[c], 1);
        }
    }
}

}  // namespace
}  // namespace protolith::kernels
