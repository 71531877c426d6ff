// For each generated image the training image that differs from it in the fewest pixels: the Euclidean distance between
// phases, which tells a generator that invents from one that repeats.
#pragma once

#include "base/communicator.hpp"
#include "train/dihedral.hpp"
#include "train/samples.hpp"
#include "volume/volume.hpp"

#include <vector>

namespace protolith::jobs {

struct Nearest {
    std::uint64_t sample = 0;     ///< number in the training set
    std::uint32_t symmetry = 0;   ///< under which it was compared (train::apply_symmetry)
    std::uint32_t different = 0;  ///< pixels: the square of the Euclidean distance
    double mean_different = 0;    ///< over the training set
};

/// Images of the samples' size, the same on every rank; ranks share the training set. Of equally near samples the
/// first. Collective.
std::vector<Nearest> nearest_samples(const Communicator& comm, const std::vector<PhaseVolume>& images,
                                     const train::Samples& samples, train::Symmetry symmetry);

/// The phases of a sample under a symmetry.
PhaseVolume sample_phases(const train::Samples& samples, std::size_t sample, unsigned symmetry);

}  // namespace protolith::jobs
