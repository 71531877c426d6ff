// Products with a lower triangle against sums written out, at sizes around the groups, on every instruction set.
#include "sampling/lower_triangle.hpp"

#include "volume/simd_targets.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace protolith::sampling {
namespace {

TEST(LowerTriangle, ProductsAreTheSumsOnEveryInstructionSet) {
    for (const char* simd : {"scalar", "sse4", "avx2", "best"}) {
        restrict_simd(simd);
        for (const std::size_t n : {1, 2, 7, 8, 9, 30, 33}) {
            std::vector<double> columns(n * (n + 1) / 2), x(n), y(n + 1, 3);
            for (std::size_t i = 0; i < columns.size(); ++i) columns[i] = std::sin(static_cast<double>(i + 1));
            for (std::size_t i = 0; i < n; ++i) x[i] = std::cos(static_cast<double>(i));
            const LowerTriangle triangle(n, columns);
            EXPECT_EQ(triangle.columns(), columns);
            triangle.multiply_add(0.5, x.data(), y.data());
            double square = 0;
            for (std::size_t r = 0; r < n; ++r) {
                double sum = 0;
                for (std::size_t c = 0; c <= r; ++c) sum += columns[c * n - c * (c + 1) / 2 + r] * x[c];
                EXPECT_NEAR(y[r], 3 + 0.5 * sum, 1e-13) << n;
                square += sum * sum;
            }
            EXPECT_EQ(y[n], 3) << "beyond the last row";
            EXPECT_NEAR(triangle.square_norm(x.data()), square, 1e-13 * square);
        }
    }
    restrict_simd("best");
}

}  // namespace
}  // namespace protolith::sampling
