// Many reconstructions over ranks. Each is a pure function of the problem and its number, so a batch gives the same
// bytes on any number of ranks and after any interruption.
#pragma once

#include "anneal/reconstruction.hpp"
#include "base/communicator.hpp"

#include <functional>
#include <map>
#include <optional>

namespace protolith::anneal {

/// Where a batch stands, over all ranks.
struct Progress {
    std::uint64_t count = 0, finished = 0, stages = 0, trials = 0;
};

class Batch {
  public:
    /// Items 0 … count − 1 in contiguous shares (Communicator::share). The problem must outlive the batch.
    Batch(const Communicator& comm, const Problem& problem, std::uint32_t count);

    /// This rank's items.
    ItemRange items() const noexcept { return items_; }
    /// Puts back what `state` gave for an item of this rank's share; before the first advance.
    void restore(State state);
    /// Works on this rank's items, one after the other, for about `seconds`; not collective. True when none is left.
    bool advance(double seconds);
    /// True when every rank has finished. Collective.
    bool finished() const;
    /// Sums over ranks. Collective.
    Progress progress() const;
    /// State of an item of this rank; nullptr when it has not begun.
    const State* state(std::size_t item) const;
    /// Bytes held by this rank's reconstruction in work.
    std::size_t memory() const { return current_ ? current_->memory() : 0; }

    /// Advances all ranks together, calling `between` on every rank about every `seconds`, until all is done or
    /// `between` answers false (on every rank alike); it may communicate: checkpoint, progress, stop flag. Returns
    /// whether all is done. An error on one rank is thrown on all. Collective.
    bool run(double seconds, const std::function<bool(const Progress&)>& between);

  private:
    const Communicator& comm_;
    const Problem& problem_;
    std::uint32_t count_;
    ItemRange items_;
    std::map<std::size_t, State> states_;  // finished, or restored and waiting
    std::optional<Reconstruction> current_;
    std::size_t next_;  // first item that is neither finished nor in work
};

}  // namespace protolith::anneal
