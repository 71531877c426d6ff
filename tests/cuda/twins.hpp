// One computation on both backends: the same call on the CPU's queue with host arrays and on the GPU's with device
// arrays, and the difference of the results.
#pragma once

#include "arrays.hpp"
#include "arrays_on_device.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace protolith::kernels::testing {

template <class T>
double as_double(T value) {
    return static_cast<double>(static_cast<accumulator_t<T>>(value));
}

/// Numbers between middle − 1 and middle + 1, the same for the same seed.
template <class T>
std::vector<T> numbers(std::int64_t count, unsigned seed, double middle = 0.2) {
    std::vector<T> values(static_cast<std::size_t>(count));
    for (auto& value : values) {
        seed = seed * 1664525U + 1013904223U;
        value = static_cast<T>(static_cast<accumulator_t<T>>(static_cast<double>(seed >> 8) * 0x1p-23 - 1 + middle));
    }
    return values;
}

/// The spacing of numbers near 1.
template <class T>
constexpr double eps_of() {
    return sizeof(T) == 8 ? 0x1p-52 : sizeof(T) == 4 ? 0x1p-23 : 0x1p-7;
}

/// An array on the host and one on the device, whose first element lies `shift` elements behind an aligned address.
template <class T>
class Twin {
  public:
    Twin(Queue& device, std::vector<T> values, std::int64_t shift = 0)
        : host_(std::move(values)), shift_(shift), device_(device, shifted(host_, shift)) {}

    T* host() { return host_.data(); }
    T* device() { return device_.data() + shift_; }

    /// Compares them element by element: |device − host| ≤ tolerance · max(1, |host|).
    void expect_equal(double tolerance, const std::string& what) const {
        const auto values = device_.values();
        for (std::int64_t i = 0; i < shift_; ++i)
            ASSERT_EQ(as_double(values[i]), 99) << what << ": written before the array";
        for (std::size_t i = 0; i < host_.size(); ++i) {
            const double wanted = as_double(host_[i]), found = as_double(values[i + shift_]);
            const bool equal = std::abs(found - wanted) <= tolerance * std::max(1.0, std::abs(wanted)) ||
                               (std::isnan(wanted) && std::isnan(found));
            if (!equal) FAIL() << what << ", element " << i << ": " << found << " instead of " << wanted;
        }
    }

  private:
    static std::vector<T> shifted(const std::vector<T>& values, std::int64_t shift) {
        std::vector<T> all(static_cast<std::size_t>(shift), static_cast<T>(99.0F));
        all.insert(all.end(), values.begin(), values.end());
        return all;
    }

    std::vector<T> host_;
    std::int64_t shift_;
    DeviceArray<T> device_;
};

/// A queue of each backend.
struct Backends {
    Queue host{Backend::cpu, 2}, device{Backend::cuda};
};

}  // namespace protolith::kernels::testing
