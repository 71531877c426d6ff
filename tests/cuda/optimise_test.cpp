// Adam, gradient norms, clipping and the search for NaN on the CUDA backend against the CPU's.
#include "optimise/adam.hpp"
#include "optimise/gradient.hpp"
#include "twins.hpp"

#include <limits>

namespace protolith::kernels {
namespace {

using testing::Backends;
using testing::eps_of;
using testing::numbers;
using testing::Twin;

constexpr std::int64_t lengths[] = {0, 1, 3, 31, 33, 257, 9001};
constexpr std::int64_t shifts[] = {0, 1};

using Weights = ::testing::Types<float, double>;

template <class T>
class CudaAdam : public ::testing::Test {};
TYPED_TEST_SUITE(CudaAdam, Weights);

template <class T>
class CudaGradient : public ::testing::Test {};
TYPED_TEST_SUITE(CudaGradient, Weights);

TYPED_TEST(CudaAdam, ThreeStepsEqualTheCpus) {
    using T = TypeParam;
    Backends on;
    for (const auto count : lengths)
        for (const auto shift : shifts) {
            Twin<T> g(on.device, numbers<T>(count, 1), shift), w(on.device, numbers<T>(count, 2), shift);
            Twin<T> m(on.device, std::vector<T>(static_cast<std::size_t>(count)), shift);
            Twin<T> v(on.device, std::vector<T>(static_cast<std::size_t>(count)), shift);
            for (const std::int64_t step : {1, 2, 3}) {
                const AdamStep by{1e-2, 0.5, 0.999, 1e-8, step};
                cpu::adam(on.host, by, g.host(), m.host(), v.host(), w.host(), count);
                cuda::adam(on.device, by, g.device(), m.device(), v.device(), w.device(), count);
            }
            for (Twin<T>* const twin : {&w, &m, &v}) twin->expect_equal(4 * eps_of<T>(), "adam");
        }
}

TYPED_TEST(CudaGradient, NormsAddUpAndClipAsTheCpus) {
    using T = TypeParam;
    Backends on;
    for (const auto count : lengths)
        for (const auto shift : shifts)
            for (const double limit : {0.3, 1e6}) {
                Twin<T> g(on.device, numbers<T>(count, 1), shift);
                Twin<double> squared(on.device, {0.5});
                for (int times = 0; times < 2; ++times) {
                    cpu::add_squared_norm(on.host, g.host(), count, squared.host());
                    cuda::add_squared_norm(on.device, g.device(), count, squared.device());
                }
                squared.expect_equal(16 * eps_of<T>(), "norm");
                cpu::clip(on.host, squared.host(), limit, g.host(), count);
                cuda::clip(on.device, squared.device(), limit, g.device(), count);
                g.expect_equal(16 * eps_of<T>(), "clip");
            }
}

TEST(CudaGradient, ClippingByANormThatIsNoNumberGivesNaN) {
    Queue queue(Backend::cuda);
    const testing::DeviceArray<double> squared(queue, std::vector<double>{std::numeric_limits<double>::quiet_NaN()});
    const testing::DeviceArray<float> g(queue, std::vector<float>{1.0F});
    cuda::clip(queue, squared.data(), 1.0, g.data(), 1);
    EXPECT_TRUE(std::isnan(g.values()[0]));
}

template <class T>
std::int32_t found_in(T value, std::size_t at, std::int32_t before = 0) {
    Queue queue(Backend::cuda);
    std::vector<T> x(2055, static_cast<T>(std::numeric_limits<float>::max() / 4));
    x[at] = value;
    const testing::DeviceArray<T> array(queue, x);
    const testing::DeviceArray<std::int32_t> found(queue, std::vector<std::int32_t>{before});
    cuda::find_non_finite(queue, array.data(), static_cast<std::int64_t>(x.size()), found.data());
    return found.values()[0];
}

TEST(CudaGradient, SeesNaNAndInfinityAnywhereAndNothingElse) {
    const float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
    for (const std::size_t at : {0, 1027, 2054}) {
        EXPECT_EQ(found_in(nan, at), 1);
        EXPECT_EQ(found_in(-infinity, at), 1);
        EXPECT_EQ(found_in(static_cast<double>(nan), at), 1);
        EXPECT_EQ(found_in(bfloat16(infinity), at), 1);
        EXPECT_EQ(found_in(0.0F, at), 0);
        EXPECT_EQ(found_in(std::numeric_limits<double>::denorm_min(), at), 0);
        EXPECT_EQ(found_in(bfloat16(-1e30F), at), 0);
    }
    EXPECT_EQ(found_in(1.0F, 5, 1), 1);
}

}  // namespace
}  // namespace protolith::kernels
