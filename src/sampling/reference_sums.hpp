// Mean and covariance of what every level of the ladders has visited, summed in whole numbers so that they are the same
// on any number of ranks.
#pragma once

#include "base/communicator.hpp"
#include "sampling/reference.hpp"
#include "sampling/settings.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace protolith::sampling {

/// Whether references are estimated after this sweep (counted from 0): at the ends of the ladder's rounds in the first
/// half of the burn-in, and after seven eighths of it.
bool estimates_after(const Settings& settings, std::uint64_t sweep);

class ReferenceSums {
  public:
    explicit ReferenceSums(const Settings& settings);

    /// A state that a chain of this rank has at a level.
    void add(std::size_t level, std::span<const double> z) noexcept;
    /// References of the levels that have been visited often enough, ten times a variable, over all ranks; these begin
    /// anew. Others stay as they are. The covariance is shrunk to the prior's by the share 1/(1 + visits/dimensions),
    /// then widened where it is narrower than the prior: where a posterior is not normal, chains would stay for long in
    /// tails that the proposals seldom reach.
    /// The same on every rank. Collective.
    void estimate(const Communicator& comm, std::vector<Reference>& references);

    /// Sums over all ranks, for checkpoints. Collective.
    std::vector<std::int64_t> pack(const Communicator& comm) const;
    /// Puts them back: rank 0 holds what all ranks had.
    void unpack(const Communicator& comm, std::span<const std::int64_t> packed);

  private:
    std::size_t size() const noexcept { return 1 + dimensions_ + dimensions_ * (dimensions_ + 1) / 2; }
    Reference reference(const std::int64_t* sums) const;

    std::size_t dimensions_;
    std::vector<std::int64_t> sums_;  // of each level: visits, z, lower triangle of z zᵀ by columns
};

}  // namespace protolith::sampling
