#include "elastic/slab/filtered.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace protolith::elastic {

SlabFilter::SlabFilter(const Extent& volume, const Extent& grid, const LowPass& filter) : grid_(grid) {
    const double width = static_cast<double>(volume.x);
    const std::array<std::size_t, 3> cells{volume.x, volume.y, volume.z}, points{grid.x, grid.y, grid.z};
    std::array<double, 3> side;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        side[axis] = static_cast<double>(cells[axis]) / width;
        const std::size_t highest = highest_wave(filter, side[axis], cells[axis]);
        voxels_[axis] = WaveTable<double>(cells[axis], highest);
        points_[axis] = WaveTable<double>(points[axis], highest);
    }
    const auto& [vx, vy, vz] = voxels_;
    for (std::size_t c = 0; c < vz.waves(); ++c)
        for (std::size_t b = 0; b < vy.waves(); ++b)
            for (std::size_t a = 0; a < vx.waves(); ++a) {
                const double k =
                    std::hypot(static_cast<double>(vx.number(a)), static_cast<double>(vy.number(b)) / side[1],
                               static_cast<double>(vz.number(c)) / side[2]);
                weights_.push_back(vx.multiplicity(a) * vy.multiplicity(b) * vz.multiplicity(c) * filter.weight(k) /
                                   static_cast<double>(volume.count()));
            }
    sums_.resize(weights_.size() * filtered_values);
    row_.resize(vx.waves() * filtered_values);
    for (std::size_t a = 0; a < vx.waves(); ++a)
        for (std::size_t x = 0; x < volume.x; ++x) dense_x_.push_back(vx.value(x, a));
}

void SlabFilter::add_row(std::size_t z, std::size_t y, const VoxelRow& e, const VoxelRow& s) {
    const std::size_t n = voxels_[0].cells, across = voxels_[0].waves();
    constexpr double root = std::numbers::sqrt2;
    for (std::size_t a = 0; a < across; ++a) {
        const double* const wave = dense_x_.data() + a * n;
        for (std::size_t c = 0; c < filtered_values; ++c) {
            const double* const values = c < 6 ? e[c] : s[c - 6];
            double sum = 0;
            for (std::size_t x = 0; x < n; ++x) sum += wave[x] * values[x];
            const bool shear = c % 6 >= 3;
            row_[a * filtered_values + c] = !shear ? sum : c < 6 ? sum / root : sum * root;
        }
    }
    double* out = sums_.data();
    for (std::size_t k = 0; k < voxels_[2].waves(); ++k)
        for (std::size_t b = 0; b < voxels_[1].waves(); ++b) {
            const double factor = voxels_[2].value(z, k) * voxels_[1].value(y, b);
            for (const double value : row_) *out++ += factor * value;
        }
}

std::vector<double> SlabFilter::at_points(const Communicator& comm, ItemRange points) {
    comm.sum_in_place(sums_.data(), sums_.size());
    for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i] *= weights_[i / filtered_values];
    const std::size_t across = points_[0].waves(), down = points_[1].waves();
    const std::size_t plane_size = down * across * filtered_values, row_size = across * filtered_values;
    std::vector<double> plane(plane_size), row(row_size), result;
    result.reserve(points.size() * grid_.y * grid_.x * filtered_values);
    // One axis after another: waves along z to a plane, along y to a row, along x to points.
    const auto gather = [](const WaveTable<double>& table, std::size_t cell, const std::vector<double>& from,
                           std::vector<double>& to) {
        std::fill(to.begin(), to.end(), 0.0);
        for (std::size_t b = 0; b < table.waves(); ++b) {
            const double wave = table.value(cell, b);
            for (std::size_t i = 0; i < to.size(); ++i) to[i] += wave * from[b * to.size() + i];
        }
    };
    std::vector<double> point(filtered_values);
    for (std::size_t z = points.first; z < points.last; ++z) {
        gather(points_[2], z, sums_, plane);
        for (std::size_t y = 0; y < grid_.y; ++y) {
            gather(points_[1], y, plane, row);
            for (std::size_t x = 0; x < grid_.x; ++x) {
                gather(points_[0], x, row, point);
                result.insert(result.end(), point.begin(), point.end());
            }
        }
    }
    return result;
}

}  // namespace protolith::elastic
