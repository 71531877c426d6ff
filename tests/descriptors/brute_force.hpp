// The definitions of S2, Pn and L, voxel by voxel, for tests: nothing shared with the code under test but vertex lists.
#pragma once

#include "base/random.hpp"
#include "descriptors/correlation.hpp"

#include <optional>

namespace protolith::descriptors {

inline PhaseVolume bernoulli(Extent extent, double p, std::uint32_t item = 0) {
    PhaseVolume volume(extent);
    RandomStream stream(42, RandomPurpose::test, item);
    for (auto& voxel : volume) voxel = stream.uniform() < p ? 1 : 0;
    return volume;
}

/// The image as the boundary sees it.
struct Lattice {
    const PhaseVolume& volume;
    Boundary boundary;
    long z, y, x;  // periods

    Lattice(const PhaseVolume& v, Boundary b) : volume(v), boundary(b) {
        const long margin = b == Boundary::companion ? 1 : 0;
        z = static_cast<long>(v.extent().z) + (v.extent().z > 1 ? margin : 0);
        y = static_cast<long>(v.extent().y) + margin;
        x = static_cast<long>(v.extent().x) + margin;
    }
    /// nullopt: outside the image, no placement there.
    std::optional<bool> at(long k, long j, long i) const {
        const auto inside = [](long a, long n) { return a >= 0 && a < n; };
        if (boundary == Boundary::non_periodic) {
            if (!inside(k, z) || !inside(j, y) || !inside(i, x)) return std::nullopt;
        } else {
            k = (k % z + z) % z, j = (j % y + y) % y, i = (i % x + x) % x;
        }
        const Extent& e = volume.extent();
        if (k >= static_cast<long>(e.z) || j >= static_cast<long>(e.y) || i >= static_cast<long>(e.x)) return false;
        return volume(static_cast<std::size_t>(k), static_cast<std::size_t>(j), static_cast<std::size_t>(i)) != 0;
    }
};

struct Displacement {
    long z, y, x;
};

inline Tally count_directly(const Lattice& lattice, const std::vector<Displacement>& pattern) {
    Tally tally;
    // Origins beyond the image too: a pattern may reach back into it.
    const bool open = lattice.boundary == Boundary::non_periodic;
    const auto low = [open](long n) { return open ? -n : 0; };
    for (long k = low(lattice.z); k < lattice.z; ++k) {
        for (long j = low(lattice.y); j < lattice.y; ++j) {
            for (long i = low(lattice.x); i < lattice.x; ++i) {
                bool placed = true, all = true;
                for (const auto& d : pattern) {
                    const auto voxel = lattice.at(k + d.z, j + d.y, i + d.x);
                    placed = placed && voxel.has_value();
                    all = all && voxel.value_or(false);
                    if (!placed) break;
                }
                tally.placements += placed;
                tally.count += placed && all;
            }
        }
    }
    return tally;
}

/// A pattern in the plane or along the direction that a DirectionCounts names: "x", "y", "z", "yx", "zx", "zy".
inline std::vector<Displacement> placed_in(const std::string& direction, const std::vector<Offset>& offsets) {
    std::vector<Displacement> out;
    for (const Offset& o : offsets) {
        if (direction == "x" || direction == "yx") out.push_back({0, o.y, o.x});
        if (direction == "y") out.push_back({0, o.x, 0});
        if (direction == "z") out.push_back({o.x, 0, 0});
        if (direction == "zx") out.push_back({o.y, 0, o.x});
        if (direction == "zy") out.push_back({o.y, o.x, 0});
    }
    return out;
}

inline std::vector<Offset> segment(int r) {
    std::vector<Offset> offsets;
    for (int x = 0; x <= r; ++x) offsets.push_back({0, x});
    return offsets;
}

}  // namespace protolith::descriptors
