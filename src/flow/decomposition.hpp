// Division of a pore space over ranks: recursive bisection, every cut across the longest axis where the pores on both
// sides are in the ratio of the ranks (Berger & Bokhari 1987, IEEE Trans. Comput. 36, 570).
#pragma once

#include "base/communicator.hpp"
#include "flow/phase_reader.hpp"

#include <cstdint>
#include <vector>

namespace protolith::flow {

struct Decomposition {
    Extent volume;
    std::vector<Block> blocks;         ///< of each rank; together they fill the volume
    std::vector<std::uint64_t> pores;  ///< in each block

    /// Pores of the fullest block over the mean; 1 is perfect.
    double imbalance() const noexcept;
    /// The rank that owns a voxel.
    int owner(std::size_t z, std::size_t y, std::size_t x) const;
};

/// The same on every rank and for every way of reading; each rank reads a slab of the volume. Collective.
/// InputError if there are more ranks than voxels, or if the volume has no pores.
Decomposition decompose(const Communicator& comm, const Extent& volume, const PhaseReader& read);

}  // namespace protolith::flow
