// Chord-length density p(ℓ): the lengths of the segments in which lines along the axes cut a phase (Torquato 2002,
// § 2.5).
#pragma once

#include "descriptors/curve_counts.hpp"
#include "volume/volume.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace protolith::descriptors {

/// Chords along one axis: counts[ℓ] chords of ℓ voxels, ℓ ≤ the length of the line.
struct ChordCounts {
    std::string direction;  // "x", "y", "z"
    std::vector<std::uint64_t> counts;
    bool operator==(const ChordCounts&) const = default;
};

/// Chords of `phase` (0 or 1) along x and y, and z in 3-D. Only complete chords count: those that touch the frame of a
/// non-periodic image are left out, and a periodic line without an end has none. The companion boundary adds a frame of
/// zeros: chords of the phase that touch the frame are complete. `part` divides the lines of every direction.
std::vector<ChordCounts> chord_lengths(const PhaseVolume& volume, std::uint8_t phase, Boundary boundary,
                                       Part part = {});

/// Density of the chord length over all directions: r = 1 … longest chord in pixels, value per pixel, sum 1.
/// Empty curve and NaN mean if there is no chord.
struct ChordDensity {
    Curve density;
    double mean = 0;  // pixels
    std::uint64_t chords = 0;
};
ChordDensity chord_density(const std::vector<ChordCounts>& directions);

/// Adds the counts of every rank's part. Collective.
void sum_over_ranks(const Communicator& comm, std::vector<ChordCounts>& directions);

}  // namespace protolith::descriptors
