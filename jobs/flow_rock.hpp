// The pore spaces of `protolith flow`: a file read block by block, or a geometry whose permeability is known.
#pragma once

#include "base/communicator.hpp"
#include "flow/phase_reader.hpp"
#include "settings/flow.hpp"
#include "volume/window.hpp"

#include <optional>
#include <string>
#include <vector>

namespace protolith::jobs {

struct Rock {
    std::string name;
    Extent extent;
    Extent sample;  ///< the part that repeats (the whole, if none does): what --check reads
    flow::PhaseReader read = {};
    double voxel_size = 1;           ///< m
    std::optional<double> chi = {};  ///< of an array of spheres
    /// Permeability that theory or tables give under a drive along z without slip, voxel²; over all voxels.
    std::optional<double> known = {};
    std::string source = {};  ///< of `known`
};

/// One for each χ, else one. InputError for what cannot be used.
std::vector<Rock> list_rocks(const RockKeys& keys);

/// What the whole volume is like. On every rank.
struct PoreFacts {
    double pores = 0;  ///< voxels
    double porosity = 0;
    double connected_porosity = 0;  ///< of components that reach from end to end along an axis of a drive
    bool walls = false;             ///< whether any face lies between pore and solid
    double width = 0;               ///< 2·volume/surface of the pores, a channel's width; voxels
};

/// Counts pores and their faces in `extent` voxels of a rock. InputError with the numbers if there are no pores, or if
/// they do not reach from end to end along each of `axes`; `repeats`: sides are joined. Collective.
PoreFacts measure_pores(const Communicator& comm, const Rock& rock, const Extent& extent,
                        const std::vector<volume::Axis>& axes, bool repeats);

}  // namespace protolith::jobs
