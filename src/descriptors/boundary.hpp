// What lies beyond the edge of an image, for every descriptor that compares voxels at a distance.
#pragma once

namespace protolith::descriptors {

/// non_periodic: nothing is known there; only placements inside the image count, and each line is divided by its own
///   number of placements; r < N/2.
/// periodic: the image repeats; r ≤ N/2.
/// companion: the public SMiCA code's: one zero row and column (and plane) stand between the repeated copies, the
/// modulus
///   is M = N + 1, counts are divided by M per axis; r ≤ ⌊N/2⌋ − 1.
enum class Boundary { non_periodic, periodic, companion };

}  // namespace protolith::descriptors
