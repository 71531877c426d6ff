// One term of the annealing energy (Yeong & Torquato 1998, Phys. Rev. E 57, 495, Eq. 4):
// E_t = w Σ_r [C_r / M − f_r]², with integer counts C_r kept incrementally, M the number of placements, f_r the target.
#pragma once

#include "volume/volume.hpp"

#include <cstdint>
#include <span>

namespace protolith::anneal {

/// Exchange of phase between two voxels (linear indices, x fastest): `from` leaves the phase, `to` joins it.
struct Swap {
    std::uint32_t from, to;
};

/// A weighted descriptor of a periodic volume, updated by swaps in O(R). Counts are exact integers.
class Term {
  public:
    virtual ~Term() = default;

    /// Counts of the volume from scratch; forgets any proposal.
    virtual void recount(const PhaseVolume& volume) = 0;
    /// Weighted energy change that the swap would bring; the changes of the counts are remembered for accept().
    virtual double propose(const Swap& swap) = 0;
    /// Applies the last proposal to the counts and to what the term keeps of the image.
    virtual void accept() = 0;
    /// Weighted energy of the present counts.
    virtual double energy() const = 0;
    /// C_r for r = 0 … R.
    virtual std::span<const std::int64_t> counts() const = 0;
    /// f_r for r = 0 … R.
    virtual std::span<const double> target() const = 0;
    /// M: counts divided by it are the descriptor.
    virtual double placements() const = 0;
    /// Bytes that the term keeps.
    virtual std::size_t memory() const = 0;
};

}  // namespace protolith::anneal
