// What lies beyond the edge of an image, for every descriptor that compares voxels at a distance.
#pragma once

namespace protolith::descriptors {

/// `non_periodic`: nothing is known there, only pairs inside count, and each line is divided by its N − r pairs.
/// `periodic`: the image repeats.
/// `companion`: the image repeats with one row, column (and plane) of zeros between the copies, modulus M = N + 1,
/// divided by M: the normalisation of the published companion code.
enum class Boundary { non_periodic, periodic, companion };

}  // namespace protolith::descriptors
