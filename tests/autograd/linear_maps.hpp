// What every recorded linear map promises: it is linear, its gradient is its adjoint, and a gradient of the gradient is
// the map itself.
#pragma once

#include "derivative_check.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include <gtest/gtest.h>

namespace protolith::autograd::testing {

using Map = std::function<Var(const Var&)>;

inline double inner(const Tensor& a, const Tensor& b) {
    const auto x = a.to_doubles(), y = b.to_doubles();
    return std::inner_product(x.begin(), x.end(), y.begin(), 0.0);
}

/// ⟨v, A x⟩ = ⟨Aᵀ v, x⟩, (Aᵀ)ᵀ = A and A(x + z) = A x + A z for the map A from `shape`, in float64.
inline void expect_linear_map(const Map& map, const Shape& shape) {
    Queue queue(kernels::Backend::cpu, 2);
    const Var x(random_tensor(queue, shape, 1), true), z(random_tensor(queue, shape, 2));
    const Var y = map(x);
    const Var v(random_tensor(queue, y.shape(), 3), true);
    const Var adjoint = grad(y, {x}, v, {.create_graph = true})[0];
    ASSERT_EQ(adjoint.shape(), shape);
    const double magnitude = std::sqrt(inner(y.value(), y.value()) * inner(v.value(), v.value())) + 1e-300;
    EXPECT_NEAR(inner(v.value(), y.value()), inner(adjoint.value(), x.value()), 1e-13 * magnitude) << shape.text();
    // the adjoint's adjoint along z is A z
    const auto twice = grad(adjoint, {v}, z)[0].value().to_doubles(), direct = map(z).value().to_doubles();
    EXPECT_EQ(twice, direct) << shape.text();
    auto total = x.value().to_doubles();
    const auto zs = z.value().to_doubles(), ys = y.value().to_doubles();
    for (std::size_t i = 0; i < total.size(); ++i) total[i] += zs[i];
    const auto of_total = map(Var(Tensor::from(queue, shape, DataType::float64, total))).value().to_doubles();
    for (std::size_t i = 0; i < ys.size(); ++i) ASSERT_NEAR(of_total[i], ys[i] + direct[i], 1e-12) << i;
}

/// First and second derivatives of x ↦ map(x) by central differences.
inline void expect_derivatives(const Operation& operation, const std::vector<Shape>& shapes, double tolerance = 1e-7) {
    Queue queue(kernels::Backend::cpu, 2);
    std::vector<Tensor> inputs;
    for (const Shape& shape : shapes)
        inputs.push_back(random_tensor(queue, shape, 10 + static_cast<unsigned>(inputs.size())));
    EXPECT_LT(first_derivative_error(operation, inputs), tolerance);
    EXPECT_LT(second_derivative_error(operation, inputs), tolerance);
}

/// A float64 tensor of given values.
inline Var values(Queue& queue, const Shape& shape, const std::vector<double>& elements, bool wanted = false) {
    return Var(Tensor::from(queue, shape, DataType::float64, elements), wanted);
}

/// 1, 2, 3, …
inline Var counted(Queue& queue, const Shape& shape) {
    std::vector<double> elements(static_cast<std::size_t>(shape.elements()));
    std::iota(elements.begin(), elements.end(), 1.0);
    return values(queue, shape, elements);
}

}  // namespace protolith::autograd::testing
