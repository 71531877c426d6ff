// Arrays and packings of equal spheres in a periodic volume: the porous media whose permeability is known or measured
// against (lattices: sphere_lattice.hpp; packings: sphere_packing.hpp; overlapping ones: disks.hpp).
#pragma once

#include "simulate/disks.hpp"
#include "simulate/sphere_lattice.hpp"

#include <cstdint>
#include <vector>

namespace protolith::simulate {

enum class SphereArrangement { overlapping, packed, simple_cubic, body_centred };

struct SpheresSettings {
    Extent extent{64, 64, 64};
    SphereArrangement arrangement = SphereArrangement::packed;
    double radius = 8;                     ///< voxels
    double porosity = 0.4;                 ///< fraction outside the spheres, to be drawn; not of lattices
    std::size_t cell = 64;                 ///< side of a lattice's cubic cell, voxels; divides every side
    DiskPhase phase = DiskPhase::outside;  ///< which side is 1: the pores or the grains
};

/// @throws InputError naming the setting, its value and what was expected
void validate(const SpheresSettings& settings);

/// Centres in voxels of image `item`: of a lattice (the same for every item) or a packing; not of overlapping spheres.
std::vector<BallCentre> sphere_centres(const SpheresSettings& settings, std::uint64_t seed, std::uint32_t item);

/// Image `item`: a voxel belongs to a sphere if its centre is no farther than the radius from the sphere's.
PhaseVolume spheres(const SpheresSettings& settings, std::uint64_t seed, std::uint32_t item);

/// The fraction of the phase in the continuum (of a packing: with a whole number of spheres); of overlapping spheres
/// all that disks know.
KnownStatistics known_statistics(const SpheresSettings& settings);

}  // namespace protolith::simulate
