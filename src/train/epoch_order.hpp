// The order in which a training visits its samples: a permutation for each epoch (Fisher–Yates), drawn from Philox
// keyed by (seed, epoch), so that it does not depend on ranks, batch or restarts.
#pragma once

#include <cstdint>
#include <vector>

namespace protolith::train {

class EpochOrder {
  public:
    /// For `samples` samples, at least one.
    EpochOrder(std::uint64_t seed, std::size_t samples);

    /// The sample that stands at `place` of the endless sequence epoch 0, epoch 1, …; every epoch holds each sample
    /// once. Places near each other are quick, another epoch is drawn when it is first asked for.
    std::size_t sample(std::uint64_t place);

  private:
    void draw(std::uint64_t epoch);

    std::uint64_t seed_, epoch_ = ~std::uint64_t{0};
    std::vector<std::uint32_t> order_;
};

}  // namespace protolith::train
