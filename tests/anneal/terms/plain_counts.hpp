// Counts of periodic volumes as the definitions read, voxel by voxel: nothing shared with the library.
#pragma once

#include "descriptors/polytope_vertices.hpp"
#include "volume/volume.hpp"

#include <cstdint>
#include <vector>

namespace protolith::anneal::testing {

/// Voxel at any integer coordinates, periodic.
inline bool phase_at(const PhaseVolume& v, long z, long y, long x) {
    const auto wrap = [](long c, std::size_t side) {
        const long n = static_cast<long>(side);
        return static_cast<std::size_t>(((c % n) + n) % n);
    };
    return v(wrap(z, v.extent().z), wrap(y, v.extent().y), wrap(x, v.extent().x)) != 0;
}

/// Calls visit(z, y, x) for every voxel.
template <class Visit>
void for_each_voxel(const PhaseVolume& v, Visit&& visit) {
    for (long z = 0; z < static_cast<long>(v.extent().z); ++z)
        for (long y = 0; y < static_cast<long>(v.extent().y); ++y)
            for (long x = 0; x < static_cast<long>(v.extent().x); ++x) visit(z, y, x);
}

/// Whole segments of r + 1 voxels in the phase along x, y and, in 3-D, z.
inline std::vector<std::int64_t> plain_lineal_path(const PhaseVolume& v, std::size_t reach) {
    std::vector<std::int64_t> counts(reach + 1, 0);
    for_each_voxel(v, [&](long z, long y, long x) {
        for (int axis = v.extent().dimensions() == 3 ? 0 : 1; axis < 3; ++axis)
            for (long r = 0; r <= static_cast<long>(reach); ++r) {
                if (!phase_at(v, z + (axis == 0 ? r : 0), y + (axis == 1 ? r : 0), x + (axis == 2 ? r : 0))) break;
                ++counts[static_cast<std::size_t>(r)];
            }
    });
    return counts;
}

/// Places at which all vertices lie in the phase, in the plane of rows and columns or in all three planes.
inline std::vector<std::int64_t> plain_polytope(const PhaseVolume& v, descriptors::Polytope polytope,
                                                descriptors::VertexRule rule, std::size_t reach) {
    std::vector<std::int64_t> counts(reach + 1, 0);
    for (std::size_t r = 0; r <= reach; ++r) {
        const auto vertices = descriptors::polytope_vertices(polytope, rule, static_cast<int>(r));
        if (!vertices) continue;
        for_each_voxel(v, [&](long z, long y, long x) {
            bool rows_columns = true, rows_stacks = v.extent().z > 1, columns_stacks = v.extent().z > 1;
            for (const auto& k : *vertices) {
                rows_columns = rows_columns && phase_at(v, z, y + k.y, x + k.x);
                rows_stacks = rows_stacks && phase_at(v, z + k.y, y, x + k.x);
                columns_stacks = columns_stacks && phase_at(v, z + k.y, y + k.x, x);
            }
            counts[r] += (rows_columns ? 1 : 0) + (rows_stacks ? 1 : 0) + (columns_stacks ? 1 : 0);
        });
    }
    return counts;
}

}  // namespace protolith::anneal::testing
