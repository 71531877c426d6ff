// The linear maps, gathers and softmax give the same on every instruction set, in every type.
#include "autograd/dropout.hpp"
#include "autograd/group_sort.hpp"
#include "autograd/minibatch_stddev.hpp"
#include "autograd/pool.hpp"
#include "autograd/resize.hpp"
#include "autograd/softmax.hpp"
#include "linear_maps.hpp"
#include "volume/simd_targets.hpp"

namespace protolith::autograd {
namespace {

class Simd : public ::testing::Test {
  protected:
    void TearDown() override { restrict_simd("best"); }
};

/// Value and gradient of an operation at the same values in `type`.
std::vector<double> value_and_gradient(const testing::Map& map, DataType type) {
    Queue queue;
    const auto numbers = testing::random_tensor(queue, {2, 6, 4, 38}, 1).to_doubles();
    const Var x(Tensor::from(queue, {2, 6, 4, 38}, type, numbers), true);
    const Var y = map(x);
    const auto seed = testing::random_tensor(queue, y.shape(), 2).to_doubles();
    auto all = y.value().to_doubles();
    const Var g = grad(y, {x}, Var(Tensor::from(queue, y.shape(), type, seed)))[0];
    for (const double value : g.value().to_doubles()) all.push_back(value);
    return all;
}

void expect_same_everywhere(const testing::Map& map, double roundings) {
    for (const DataType type : {DataType::float32, DataType::bfloat16, DataType::float64}) {
        const double epsilon = type == DataType::float64 ? 0x1p-52 : type == DataType::float32 ? 0x1p-23 : 0x1p-8;
        restrict_simd("best");
        const auto best = value_and_gradient(map, type);
        for (const char* const target : {"scalar", "sse4", "avx2", "avx512"}) {
            restrict_simd(target);
            const auto found = value_and_gradient(map, type);
            for (std::size_t i = 0; i < best.size(); ++i)
                ASSERT_NEAR(found[i], best[i], roundings * epsilon * (std::abs(best[i]) + 1)) << target << " " << i;
        }
    }
}

TEST_F(Simd, GathersAreTheSame) {
    expect_same_everywhere([](const Var& x) { return group_sort(x); }, 0);
    expect_same_everywhere([](const Var& x) { return group_sort(x, 19); }, 0);
    expect_same_everywhere([](const Var& x) { return max_pool(x); }, 0);
    expect_same_everywhere([](const Var& x) { return dropout(x, 0.3, {1, 2, 3}); }, 0);
}

TEST_F(Simd, SumsAreTheSameToRounding) {
    expect_same_everywhere([](const Var& x) { return max_pool(x, {3, 1, 1}); }, 8);
    expect_same_everywhere([](const Var& x) { return average_pool(x, {3, 2, 1}); }, 8);
    expect_same_everywhere([](const Var& x) { return upsample(x, 2, Interpolation::linear); }, 8);
    expect_same_everywhere([](const Var& x) { return softmax(x); }, 32);
    expect_same_everywhere([](const Var& x) { return log_softmax(x); }, 32);
    expect_same_everywhere([](const Var& x) { return minibatch_stddev(x); }, 32);
}

}  // namespace
}  // namespace protolith::autograd
