// Counts of periodic volumes as the definitions read, voxel by voxel: nothing shared with the library.
#pragma once

#include "descriptors/polytope_vertices.hpp"
#include "volume/volume.hpp"

#include <array>
#include <cstdint>
#include <cstdlib>
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

/// Pairs of voxels r apart along the axes that a walk through the phase connects; every cluster is walked from anew.
inline std::vector<std::int64_t> plain_clusters(const PhaseVolume& v, std::size_t reach, int connectivity) {
    const int axes = connectivity == 4 || connectivity == 6 ? 1 : connectivity == 8 || connectivity == 18 ? 2 : 3;
    const Extent e = v.extent();
    const auto wrap = [](long c, std::size_t side) {
        return static_cast<std::size_t>((c + static_cast<long>(side)) % static_cast<long>(side));
    };
    Volume<int> cluster(e);
    int clusters = 0;
    for_each_voxel(v, [&](long z0, long y0, long x0) {
        if (!phase_at(v, z0, y0, x0) || cluster(wrap(z0, e.z), wrap(y0, e.y), wrap(x0, e.x)) != 0) return;
        std::vector<std::array<long, 3>> open{{z0, y0, x0}};
        ++clusters;
        while (!open.empty()) {
            const auto [z, y, x] = open.back();
            open.pop_back();
            int& own = cluster(wrap(z, e.z), wrap(y, e.y), wrap(x, e.x));
            if (own != 0 || !phase_at(v, z, y, x)) continue;
            own = clusters;
            const long depth = e.z > 1 ? 1 : 0;
            for (long dz = -depth; dz <= depth; ++dz)
                for (long dy = -1; dy <= 1; ++dy)
                    for (long dx = -1; dx <= 1; ++dx)
                        if (std::abs(dz) + std::abs(dy) + std::abs(dx) <= axes)
                            open.push_back({static_cast<long>(wrap(z + dz, e.z)), static_cast<long>(wrap(y + dy, e.y)),
                                            static_cast<long>(wrap(x + dx, e.x))});
        }
    });
    std::vector<std::int64_t> counts(reach + 1, 0);
    for_each_voxel(v, [&](long z, long y, long x) {
        const int own = cluster(wrap(z, e.z), wrap(y, e.y), wrap(x, e.x));
        for (long r = 0; own != 0 && r <= static_cast<long>(reach); ++r) {
            const auto k = static_cast<std::size_t>(r);
            counts[k] += cluster(wrap(z, e.z), wrap(y, e.y), wrap(x + r, e.x)) == own ? 1 : 0;
            counts[k] += cluster(wrap(z, e.z), wrap(y + r, e.y), wrap(x, e.x)) == own ? 1 : 0;
            if (e.z > 1) counts[k] += cluster(wrap(z + r, e.z), wrap(y, e.y), wrap(x, e.x)) == own ? 1 : 0;
        }
    });
    return counts;
}

}  // namespace protolith::anneal::testing
