// Connected components of the phase: runs joined by union–find (Hoshen & Kopelman 1976; He, Chao & Suzuki 2008 for
// runs).
#pragma once

#include "descriptors/boundary.hpp"
#include "descriptors/phase_runs.hpp"
#include "descriptors/run_contacts.hpp"
#include "volume/volume.hpp"

#include <cstdint>
#include <vector>

namespace protolith::descriptors {

/// The runs of an image, each with the number of its component.
struct Components {
    PhaseRuns image;
    Connectivity connectivity = Connectivity::four;
    Boundary boundary = Boundary::non_periodic;
    /// Label of every run, 1 … count, numbered by the component's first voxel in row order (as scipy.ndimage.label
    /// does).
    LargeArray<std::uint32_t> label;
    std::uint32_t count = 0;
};

/// Joins all voxels of the phase that are neighbours; across the edges too when periodic (companion has a zero row
/// there, which separates). InputError if the connectivity is not one of 4, 8 (image) or 6, 18, 26 (volume).
Components label_components(const PhaseVolume& image, Connectivity connectivity,
                            Boundary boundary = Boundary::non_periodic);

/// The label of every voxel, 0 outside the phase.
Volume<std::uint32_t> label_volume(const Components& components);

/// Voxels of component c at [c − 1].
std::vector<std::uint64_t> component_sizes(const Components& components);

}  // namespace protolith::descriptors
