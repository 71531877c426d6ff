// The middle slices of a volume that lies in slabs, on every rank: what reports show of it.
#pragma once

#include "volume/slab.hpp"

#include <functional>
#include <string>
#include <vector>

namespace protolith::jobs {

struct MiddleSlice {
    std::string name;   ///< "z = 32"; rows and columns are y and x, z and x, z and y
    GreyVolume values;  ///< (1, rows, columns)
};

/// `value(i)` of the voxels i of this rank's slab (as its voxels are numbered) in the planes through the middle of
/// the volume; of one of a single plane that plane alone. Collective.
template <class T>
std::vector<MiddleSlice> middle_slices(const Communicator& comm, const Slab<T>& slab,
                                       const std::function<float(std::size_t)>& value) {
    const Extent& n = slab.whole;
    const std::size_t at_z = n.z / 2, at_y = n.y / 2, at_x = n.x / 2;
    std::vector<double> z(n.y * n.x, 0), y(n.z * n.x, 0), x(n.z * n.y, 0);
    for (std::size_t plane = slab.planes.first; plane < slab.planes.last; ++plane) {
        const std::size_t first = (plane - slab.planes.first) * n.y * n.x;
        const auto at = [&](std::size_t row, std::size_t column) {
            return static_cast<double>(value(first + row * n.x + column));
        };
        if (plane == at_z)
            for (std::size_t i = 0; i < n.y * n.x; ++i) z[i] = at(i / n.x, i % n.x);
        for (std::size_t i = 0; i < n.x; ++i) y[plane * n.x + i] = at(at_y, i);
        for (std::size_t i = 0; i < n.y; ++i) x[plane * n.y + i] = at(i, at_x);
    }
    std::vector<MiddleSlice> slices;
    const auto add = [&](const std::string& name, std::vector<double>& values, std::size_t rows, std::size_t columns) {
        comm.sum_in_place(values.data(), values.size());  // every pixel is one rank's, 0 on the others
        GreyVolume picture({1, rows, columns});
        for (std::size_t i = 0; i < values.size(); ++i) picture[i] = static_cast<float>(values[i]);
        slices.push_back({name, std::move(picture)});
    };
    add(fmt::format("z = {}", at_z), z, n.y, n.x);
    if (n.z == 1) return slices;
    add(fmt::format("y = {}", at_y), y, n.z, n.x);
    add(fmt::format("x = {}", at_x), x, n.z, n.y);
    return slices;
}

}  // namespace protolith::jobs
