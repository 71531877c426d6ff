#include "anneal/terms/count_volume.hpp"

#include <algorithm>
#include <limits>

namespace protolith::anneal {

void require_reach(const Extent& extent, std::size_t distances, std::string_view name) {
    require_input(extent.count() > 0 && extent.count() < std::numeric_limits<std::uint32_t>::max() / 2,
                  "a volume of {} cannot be annealed: between 1 and 2^31 - 1 voxels are possible", to_string(extent));
    require_input(distances > 0, "the target of the {} is empty", name);
    const std::size_t shortest = std::min({extent.y, extent.x, extent.z > 1 ? extent.z : extent.x});
    require_input(distances <= shortest,
                  "the target of the {} goes up to r = {}; in a periodic volume of {} r must stay below {}", name,
                  distances - 1, to_string(extent), shortest);
}

namespace {

/// Adds the segments of one line to the counts: ℓ − r for every run of ℓ voxels.
void count_runs(const std::vector<std::uint8_t>& line, std::vector<std::int64_t>& counts) {
    const auto side = line.size();
    const auto gap = static_cast<std::size_t>(std::find(line.begin(), line.end(), std::uint8_t{0}) - line.begin());
    if (gap == side) {
        for (std::int64_t& c : counts) c += static_cast<std::int64_t>(side);
        return;
    }
    std::size_t run = 0;
    for (std::size_t k = 1; k <= side; ++k) {  // once round, from the gap to the gap
        if (line[(gap + k) % side] != 0) {
            ++run;
            continue;
        }
        for (std::size_t r = 0; r < std::min(run, counts.size()); ++r) counts[r] += static_cast<std::int64_t>(run - r);
        run = 0;
    }
}

/// The volume with every row twice, so that a row shifted by less than its length needs no wrap.
std::vector<std::uint8_t> double_rows(const PhaseVolume& volume) {
    const std::size_t side = volume.extent().x;
    std::vector<std::uint8_t> rows(2 * volume.size());
    for (std::size_t i = 0; i < volume.size(); ++i) {
        const std::size_t first = i / side * 2 * side + i % side;
        rows[first] = rows[first + side] = volume[i];
    }
    return rows;
}

/// Σ_p Π_k I(p + v_k) for one polytope.
std::int64_t count_placements(const std::vector<std::uint8_t>& rows, const Grid& grid,
                              const std::vector<Offset>& vertices) {
    const Voxel& sides = grid.sides();
    std::vector<std::uint8_t> product(sides[2]);
    std::int64_t count = 0;
    for (std::uint32_t z = 0; z < sides[0]; ++z) {
        for (std::uint32_t y = 0; y < sides[1]; ++y) {
            std::fill(product.begin(), product.end(), std::uint8_t{1});
            for (const Offset& vertex : vertices) {
                const Voxel v = grid.sum({z, y, 0}, grid.wrap(vertex));
                const std::uint8_t* const row =
                    rows.data() + (std::size_t{v[0]} * sides[1] + v[1]) * 2 * sides[2] + v[2];
                for (std::size_t x = 0; x < product.size(); ++x) product[x] = product[x] & row[x];
            }
            count += std::count(product.begin(), product.end(), std::uint8_t{1});
        }
    }
    return count;
}

}  // namespace

std::vector<std::int64_t> count_lineal_path(const PhaseVolume& volume, std::size_t reach) {
    std::vector<std::int64_t> counts(reach + 1, 0);
    const Grid grid(volume.extent());
    std::vector<std::uint8_t> line;
    for (std::size_t axis = volume.extent().dimensions() == 3 ? 0 : 1; axis < 3; ++axis) {
        const std::size_t side = grid.sides()[axis];
        std::size_t stride = 1;
        for (std::size_t a = axis + 1; a < 3; ++a) stride *= grid.sides()[a];
        line.resize(side);
        for (std::size_t i = 0; i < volume.size(); ++i) {
            if (i / stride % side != 0) continue;  // not the start of a line
            for (std::size_t k = 0; k < side; ++k) line[k] = volume[i + k * stride];
            count_runs(line, counts);
        }
    }
    return counts;
}

std::vector<std::int64_t> count_polytope(const PhaseVolume& volume, const std::vector<PolytopePlane>& planes) {
    const std::vector<std::uint8_t> rows = double_rows(volume);
    const Grid grid(volume.extent());
    std::vector<std::int64_t> counts(planes.empty() ? 0 : planes[0].size(), 0);
    for (const PolytopePlane& plane : planes)
        for (std::size_t r = 0; r < plane.size(); ++r)
            if (plane[r]) counts[r] += count_placements(rows, grid, *plane[r]);
    return counts;
}

std::vector<std::int64_t> count_same_label(const Volume<std::uint32_t>& labels, std::size_t reach) {
    std::vector<std::int64_t> counts(reach + 1, 0);
    const Grid grid(labels.extent());
    const auto size = static_cast<std::uint32_t>(labels.size());
    for (std::size_t axis = labels.extent().dimensions() == 3 ? 0 : 1; axis < 3; ++axis) {
        for (std::uint32_t i = 0; i < size; ++i) {
            if (labels[i] == 0) continue;
            Voxel other = grid.voxel(i);
            for (std::size_t r = 0; r <= reach; ++r) {
                counts[r] += labels[grid.index(other)] == labels[i] ? 1 : 0;
                other[axis] = other[axis] + 1 == grid.sides()[axis] ? 0 : other[axis] + 1;
            }
        }
    }
    return counts;
}

}  // namespace protolith::anneal
