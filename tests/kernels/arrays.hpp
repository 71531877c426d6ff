// Arrays for tests of kernels: values that every element type holds exactly, and inner products.
#pragma once

#include "queue/types.hpp"

#include <cstdint>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace protolith::kernels::testing {

/// Integers in [−16, 16], the same for the same `item`.
template <class T>
std::vector<T> whole_numbers(std::int64_t count, unsigned item = 0) {
    std::mt19937_64 random(item);
    std::vector<T> values(static_cast<std::size_t>(count));
    for (auto& value : values) value = static_cast<T>(static_cast<float>(random() % 33) - 16.0F);
    return values;
}

template <class T>
std::vector<double> doubles(const std::vector<T>& values) {
    std::vector<double> result;
    for (const T value : values) result.push_back(static_cast<double>(value));
    return result;
}

template <class T>
double dot(const std::vector<T>& a, const std::vector<T>& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    return sum;
}

/// What T rounds to, relative.
template <class T>
constexpr double rounding() {
    return sizeof(T) == 8 ? 1e-14 : sizeof(T) == 4 ? 1e-6 : 1e-2;
}

using ElementTypes = ::testing::Types<float, bfloat16, double>;

}  // namespace protolith::kernels::testing
