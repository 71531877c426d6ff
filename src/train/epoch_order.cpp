#include "train/epoch_order.hpp"

#include "base/error.hpp"
#include "base/random.hpp"

#include <limits>
#include <numeric>
#include <utility>

namespace protolith::train {

EpochOrder::EpochOrder(std::uint64_t seed, std::size_t samples) : seed_(seed), order_(samples) {
    require_input(samples > 0 && samples <= std::numeric_limits<std::uint32_t>::max(),
                  "a training set of {} images; expected 1 to {}", samples, std::numeric_limits<std::uint32_t>::max());
}

std::size_t EpochOrder::sample(std::uint64_t place) {
    const std::uint64_t epoch = place / order_.size();
    if (epoch != epoch_) draw(epoch);
    return order_[place % order_.size()];
}

void EpochOrder::draw(std::uint64_t epoch) {
    std::iota(order_.begin(), order_.end(), std::uint32_t{0});
    RandomStream stream(seed_, RandomPurpose::epoch, static_cast<std::uint32_t>(epoch));
    for (std::size_t i = order_.size(); i > 1; --i) std::swap(order_[i - 1], order_[stream.below(i)]);
    epoch_ = epoch;
}

}  // namespace protolith::train
