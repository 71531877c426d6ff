#include "pool/max_pool.hpp"

#include "shifted_array.hpp"

#include <array>
#include <cmath>

namespace protolith::kernels {
namespace {

using testing::doubles;
using testing::expect_near;
using testing::ragged_numbers;
using testing::ShiftedArray;
using testing::shifts;
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
    for (const std::int64_t channels : {1, 5, 32, 33}) {
        made.push_back(geometry(2, {1, 4, 6}, {1, 2, 2}, {1, 2, 2}, {0, 0, 0}, channels));
        made.push_back(geometry(1, {1, 5, 7}, {1, 3, 3}, {1, 2, 2}, {0, 1, 1}, channels));  // overlapping, padded
        made.push_back(geometry(1, {1, 5, 5}, {1, 2, 2}, {1, 3, 3}, {0, 0, 0}, channels));  // gaps
        made.push_back(geometry(2, {4, 3, 5}, {2, 2, 3}, {2, 1, 2}, {0, 1, 1}, channels));
        made.push_back(geometry(1, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {0, 0, 0}, channels));
        made.push_back(geometry(1, {1, 16, 16}, {1, 16, 16}, {1, 16, 16}, {0, 0, 0}, channels));  // 256 places
    }
    return made;
}

std::int64_t count(const PoolGeometry& g, const std::int64_t* size) {
    return g.images * size[0] * size[1] * size[2] * g.channels;
}

template <class T>
class CudaMaxPool : public ::testing::Test {};
TYPED_TEST_SUITE(CudaMaxPool, testing::ElementTypes);

TYPED_TEST(CudaMaxPool, ValuesPlacesGatherAndScatterAreThoseOfTheCpu) {
    using T = TypeParam;
    Queue host, device(Backend::cuda);
    for (const auto& g : geometries())
        for (const auto shift : shifts) {
            const auto x = whole_numbers<T>(count(g, g.in)), u = ragged_numbers<T>(count(g, g.in), 1);
            const auto v = ragged_numbers<T>(count(g, g.out), 2);
            std::vector<T> y(v.size()), gathered(v.size()), scattered(x.size());
            std::vector<std::uint8_t> place(v.size());
            cpu::max_pool(host, g, x.data(), y.data(), place.data());
            cpu::pool_gather(host, g, u.data(), place.data(), gathered.data());
            cpu::pool_scatter(host, g, v.data(), place.data(), scattered.data());

            const ShiftedArray<T> dx(device, x, shift), dy(device, y.size(), 0), du(device, u, 0), dv(device, v, 0);
            const ShiftedArray<T> to_windows(device, y.size(), 0), from_windows(device, x.size(), shift);
            const ShiftedArray<std::uint8_t> places(device, y.size(), shift);
            cuda::max_pool<T>(device, g, dx.data(), dy.data(), places.data());
            cuda::pool_gather<T>(device, g, du.data(), places.data(), to_windows.data());
            cuda::pool_scatter<T>(device, g, dv.data(), places.data(), from_windows.data());
            ASSERT_EQ(doubles(dy.values()), doubles(y));
            ASSERT_EQ(places.values(), place);
            ASSERT_EQ(doubles(to_windows.values()), doubles(gathered));
            expect_near(from_windows.values(), scattered, testing::rounding<T>());
        }
}

TYPED_TEST(CudaMaxPool, PassesNanOn) {
    using T = TypeParam;
    Queue device(Backend::cuda);
    const std::vector<float> numbers{1, NAN, 3, 2};
    for (const std::int64_t channels : {1, 16}) {
        const auto g = geometry(1, {1, 1, 4}, {1, 1, 4}, {1, 1, 4}, {0, 0, 0}, channels);
        std::vector<T> x;
        for (const float number : numbers) x.insert(x.end(), static_cast<std::size_t>(channels), T(number));
        const ShiftedArray<T> dx(device, x, 0), dy(device, static_cast<std::size_t>(channels), 0);
        const ShiftedArray<std::uint8_t> place(device, static_cast<std::size_t>(channels), 0);
        cuda::max_pool<T>(device, g, dx.data(), dy.data(), place.data());
        for (const T value : dy.values()) EXPECT_TRUE(std::isnan(static_cast<double>(value)));
        for (const std::uint8_t won : place.values()) EXPECT_EQ(won, 1);
    }
}

}  // namespace
}  // namespace protolith::kernels
