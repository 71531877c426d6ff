// State of a two-point energy in integers (Yeong & Torquato 1998, Phys. Rev. E 57, 495, Eq. 4):
// E = Σ_r [C_r/M − f_r]², r = 1…R. The counts' excesses D_r = C_r − M f_r are held as multiples of 2^-F of a count, so
// that every energy change is an exact integer and the same on every SIMD target.
#pragma once

#include "anneal/aligned.hpp"
#include "anneal/lines.hpp"
#include "anneal/term.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace protolith::anneal {

__extension__ typedef __int128 int128;

/// Counts of equal pairs along the lines of some directions; C_r = Σ_lines Σ_t I(t) I(t + r), M = directions × voxels.
/// The unit of an energy change is 2^-F counts²: `to_energy` turns it into E.
struct TwoPoint {
    /// Range R ≤ half the shortest line; `target` holds f_r for r = 0 … R.
    TwoPoint(const Extent& extent, std::vector<Step> steps, std::size_t range, std::vector<double> target);

    /// Takes the volume and counts its pairs.
    void assign(const PhaseVolume& volume);
    /// C_r, r = 0 … R, as the running excesses have it.
    std::vector<std::int64_t> running_counts() const;
    /// C_r, r = 0 … R, counted afresh from the bits.
    std::vector<std::int64_t> recount() const;
    /// Sets the excesses from counts.
    void set_counts(std::span<const std::int64_t> counts);
    /// Σ_r (2^F D_r)², exact.
    int128 squares() const;
    double energy() const;
    /// Renews slope_high and slope_low from slope.
    void split_slopes();
    std::size_t memory() const;

    Lattice lattice;
    std::vector<Lines> lines;
    std::size_t range;
    std::size_t blocks;             // of 64 lags
    std::uint64_t last_block_mask;  // the lags ≤ R of the last block
    std::vector<double> target;
    double placements;
    int fraction_bits;  // F
    double to_energy;   // 2^-F / M²
    std::int64_t phase_voxels = 0;
    std::vector<std::int64_t> fixed_target;  // 2^F M f_r, rounded

    // By r − 1, padded with zeros to whole blocks:
    AlignedVector<std::int32_t> slope;                  // V_r = 2^(F+1) D_r: half of dE/dC_r
    AlignedVector<std::int16_t> slope_high, slope_low;  // V = 2^16 high + low
    AlignedVector<std::int8_t> change;                  // of the counts, by the last proposal
};

/// Energy change of a swap in units of 2^-F counts²; `state.change` is set. Dispatched to the best SIMD target.
std::int64_t two_point_propose(TwoPoint& state, const Swap& swap);
/// Applies `state.change` and the swap.
void two_point_accept(TwoPoint& state, const Swap& swap);
/// Adds C_r of these lines to counts[r], r = 1 … R.
void count_pairs(const Lines& lines, std::span<std::int64_t> counts);

}  // namespace protolith::anneal
