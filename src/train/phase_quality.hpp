// How near generated images are to real ones, as GeoWGAN-GP judges it: Otsu's threshold over the generated batch, the
// mean two-point correlation S2 of both sets (rows and columns, not periodic, r < N/2), the mean square error between
// the two curves. Counts are whole numbers summed over ranks: the same bits on any number of ranks.
#pragma once

#include "base/communicator.hpp"
#include "descriptors/curve_counts.hpp"
#include "volume/volume.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace protolith::train {

/// Otsu's threshold of values in [−1, 1] over all ranks, from 256 equal bins; 0 where all lie in one bin. Collective.
double otsu_over_ranks(const Communicator& comm, std::span<const float> values);

/// 1 where a value is above the threshold. `values` holds images of this extent one after the other.
std::vector<PhaseVolume> to_phases(std::span<const float> values, const Extent& extent, double threshold);

/// Mean S2 of the images of all ranks. Collective; each rank needs at least the extent of the images.
descriptors::Curve mean_two_point(const Communicator& comm, const std::vector<PhaseVolume>& mine, const Extent& extent);

struct PhaseQuality {
    double error = 0;           ///< MSE of S2 between generated and real
    double threshold = 0;       ///< Otsu's
    double phase_fraction = 0;  ///< of the generated images
    descriptors::Curve generated;
};

/// `values`: this rank's generated images; `real`: mean_two_point of the real ones. Collective.
PhaseQuality phase_quality(const Communicator& comm, std::span<const float> values, const Extent& extent,
                           const descriptors::Curve& real);

}  // namespace protolith::train
