// The inner loops of a trial, compiled for every instruction set and chosen once at run time: changes δ_r of the counts
// by distance, and Σ_r (2 D_r + δ_r) δ_r. All sums are exact (see CountedTerm), so every instruction set gives the same
// bits.
#pragma once

#include <cstddef>
#include <cstdint>

namespace protolith::anneal {

/// Phase voxels directly before and after a voxel on one line, each cut at R; sign −1 takes the voxel away, +1 adds it.
struct RunPair {
    std::int16_t before, after, sign;
};

struct SwapKernels {
    /// δ_r = (number of `plus` words with bit r − 1) − (number of `minus` words with it), at change[r − 1]. `rows`
    /// words (at most 127) of each for every 64 distances: word w of row i stands at [i · words + w]. `change` and
    /// `deviation` have 64 · words values and are 64-byte aligned. Returns Σ (2 D + δ) δ.
    double (*polytope)(const std::uint64_t* minus, const std::uint64_t* plus, std::size_t rows, std::size_t words,
                       const double* deviation, std::int8_t* change);
    /// δ_r = Σ sign · number of segments of r + 1 voxels within the joined run that contain the voxel, for r = 1 …
    /// reach at change[r − 1], up to the longest joined run; returns Σ (2 D + δ) δ. `change` and `deviation` have room
    /// for reach values rounded up to a multiple of 64 and are 64-byte aligned; `used` receives how many changes were
    /// written.
    double (*lineal)(const RunPair* pairs, std::size_t count, std::size_t reach, const double* deviation,
                     std::int16_t* change, std::size_t* used);
};

/// The kernels for this processor.
SwapKernels choose_swap_kernels();

}  // namespace protolith::anneal
