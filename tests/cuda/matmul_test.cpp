#include "matmul/matmul.hpp"

#include "arrays_on_device.hpp"
#include "convolution_cases.hpp"
#include "matmul/direct.hpp"

#include <gtest/gtest.h>

namespace protolith::kernels {
namespace {

using convolution_test::epsilon;
using convolution_test::noise;

/// `multiply(a, b, c)` on the device against the sum as it is written; A and B of T, C of Result.
template <class T, class Result, class Multiply>
void equals_the_sum(Queue& queue, const MatmulShape& s, Multiply&& multiply) {
    const auto a = noise<T>(s.m * s.k, 1), b = noise<T>(s.k * s.n, 2);
    const testing::DeviceArray<T> da(queue, a), db(queue, b);
    const testing::DeviceArray<Result> dc(queue, s.m * s.n);
    multiply(da.data(), db.data(), dc.data());
    const auto c = dc.values();
    for (std::int64_t i = 0; i < s.m; ++i)
        for (std::int64_t j = 0; j < s.n; ++j) {
            double sum = 0, magnitude = 0;
            for (std::int64_t l = 0; l < s.k; ++l) {
                const double term = static_cast<double>(s.transpose_a ? a[l * s.m + i] : a[i * s.k + l]) *
                                    static_cast<double>(s.transpose_b ? b[j * s.k + l] : b[l * s.n + j]);
                sum += term;
                magnitude += std::abs(term);
            }
            ASSERT_NEAR(static_cast<double>(c[i * s.n + j]), sum, 2 * epsilon<Result>() * magnitude) << i << ' ' << j;
        }
}

template <class Visit>
void for_every_shape(Visit&& visit) {
    for (const auto& [m, k, n] : {std::array{1, 1, 1}, std::array{5, 7, 3}, std::array{1, 64, 33},
                                  std::array{40, 1, 17}, std::array{64, 48, 1}, std::array{33, 100, 65}})
        for (const bool a : {false, true})
            for (const bool b : {false, true}) {
                SCOPED_TRACE(::testing::Message() << m << ' ' << k << ' ' << n << ' ' << a << b);
                visit(MatmulShape{m, k, n, a, b});
            }
}

TEST(CudaMatmul, EqualsTheSumForEveryTransposition) {
    Queue queue(Backend::cuda);
    for_every_shape([&](const MatmulShape& shape) {
        const auto multiply = [&](const auto* a, const auto* b, auto* c) {
            PROTOLITH_LAUNCH(queue, matmul(queue, shape, a, b, c));
        };
        equals_the_sum<float, float>(queue, shape, multiply);
        equals_the_sum<bfloat16, bfloat16>(queue, shape, multiply);
        equals_the_sum<double, double>(queue, shape, multiply);
    });
}

TEST(CudaMatmul, TheKernelOfOurOwnEqualsTheSumAsWell) {
    Queue queue(Backend::cuda);
    for_every_shape([&](const MatmulShape& s) {
        const auto multiply = [&]<class T, class Result>(const T* a, const T* b, Result* c) {
            cuda::direct_multiply(
                queue, {s.m, s.k, s.n, s.transpose_a, s.transpose_b, data_type_of<T>(), data_type_of<Result>()}, a, b,
                c);
        };
        equals_the_sum<float, float>(queue, s, multiply);
        equals_the_sum<bfloat16, bfloat16>(queue, s, multiply);
        equals_the_sum<bfloat16, float>(queue, s, multiply);
        equals_the_sum<double, double>(queue, s, multiply);
    });
}

TEST(CudaMatmul, SumsOfBfloat16AreDeliveredInFloat) {
    Queue queue(Backend::cuda);
    for_every_shape([&](const MatmulShape& s) {
        equals_the_sum<bfloat16, float>(queue, s, [&](const bfloat16* a, const bfloat16* b, float* c) {
            cuda::multiply(queue, {s.m, s.k, s.n, s.transpose_a, s.transpose_b, DataType::bfloat16, DataType::float32},
                           a, b, c);
        });
    });
}

}  // namespace
}  // namespace protolith::kernels
