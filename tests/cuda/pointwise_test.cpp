// Pointwise kernels of the CUDA backend against the CPU's, at lengths around a pack and a block.
#include "pointwise/cast.hpp"
#include "pointwise/map.hpp"
#include "twins.hpp"

namespace protolith::kernels {
namespace {

using testing::Backends;
using testing::eps_of;
using testing::numbers;
using testing::Twin;

constexpr std::int64_t lengths[] = {0, 1, 7, 8, 31, 33, 257, 2049};
constexpr std::int64_t shifts[] = {0, 1};

struct UnaryCase {
    const char* name;
    Unary formula;
    double middle = 0.2;  // numbers lie within 1 of it
};

const UnaryCase unary_cases[] = {
    {"scale", formula::Scale{-1.5}},
    {"shift", formula::Shift{0.25}},
    {"square", formula::Square{}},
    {"sqrt", formula::Sqrt{}, 1.5},
    {"reciprocal", formula::Reciprocal{}, 1.5},
    {"inverse", formula::Inverse{}, 2},
    {"reciprocal root", formula::ReciprocalSqrt{}, 1.5},
    {"power", formula::Power{1.7}, 1.5},
    {"exp", formula::Exp{}},
    {"log", formula::Log{}, 1.5},
    {"tanh", formula::Tanh{}},
    {"sigmoid", formula::Sigmoid{}},
    {"softplus", formula::Softplus{}},
    {"clamp", formula::Clamp{-0.3, 0.4}},
    {"selu", formula::Selu{}},
};

struct BinaryCase {
    const char* name;
    Binary formula;
};

const BinaryCase binary_cases[] = {
    {"add", formula::Add{}},
    {"subtract", formula::Subtract{}},
    {"multiply", formula::Multiply{}},
    {"divide", formula::Divide{}},
    {"axpby", formula::Axpby{2, -0.5}},
    {"gate", formula::Gate{1, 0.25}},
    {"follow sign", formula::FollowSign{}},
    {"within", formula::Within{-0.5, 0.7}},
    {"tanh slope", formula::TanhSlope{}},
    {"sigmoid slope", formula::SigmoidSlope{}},
    {"selu slope", formula::SeluSlope{}},
};

template <class T>
class CudaPointwise : public ::testing::Test {};
TYPED_TEST_SUITE(CudaPointwise, testing::ElementTypes);

TYPED_TEST(CudaPointwise, MapsEqualTheCpusAtEveryLengthAndAlignment) {
    Backends on;
    for (const auto& c : unary_cases)
        for (const auto count : lengths)
            for (const auto shift : shifts) {
                Twin<TypeParam> x(on.device, numbers<TypeParam>(count, 1, c.middle), shift);
                Twin<TypeParam> y(on.device, std::vector<TypeParam>(static_cast<std::size_t>(count)), shift);
                cpu::map(on.host, c.formula, x.host(), y.host(), count);
                cuda::map(on.device, c.formula, x.device(), y.device(), count);
                y.expect_equal(4 * eps_of<TypeParam>(), c.name);
            }
}

TYPED_TEST(CudaPointwise, CombineEqualsTheCpusAndWorksInPlace) {
    Backends on;
    for (const auto& c : binary_cases)
        for (const auto count : lengths)
            for (const auto shift : shifts) {
                Twin<TypeParam> a(on.device, numbers<TypeParam>(count, 1), shift);
                Twin<TypeParam> b(on.device, numbers<TypeParam>(count, 2, 1.5), shift);
                cpu::combine(on.host, c.formula, a.host(), b.host(), a.host(), count);
                cuda::combine(on.device, c.formula, a.device(), b.device(), a.device(), count);
                a.expect_equal(4 * eps_of<TypeParam>(), c.name);
                cpu::combine(on.host, c.formula, a.host(), b.host(), b.host(), count);
                cuda::combine(on.device, c.formula, a.device(), b.device(), b.device(), count);
                b.expect_equal(16 * eps_of<TypeParam>(), c.name);
            }
}

TYPED_TEST(CudaPointwise, FillWritesEveryElementAndNoOther) {
    Backends on;
    for (const auto count : lengths) {
        Twin<TypeParam> y(on.device, numbers<TypeParam>(count + 1, 1));
        cpu::fill(on.host, -0.3, y.host(), count);
        cuda::fill(on.device, -0.3, y.device(), count);
        y.expect_equal(0, "fill");
    }
}

template <class From, class To>
void check_cast() {
    Backends on;
    for (const auto count : lengths)
        for (const auto shift : shifts) {
            Twin<From> x(on.device, numbers<From>(count, 1, 100), shift);
            Twin<To> y(on.device, std::vector<To>(static_cast<std::size_t>(count)), shift);
            cpu::cast(on.host, x.host(), y.host(), count);
            cuda::cast(on.device, x.device(), y.device(), count);
            y.expect_equal(0, "cast");
        }
}

TYPED_TEST(CudaPointwise, CastRoundsAsTheCpus) {
    check_cast<TypeParam, float>();
    check_cast<TypeParam, bfloat16>();
    check_cast<TypeParam, double>();
}

TEST(CudaPointwise, LongArraysAreServedByLoopsOverTheGrid) {
    Backends on;
    const std::int64_t count = 4'400'007;
    Twin<float> x(on.device, numbers<float>(count, 1));
    cpu::map(on.host, formula::Scale{3}, x.host(), x.host(), count);
    cuda::map(on.device, formula::Scale{3}, x.device(), x.device(), count);
    x.expect_equal(0, "scale");
}

}  // namespace
}  // namespace protolith::kernels
