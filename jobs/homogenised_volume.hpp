// `protolith homogenise` of a volume whose slabs lie on all ranks: 21 stiffnesses at points λ0/2 apart and of the
// whole.
#pragma once

#include "elastic/volume_homogeniser.hpp"
#include "run/run.hpp"
#include "settings/homogenise.hpp"
#include "slab_slices.hpp"

namespace protolith::jobs {

/// What the report tells; the same on every rank.
struct HomogenisedVolume {
    std::string name;
    elastic::VolumeHomogeniserSettings settings;
    double fraction = 0;                                            ///< of rock 1
    std::array<double, elastic::volume_tensor_components> whole{};  ///< of the volume as one point, GPa
    elastic::Convergence convergence;                               ///< of the worst load case
    std::vector<MiddleSlice> rock;                                  ///< grey values 0 … 1
    std::vector<std::pair<std::string, MiddleSlice>> maps;  ///< diagonal components in the middle plane of points
};

/// The job, from plan to summary. InputError for a volume that cannot be used. Collective.
void homogenise_volume(const HomogeniseSettings& keys, run::Run& run);

/// Collective.
void report_volume(run::Run& run, const HomogenisedVolume& volume);

}  // namespace protolith::jobs
