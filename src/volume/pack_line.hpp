// Packing a row of voxels to bits with the widest SIMD of the machine.
#pragma once

#include <cstddef>
#include <cstdint>

namespace protolith {

/// Sets bit x of `words` (⌈length/64⌉ words that are 0) where voxels[x] is not 0.
void pack_line(const std::uint8_t* voxels, std::size_t length, std::uint64_t* words);

}  // namespace protolith
