// Division of a pore space over ranks: recursive bisection, every cut across the longest axis where the pores on both
// sides are in the ratio of the ranks (Berger & Bokhari 1987, IEEE Trans. Comput. 36, 570).
#pragma once

#include "base/communicator.hpp"
#include "flow/phase_reader.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace protolith::flow {

struct Decomposition {
    Extent volume;
    std::vector<Block> blocks;         ///< of each rank; together they fill the volume
    std::vector<std::uint64_t> pores;  ///< in each block
    std::vector<std::uint64_t> halo;   ///< of them, in the layers that face other blocks

    /// Pores of the fullest block over the mean; 1 is perfect.
    double imbalance() const noexcept;
    /// The rank that owns a voxel.
    int owner(std::size_t z, std::size_t y, std::size_t x) const;
};

/// The same on every rank and for every way of reading; each rank reads a slab of the volume. Collective.
/// InputError if there are more ranks than voxels, or if the volume has no pores.
/// `parts`: blocks for as many ranks as may run elsewhere; 0: those of `comm`.
Decomposition decompose(const Communicator& comm, const Extent& volume, const PhaseReader& read, int parts = 0);

/// "4 blocks, 10000 to 12000 pore voxels each, fullest over mean 1.050, 3.4 % of them in the halo".
std::string to_string(const Decomposition& decomposition);

}  // namespace protolith::flow
