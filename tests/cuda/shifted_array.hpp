// An array of a test on the device, at an address that is aligned as an allocation is (shift 0) or to one element only,
// as the views of a tensor may be.
#pragma once

#include "arrays.hpp"
#include "arrays_on_device.hpp"

namespace protolith::kernels::testing {

template <class T>
class ShiftedArray {
  public:
    ShiftedArray(Queue& queue, const std::vector<T>& values, std::int64_t shift)
        : shift_(shift), array_(queue, shifted(values, shift)) {}
    /// Undefined until written to; but for the elements before it.
    ShiftedArray(Queue& queue, std::size_t count, std::int64_t shift)
        : shift_(shift), array_(queue, static_cast<std::int64_t>(count) + shift) {}

    T* data() const { return array_.data() + shift_; }
    std::vector<T> values() const {
        const std::vector<T> all = array_.values();
        return {all.begin() + shift_, all.end()};
    }

  private:
    static std::vector<T> shifted(const std::vector<T>& values, std::int64_t shift) {
        std::vector<T> all(static_cast<std::size_t>(shift), T(1.0F));
        all.insert(all.end(), values.begin(), values.end());
        return all;
    }

    std::int64_t shift_;
    DeviceArray<T> array_;
};

/// Every kernel is tried with both.
constexpr std::int64_t shifts[] = {0, 1};

/// Numbers of both signs and many magnitudes, the same for the same `item`.
template <class T>
std::vector<T> ragged_numbers(std::int64_t count, unsigned item = 0) {
    std::mt19937_64 random(item);
    std::normal_distribution<double> normal;
    std::vector<T> values(static_cast<std::size_t>(count));
    for (auto& value : values) value = static_cast<T>(static_cast<float>(3.0 * normal(random)));
    return values;
}

/// Every value within `tolerance` of the expected one's size, or of 1.
template <class T>
void expect_near(const std::vector<T>& found, const std::vector<T>& expected, double tolerance) {
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        const double e = static_cast<double>(expected[i]);
        ASSERT_NEAR(static_cast<double>(found[i]), e, tolerance * std::max(1.0, std::abs(e))) << "element " << i;
    }
}

}  // namespace protolith::kernels::testing
