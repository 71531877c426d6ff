#include "descriptors/medial_balls.hpp"

#include "descriptors/distance.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace protolith::descriptors {
namespace {

/// required[k][s]: the least squared radius of a ball that is one step along k + 1 axes away and contains the ball of
/// squared radius s: one more than the greatest |p + v|² of its voxels p, v the step.
using CoverTables = std::array<std::vector<std::uint64_t>, 3>;

CoverTables cover_tables(std::uint32_t largest, bool planar) {
    CoverTables required;
    for (auto& table : required) table.assign(static_cast<std::size_t>(largest) + 1, 0);
    const auto reach = static_cast<std::uint64_t>(std::sqrt(static_cast<double>(largest)));
    for (std::uint64_t z = 0; z <= (planar ? 0 : reach); ++z)
        for (std::uint64_t y = 0; y <= reach && z * z + y * y < largest; ++y)
            for (std::uint64_t x = 0; z * z + y * y + x * x < largest; ++x) {
                // Voxels with p² = s are in the balls of squared radius s + 1 and above.
                const std::uint64_t s = z * z + y * y + x * x;
                const std::array<std::uint64_t, 3> farther{s + 2 * x + 1, s + 2 * (x + y) + 2, s + 2 * (x + y + z) + 3};
                for (std::size_t k = 0; k < 3; ++k) required[k][s + 1] = std::max(required[k][s + 1], farther[k] + 1);
            }
    for (auto& table : required)
        for (std::size_t s = 1; s < table.size(); ++s) table[s] = std::max(table[s], table[s - 1]);
    return required;
}

/// Whether a neighbour's ball contains the ball at (z, y, x).
bool is_contained(const Volume<std::uint32_t>& squared, const CoverTables& required, bool periodic, std::size_t z,
                  std::size_t y, std::size_t x) {
    const Extent n = squared.extent();
    const std::uint32_t own = squared(z, y, x);
    const int dz_end = n.z > 1 ? 1 : 0;
    // Index of the neighbour, or n if there is none; n + d − 1 keeps the sum above 0.
    const auto neighbour = [periodic](std::size_t i, int d, std::size_t side) {
        const std::size_t moved = i + side + static_cast<std::size_t>(d + 1) - 1;
        if (periodic) return moved % side;
        return moved < side || moved >= 2 * side ? side : moved - side;
    };
    for (int dz = -dz_end; dz <= dz_end; ++dz) {
        const std::size_t nz = neighbour(z, dz, n.z);
        for (int dy = -1; dy <= 1 && nz < n.z; ++dy) {
            const std::size_t ny = neighbour(y, dy, n.y);
            for (int dx = -1; dx <= 1 && ny < n.y; ++dx) {
                const int axes = dz * dz + dy * dy + dx * dx;
                const std::size_t nx = neighbour(x, dx, n.x);
                if (axes == 0 || nx >= n.x) continue;
                if (squared(nz, ny, nx) >= required[static_cast<std::size_t>(axes - 1)][own]) return true;
            }
        }
    }
    return false;
}

}  // namespace

std::vector<Ball> medial_balls(const Volume<std::uint32_t>& squared, Boundary boundary, Part part) {
    const Extent n = squared.extent();
    const std::uint32_t largest = *std::max_element(squared.begin(), squared.end());
    require(largest != infinite_distance, "an image of {} without the other phase has no largest ball", to_string(n));
    const CoverTables required = cover_tables(largest, n.z == 1);
    std::vector<Ball> balls;
    const ItemRange rows = share_of(part, n.z * n.y);
    for (std::size_t row = rows.first; row < rows.last; ++row) {
        const std::size_t z = row / n.y, y = row % n.y;
        for (std::size_t x = 0; x < n.x; ++x)
            if (squared(z, y, x) > 0 && !is_contained(squared, required, boundary == Boundary::periodic, z, y, x))
                balls.push_back({squared(z, y, x), row * n.x + x});
    }
    sort_largest_first(balls);
    return balls;
}

void sort_largest_first(std::vector<Ball>& balls) {
    std::sort(balls.begin(), balls.end(), [](const Ball& a, const Ball& b) {
        return a.squared_radius != b.squared_radius ? a.squared_radius > b.squared_radius : a.centre < b.centre;
    });
}

}  // namespace protolith::descriptors
