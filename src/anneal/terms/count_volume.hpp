// Counts of a whole periodic volume, straight from the definitions: the truth that the increments are held against, the
// start of every reconstruction, and the target of one from an image of the same size. Counts are integers; divided by
// the placements M they are the descriptor.
#pragma once

#include "anneal/terms/voxel.hpp"
#include "volume/volume.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace protolith::anneal {

/// Vertices of a polytope by edge r = 0 … R, in one plane of the volume; nullopt where the edge is not defined.
using PolytopePlane = std::vector<std::optional<std::vector<Offset>>>;

/// Throws InputError unless the curve of `distances` values (r = 0 … distances − 1) ends before every side of the
/// volume (a single plane is no side), and unless the voxels can be numbered with 32 bits.
void require_reach(const Extent& extent, std::size_t distances, std::string_view name);

/// C_r, r = 0 … reach: segments of r + 1 voxels along x, y (and z in 3-D) that lie in the phase. A line that is in the
/// phase all round counts one segment for every start. M = 2 N or 3 N.
std::vector<std::int64_t> count_lineal_path(const PhaseVolume& volume, std::size_t reach);

/// C_r = Σ_p Π_k I(p + v_k(r)) over all voxels p and all planes; 0 where r is not defined. M = N · planes.
std::vector<std::int64_t> count_polytope(const PhaseVolume& volume, const std::vector<PolytopePlane>& planes);

/// C_r: pairs of voxels r apart along x, y (and z in 3-D) with the same label other than 0. M = 2 N or 3 N.
std::vector<std::int64_t> count_same_label(const Volume<std::uint32_t>& labels, std::size_t reach);

}  // namespace protolith::anneal
