// Who measures which images of a set: each rank a share of them, or several ranks together each one.
#pragma once

#include "base/communicator.hpp"
#include "volume/volume.hpp"

#include <functional>

namespace protolith::descriptors {

/// Teams of one rank when there are at least as many images as ranks, each with its contiguous share (Communicator::
/// share); else as many teams as images: rank r works on image r mod images, so that image k is rank k's, the root of
/// its team, as it is in a share.
class Teams {
  public:
    /// Collective.
    Teams(const Communicator& comm, std::size_t items);

    /// The ranks of this rank's team.
    const Communicator& mine() const noexcept { return mine_; }
    /// What this team works on, the whole of it.
    ItemRange items() const noexcept { return items_; }

  private:
    Communicator mine_;
    ItemRange items_;
};

/// An image that one rank of the team reads and all hold. What `load` throws is thrown on all. Collective.
PhaseVolume load_once(const Communicator& team, const std::function<PhaseVolume()>& load);

}  // namespace protolith::descriptors
