// State of a two-point energy in integers (Yeong & Torquato 1998, Phys. Rev. E 57, 495, Eq. 4):
// E = Σ_r [C_r/M − f_r]², r = 1…R. The counts' excesses D_r = C_r − M f_r are held as multiples of 2^-F of a count, so
// that every energy change is an exact integer and the same on every SIMD target. F follows the size of the excesses.
#pragma once

#include "anneal/aligned.hpp"
#include "anneal/lines.hpp"
#include "anneal/term.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace protolith::anneal {

/// Counts of equal pairs along the lines of some directions; C_r = Σ_lines Σ_t I(t) I(t + r), M = directions × voxels.
struct TwoPoint {
    /// Range R ≤ half the shortest line; `target` holds f_r for r = 0 … R.
    TwoPoint(const Extent& extent, std::vector<Step> directions, std::size_t range, std::vector<double> target);

    /// Takes the volume, counts its pairs, chooses the scale.
    void assign(const PhaseVolume& volume);
    /// C_r, r = 0 … R, counted afresh from the bits.
    std::vector<std::int64_t> recount() const;
    /// Chooses F for the present excesses and sets the slopes.
    void rescale();
    /// After a change of the slopes: splits them and tells whether they are narrow.
    void split_slopes();
    /// E of the present counts.
    double energy() const;
    /// E of an energy change: 2^-F / M².
    double unit() const;
    /// Whether the directions are those of an image's rows and columns.
    bool rows_and_columns() const {
        return steps == std::vector<Step>{{0, 0, 1}, {0, 1, 0}} && lattice.extent().z == 1;
    }
    std::size_t memory() const;

    Lattice lattice;
    std::vector<Step> steps;
    std::vector<Lines> lines;
    std::size_t range;
    std::size_t blocks;             // of 64 lags
    std::uint64_t last_block_mask;  // the lags ≤ R of the last block
    std::vector<double> target;
    double placements;
    std::vector<std::int64_t> counts;  // C_r, r = 0 … R

    // Energy changes are in units of 2^-F counts².
    int fraction_bits = 0;  // F
    // All |V| are so small that V + 2^F δ fits 16 bits: the high parts are 0 and need not be read.
    bool narrow = false;
    // By r − 1, padded with zeros to whole blocks:
    AlignedVector<std::int32_t> slope;                  // V_r = 2^(F+1) D_r: half of dE/dC_r
    AlignedVector<std::int16_t> slope_high, slope_low;  // V = 2^16 high + low
    AlignedVector<std::int8_t> change;                  // δ_r of the swap last proposed
};

/// Energy change of a swap in units of 2^-F counts²; `state.change` is set. Dispatched to the best SIMD target.
std::int64_t two_point_propose(TwoPoint& state, const Swap& swap);
/// Applies `state.change` and the swap.
void two_point_accept(TwoPoint& state, const Swap& swap);
/// Adds C_r of these lines to counts[r], r = 1 … R.
void count_pairs(const Lines& lines, std::span<std::int64_t> counts);

/// |V| + 2^F |δ| must stay below 2^15 where the slopes are narrow; |δ| ≤ 14 for six directions.
inline constexpr std::int32_t largest_change = 16;
constexpr std::int32_t narrow_limit(int fraction_bits) { return 32767 - (largest_change << fraction_bits); }

}  // namespace protolith::anneal
