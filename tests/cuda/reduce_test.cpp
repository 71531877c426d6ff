// Sums and broadcasts of the CUDA backend against the CPU's.
#include "reduce/broadcast.hpp"
#include "reduce/sum.hpp"
#include "twins.hpp"

namespace protolith::kernels {
namespace {

using testing::Backends;
using testing::eps_of;
using testing::numbers;
using testing::Twin;

constexpr std::int64_t shifts[] = {0, 1};

// One element, one row, one channel, less and more than a warp, than a block and than a part of it, no rows, many
// groups.
const Groups shapes[] = {
    {1, 1, 1},    {1, 5, 3},     {3, 1, 7},    {2, 33, 64},  {2, 33, 65},  {1, 3003, 1}, {5, 4096, 1},
    {1, 77, 600}, {2, 17, 1032}, {257, 3, 1},  {1, 9000, 5}, {7, 100, 16}, {1, 9001, 1}, {3, 0, 4},
    {1, 0, 1},    {64, 16, 32},  {1, 31, 257}, {31, 1, 256}, {1, 5001, 8}, {1, 3, 1},    {2, 700, 33},
};

std::string text(const Groups& g) {
    return std::to_string(g.outer) + " " + std::to_string(g.rows) + " " + std::to_string(g.channels);
}

template <class T>
class CudaSum : public ::testing::Test {};
TYPED_TEST_SUITE(CudaSum, testing::ElementTypes);

template <class T>
class CudaRows : public ::testing::Test {};
TYPED_TEST_SUITE(CudaRows, testing::ElementTypes);

template <class T>
void check_sums(const Groups& g, std::int64_t shift) {
    using A = accumulator_t<T>;
    Backends on;
    Twin<T> a(on.device, numbers<T>(g.elements(), 1), shift), b(on.device, numbers<T>(g.elements(), 2), shift);
    Twin<A> sums(on.device, std::vector<A>(g.count(), 7)), dots(on.device, std::vector<A>(g.count(), 7));
    cpu::sum(on.host, g, a.host(), sums.host());
    cuda::sum(on.device, g, a.device(), sums.device());
    cpu::dot(on.host, g, a.host(), b.host(), dots.host());
    cuda::dot(on.device, g, a.device(), b.device(), dots.device());
    const double tolerance = 64 * eps_of<A>();  // the CPU adds up to 1024 of one channel in A before it does in double
    sums.expect_equal(tolerance, text(g));
    dots.expect_equal(tolerance, text(g));
}

TYPED_TEST(CudaSum, EqualsTheCpus) {
    for (const auto& g : shapes)
        for (const auto shift : shifts) check_sums<TypeParam>(g, shift);
}

template <class T>
void check_rows(const Groups& g, std::int64_t shift) {
    using A = accumulator_t<T>;
    Backends on;
    Twin<T> x(on.device, numbers<T>(g.elements(), 1), shift), v(on.device, numbers<T>(g.elements(), 2), shift);
    Twin<A> row(on.device, numbers<A>(g.count(), 3));
    Twin<T> y(on.device, numbers<T>(g.elements(), 4), shift);
    cpu::broadcast(on.host, g, row.host(), y.host());
    cuda::broadcast(on.device, g, row.device(), y.device());
    y.expect_equal(0, "broadcast " + text(g));
    for (const RowFormula& formula : {RowFormula(formula::Multiply{}), RowFormula(formula::Add{})}) {
        cpu::combine_row(on.host, formula, g, x.host(), row.host(), y.host());
        cuda::combine_row(on.device, formula, g, x.device(), row.device(), y.device());
        y.expect_equal(0, "combine_row " + text(g));
    }
    cpu::gate_row(on.host, g, x.host(), v.host(), row.host(), v.host());
    cuda::gate_row(on.device, g, x.device(), v.device(), row.device(), v.device());
    v.expect_equal(0, "gate_row " + text(g));
}

TYPED_TEST(CudaRows, SpreadAsTheCpus) {
    for (const auto& g : shapes)
        for (const auto shift : shifts) check_rows<TypeParam>(g, shift);
}

TEST(CudaSum, OfMillionsOfEqualFloatsIsAccurate) {
    Queue queue(Backend::cuda);
    const std::int64_t count = 3'000'000;
    const testing::DeviceArray<float> x(queue, std::vector<float>(count, 0.1F)), total(queue, 1);
    cuda::sum(queue, Groups{1, count, 1}, x.data(), total.data());
    EXPECT_NEAR(total.values()[0], 3e6 * static_cast<double>(0.1F), 0.05);
}

TEST(CudaSum, MoreTasksThanBlocksAreServedByLoops) {
    Backends on;
    for (const Groups& g : {Groups{2200, 17, 33}, Groups{17'000, 2, 1}}) {  // teams of a block, and of a warp
        Twin<float> x(on.device, numbers<float>(g.elements(), 1));
        Twin<float> sums(on.device, std::vector<float>(g.count()));
        cpu::sum(on.host, g, x.host(), sums.host());
        cuda::sum(on.device, g, x.device(), sums.device());
        sums.expect_equal(1e-6, text(g));
    }
}

}  // namespace
}  // namespace protolith::kernels
