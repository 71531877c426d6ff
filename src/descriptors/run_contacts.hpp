// Which runs of neighbouring rows touch, by the lattice's connectivity; the only place where neighbourhood is spelled
// out.
#pragma once

#include "descriptors/phase_runs.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace protolith::descriptors {

/// Neighbours of a voxel: 4 or 8 in an image, 6 (faces), 18 (and edges) or 26 (and corners) in a volume.
enum class Connectivity : int { four = 4, eight = 8, six = 6, eighteen = 18, twenty_six = 26 };

/// A step of whole periods along (z, y, x).
using Periods = std::array<std::int32_t, 3>;

namespace detail {

/// The row at (dz, dy) from a row, and whether runs there touch over corners too.
struct RowNeighbour {
    int dz, dy;
    bool diagonal;
};

/// Neighbour rows that come before a row; those after it are met from the other side.
inline std::vector<RowNeighbour> earlier_rows(Connectivity connectivity) {
    switch (connectivity) {
        case Connectivity::four:
            return {{0, -1, false}};
        case Connectivity::eight:
            return {{0, -1, true}};
        case Connectivity::six:
            return {{0, -1, false}, {-1, 0, false}};
        case Connectivity::eighteen:
            return {{0, -1, true}, {-1, -1, false}, {-1, 0, true}, {-1, 1, false}};
        case Connectivity::twenty_six:
            return {{0, -1, true}, {-1, -1, true}, {-1, 0, true}, {-1, 1, true}};
    }
    return {};
}

}  // namespace detail

/// Calls visit(i, j, periods) once for every contact of run i with run j; `periods` is what has to be added to the
/// place of run i, in periods of the image, so that it lies beside run j: zero unless `periodic` and across an edge.
/// Axes of one voxel do not repeat. The connectivity must suit the image (checked by label_components).
template <class Visit>
void for_each_contact(const PhaseRuns& image, Connectivity connectivity, bool periodic, Visit&& visit) {
    const auto planes = static_cast<std::ptrdiff_t>(image.extent.z), rows = static_cast<std::ptrdiff_t>(image.extent.y);
    const auto neighbours = detail::earlier_rows(connectivity);
    std::vector<RunContact> contacts(image.extent.x + spoilt_behind);
    const auto last_x = static_cast<std::uint32_t>(image.extent.x);
    const bool wraps_x = periodic && last_x > 1;
    const auto begins_at_edge = [&](std::size_t row) {
        return image.row_begin[row] < image.row_begin[row + 1] && image.runs[image.row_begin[row]].first == 0;
    };
    const auto ends_at_edge = [&](std::size_t row) {
        return image.row_begin[row] < image.row_begin[row + 1] &&
               image.runs[image.row_begin[row + 1] - 1].last == last_x;
    };

    for (std::ptrdiff_t z = 0; z < planes; ++z)
        for (std::ptrdiff_t y = 0; y < rows; ++y) {
            const auto here = static_cast<std::size_t>(z * rows + y);
            if (wraps_x && begins_at_edge(here) && ends_at_edge(here))
                visit(image.row_begin[here + 1] - 1, image.row_begin[here], Periods{0, 0, -1});
            for (const auto& step : neighbours) {
                std::ptrdiff_t nz = z + step.dz, ny = y + step.dy;
                Periods periods{};
                if (nz < 0) {
                    if (!periodic || planes == 1) continue;
                    nz = planes - 1;
                    periods[0] = -1;
                }
                if (ny < 0 || ny >= rows) {
                    if (!periodic || rows == 1) continue;
                    periods[1] = ny < 0 ? -1 : 1;
                    ny = ny < 0 ? rows - 1 : 0;
                }
                const auto there = static_cast<std::size_t>(nz * rows + ny);
                const std::size_t found = touching_runs(image, there, here, step.diagonal, contacts.data());
                for (std::size_t k = 0; k < found; ++k) visit(contacts[k].i, contacts[k].j, periods);
                if (!wraps_x || !step.diagonal) continue;
                if (ends_at_edge(there) && begins_at_edge(here))
                    visit(image.row_begin[there + 1] - 1, image.row_begin[here], Periods{periods[0], periods[1], -1});
                if (begins_at_edge(there) && ends_at_edge(here))
                    visit(image.row_begin[there], image.row_begin[here + 1] - 1, Periods{periods[0], periods[1], 1});
            }
        }
}

}  // namespace protolith::descriptors
