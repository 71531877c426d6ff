// A gas whose mean free path the walls shorten from place to place: local Knudsen number Kn(x) = λ/d(x) with the pore
// size d(x), effective mean free path λ·factor(Kn), and from it the relaxation times of each site.
#pragma once

#include "flow/gas.hpp"
#include "flow/solver.hpp"

namespace protolith::flow {

/// Relaxation times of the sites of a rank for a gas of mean free path `free_path` (voxels, without walls). `size`:
/// local pore size of every voxel of the rank's block, in voxels, above 0 in pores; infinity: no wall is near.
/// Permeability follows with the viscosity of the free path without walls (gas_relaxation_time(free_path)): what the
/// walls change is in the times. InputError where Kn exceeds largest_knudsen. Not collective.
LocalRelaxation local_relaxation(const Sites& sites, const Volume<float>& size, double free_path, MeanFreePath form,
                                 const SlipCoefficients& slip);

}  // namespace protolith::flow
