#include "matmul/matmul.hpp"

#include "convolution_cases.hpp"

#include <gtest/gtest.h>

namespace protolith::kernels {
namespace {

using convolution_test::epsilon;
using convolution_test::noise;

template <class T>
void equals_the_sum(const MatmulShape& s) {
    Queue queue;
    const auto a = noise<T>(s.m * s.k, 1), b = noise<T>(s.k * s.n, 2);
    std::vector<T> c(s.m * s.n, T(NAN));
    PROTOLITH_LAUNCH(queue, matmul(queue, s, a.data(), b.data(), c.data()));
    for (std::int64_t i = 0; i < s.m; ++i)
        for (std::int64_t j = 0; j < s.n; ++j) {
            double sum = 0, magnitude = 0;
            for (std::int64_t l = 0; l < s.k; ++l) {
                const double term = static_cast<double>(s.transpose_a ? a[l * s.m + i] : a[i * s.k + l]) *
                                    static_cast<double>(s.transpose_b ? b[j * s.k + l] : b[l * s.n + j]);
                sum += term;
                magnitude += std::abs(term);
            }
            ASSERT_NEAR(static_cast<double>(c[i * s.n + j]), sum, 2 * epsilon<T>() * magnitude) << i << ' ' << j;
        }
}

TEST(Matmul, EqualsTheSumForEveryTransposition) {
    Queue queue;
    const bool has = convolution_test::has_bfloat16(queue);
    for (const auto& [m, k, n] : {std::array{1, 1, 1}, std::array{5, 7, 3}, std::array{1, 64, 33},
                                  std::array{40, 1, 17}, std::array{64, 48, 1}, std::array{33, 100, 65}})
        for (const bool a : {false, true})
            for (const bool b : {false, true}) {
                const MatmulShape shape{m, k, n, a, b};
                SCOPED_TRACE(testing::Message() << m << ' ' << k << ' ' << n << ' ' << a << b);
                equals_the_sum<float>(shape);
                if (has) equals_the_sum<bfloat16>(shape);
                equals_the_sum<double>(shape);
            }
}

}  // namespace
}  // namespace protolith::kernels
