#include "autograd/spectral_norm.hpp"

#include "autograd/arithmetic.hpp"
#include "base/error.hpp"
#include "linear_maps.hpp"

namespace protolith::autograd {
namespace {

using testing::values;

void expect_near(const Tensor& found, const std::vector<double>& expected, double tolerance) {
    const auto elements = found.to_doubles();
    ASSERT_EQ(elements.size(), expected.size());
    for (std::size_t i = 0; i < elements.size(); ++i) EXPECT_NEAR(elements[i], expected[i], tolerance) << i;
}

// The steps of torch.nn.utils.parametrizations.spectral_norm, one iteration, float64.
TEST(SpectralNorm, EqualsPyTorch) {
    Queue queue;
    const Var w = values(queue, {2, 1, 1, 3}, {1, 2, -1, 0.5, -1.5, 2.5}, true);
    const Tensor u = values(queue, {2}, {0.6, 0.8}).value().clone();
    const Var y = spectral_norm(w, u, true);
    expect_near(u, {-0.09950371902099896, 0.9950371902099892}, 1e-15);
    expect_near(y.value(),
                {0.42798167814952454, 0.8559633562990491, -0.42798167814952454, 0.21399083907476227,
                 -0.6419725172242867, 1.0699541953738112},
                1e-15);
    const Var c = values(queue, {2, 1, 1, 3}, {1, -1, 2, 0.5, 3, -2});
    expect_near(grad(y, {w}, c)[0].value(),
                {0.2982100059383444, -0.4279816781495245, 0.674283015203397, 1.5117075611865631, 1.2839450344485732,
                 0.9608400546574719},
                1e-14);
}

TEST(SpectralNorm, OfADiagonalConvergesToItsLargestEntry) {
    Queue queue;
    const Var w = values(queue, {3, 3}, {2, 0, 0, 0, -5, 0, 0, 0, 3});
    const Tensor u = Tensor::full(queue, {3}, DataType::float64, 1);
    Var y;
    for (int pass = 0; pass < 60; ++pass) y = spectral_norm(w, u, true);
    expect_near(y.value(), {0.4, 0, 0, 0, -1, 0, 0, 0, 0.6}, 1e-14);
    const auto before = u.to_doubles();
    expect_near(spectral_norm(w, u, false).value(), y.value().to_doubles(), 1e-14);
    EXPECT_EQ(u.to_doubles(), before);
}

// The gradient of Σ c·y² and the gradient of half its squared length, u and v held.
TEST(SpectralNorm, GradientOfItsGradientEqualsPyTorch) {
    Queue queue;
    const Var w = values(queue, {2, 1, 1, 3}, {1, 2, -1, 0.5, -1.5, 2.5}, true);
    const Tensor u = values(queue, {2}, {0.6, 0.8}).value().clone();
    const Var y = spectral_norm(w, u, true);
    const Var c = values(queue, {2, 1, 1, 3}, {1, -1, 2, 0.5, 3, -2});
    const Var g = grad(multiply(multiply(y, y), c), {w}, Var(Tensor::full(queue, y.shape(), DataType::float64, 1)),
                       {.create_graph = true})[0];
    expect_near(g.value(),
                {0.30626286638564848, -0.73267326732673277, -0.8167765415155378, 0.69232183119302038,
                 -1.6485148514851489, -0.99065042642878165},
                1e-14);
    expect_near(grad(g, {w}, g.detached())[0].value(),
                {0.48498599772207074, 0.046838011416081446, -0.45318735076966243, -2.4655643623955248,
                 -2.3102599992623514, -3.4961948674675254},
                1e-13);
}

TEST(SpectralNorm, HasTheDerivativesOfWOverItsNorm) {
    // for fixed u σ is ‖Wᵀu‖, whose gradient is uvᵀ exactly; with one column v is constant and so is every derivative
    Queue queue;
    const Tensor u = values(queue, {4}, {0.5, -0.5, 0.5, 0.5}).value().clone();
    const testing::Operation operation = [&](const auto& x) { return spectral_norm(x[0], u, false); };
    const Tensor wide = testing::random_tensor(queue, {4, 2, 3}, 5), narrow = testing::random_tensor(queue, {4, 1}, 6);
    EXPECT_LT(testing::first_derivative_error(operation, {wide}), 1e-7);
    EXPECT_LT(testing::first_derivative_error(operation, {narrow}), 1e-7);
    EXPECT_LT(testing::second_derivative_error(operation, {narrow}), 1e-7);
}

TEST(SpectralNorm, RefusesAUOfAnotherShape) {
    Queue queue;
    const Var w(Tensor::zeros(queue, {3, 2}, DataType::float32));
    EXPECT_THROW((void)spectral_norm(w, Tensor::zeros(queue, {2}, DataType::float32), true), Error);
    EXPECT_THROW((void)spectral_norm(w, Tensor::zeros(queue, {3}, DataType::float64), true), Error);
}

}  // namespace
}  // namespace protolith::autograd
