// Division by a number that is fixed for a launch. A GPU has no divider: for 32-bit indices the division is a product
// and a shift (Granlund & Montgomery 1994, PLDI, the round-up method); 64-bit indices, which only arrays beyond 2³¹
// items need, are divided plainly.
#pragma once

#include "queue/types.hpp"

namespace protolith::kernels::cuda {

/// A place and what is left of the index: index = quotient · divisor + remainder.
template <class Index>
struct Division {
    Index quotient, remainder;
};

template <class Index>
class Divisor;

/// For dividends below 2³¹.
template <>
class Divisor<std::uint32_t> {
  public:
    Divisor() = default;
    explicit Divisor(std::int64_t divisor) : divisor_(static_cast<std::uint32_t>(divisor > 0 ? divisor : 1)) {
        while ((std::uint64_t{1} << shift_) < divisor_) ++shift_;
        const std::uint64_t excess = (std::uint64_t{1} << shift_) - divisor_;
        multiplier_ = static_cast<std::uint32_t>((excess << 32) / divisor_ + 1);
    }
    PROTOLITH_HOST_DEVICE std::uint32_t value() const { return divisor_; }
    PROTOLITH_HOST_DEVICE Division<std::uint32_t> operator()(std::uint32_t index) const {
        const auto high = static_cast<std::uint32_t>((std::uint64_t{index} * multiplier_) >> 32);
        const std::uint32_t quotient = (high + index) >> shift_;
        return {quotient, index - quotient * divisor_};
    }

  private:
    std::uint32_t divisor_ = 1, multiplier_ = 1, shift_ = 0;
};

template <>
class Divisor<std::uint64_t> {
  public:
    Divisor() = default;
    explicit Divisor(std::int64_t divisor) : divisor_(static_cast<std::uint64_t>(divisor > 0 ? divisor : 1)) {}
    PROTOLITH_HOST_DEVICE std::uint64_t value() const { return divisor_; }
    PROTOLITH_HOST_DEVICE Division<std::uint64_t> operator()(std::uint64_t index) const {
        const std::uint64_t quotient = index / divisor_;
        return {quotient, index - quotient * divisor_};
    }

  private:
    std::uint64_t divisor_ = 1;
};

}  // namespace protolith::kernels::cuda
