// Sizes of the pore space as probability densities: distance to the other phase (Torquato 2002, ch. 2.6) and diameter
// of the largest inscribed sphere (Hildebrand & Rüegsegger 1997).
#pragma once

#include "descriptors/boundary.hpp"
#include "volume/volume.hpp"

#include <cstdint>
#include <vector>

namespace protolith::descriptors {

/// A density over bins of equal width that begin at 0; lengths in voxels.
struct SizeDensity {
    double bin_width = 1;
    /// Middle of each bin.
    std::vector<double> size;
    /// Probability per voxel of length; Σ density · bin_width = 1.
    std::vector<double> density;
    /// Probability that a size is at least the bin's lower edge: 1 first.
    std::vector<double> at_least;
    /// Mean over the voxels of the phase, not from the bins.
    double mean = 0;
    /// Voxels of the phase.
    std::uint64_t voxels = 0;
};

/// Voxels by squared size: [s] voxels of `squared` that hold s. Those of parts of an image add up.
std::vector<std::uint64_t> count_squares(const Volume<std::uint32_t>& squared);

/// Pore-size density P(δ): that a random point of the phase lies at distance δ … δ + dδ from the other phase. δ is the
/// distance between voxel centres less ½, since a flat interface lies half a voxel before the other's centre; of round
/// interfaces the voxels' staircase leaves about ¼ voxel in the mean, so δ comes out a quarter of a voxel short there.
/// InputError if the image lacks one of the phases, or if the bin width is not above 0.
SizeDensity pore_size_density(const PhaseVolume& image, Boundary boundary, double bin_width = 1);
/// The same from the counts of the squared distances of an image that has both phases.
SizeDensity pore_size_density(const std::vector<std::uint64_t>& squares, double bin_width = 1);

/// Density of the local thickness over the voxels of the phase; the same errors.
SizeDensity thickness_density(const PhaseVolume& image, Boundary boundary, double bin_width = 1);
/// The same from the counts of covering_ball().
SizeDensity thickness_density(const std::vector<std::uint64_t>& squares, double bin_width = 1);

}  // namespace protolith::descriptors
