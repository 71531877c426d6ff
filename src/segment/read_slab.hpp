// The grey values of a slab, read by the rank that needs them, with a median along z on the way if asked for: slices
// that were translated or imaged one by one have noise between planes which it takes away.
#pragma once

#include "io/image/source.hpp"
#include "volume/slab.hpp"

namespace protolith::segment {

enum class Filter { none, median_z };

/// Middle one of three values.
inline float median(float a, float b, float c) {
    const float low = a < b ? a : b, high = a < b ? b : a;
    return c < low ? low : (c > high ? high : c);
}

/// This rank's slab of a volume. median_z: every voxel becomes the median of itself and those before and behind it
/// along z (3 × 1 × 1); in the first and the last plane, which have one neighbour, it stays. Each rank reads its own
/// planes, and the one beside them on either side for the filter. Memory: the slab and, filtering, three planes.
GreySlab read_slab(const Communicator& comm, io::ImageSource& source, Filter filter);

}  // namespace protolith::segment
