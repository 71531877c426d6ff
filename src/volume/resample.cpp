#include "volume/resample.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

namespace protolith::volume {

namespace {

/// The part of one axis that a target voxel covers: source voxels from `first` on, each with its overlap. Lengths are
/// in units of 1/target of a source voxel, so that they are whole numbers and add up to the source length.
struct Cover {
    std::size_t first;
    std::vector<std::uint64_t> overlap;
};

std::vector<Cover> covers(std::size_t source, std::size_t target) {
    std::vector<Cover> all(target);
    for (std::size_t i = 0; i < target; ++i) {
        const std::size_t begin = i * source, end = begin + source;
        all[i].first = begin / target;
        for (std::size_t j = all[i].first; j * target < end; ++j)
            all[i].overlap.push_back(std::min(end, (j + 1) * target) - std::max(begin, j * target));
    }
    return all;
}

void require_sizes(const Extent& source, const Extent& target) {
    require(source.count() > 0 && target.count() > 0, "an image of {} cannot be resized to {}", to_string(source),
            to_string(target));
}

/// Calls work(target index, z, y, x, sum over the voxel's box of overlap × value); Sum holds the sums.
template <class Sum, class T, class Work>
void for_each_box(const Volume<T>& volume, const Extent& target, const Work& work) {
    const Extent& source = volume.extent();
    require_sizes(source, target);
    const auto along_z = covers(source.z, target.z), along_y = covers(source.y, target.y),
               along_x = covers(source.x, target.x);
    std::size_t index = 0;
    for (std::size_t z = 0; z < target.z; ++z)
        for (std::size_t y = 0; y < target.y; ++y)
            for (std::size_t x = 0; x < target.x; ++x, ++index) {
                const auto& [z0, dz] = along_z[z];
                const auto& [y0, dy] = along_y[y];
                const auto& [x0, dx] = along_x[x];
                Sum sum{};
                for (std::size_t k = 0; k < dz.size(); ++k)
                    for (std::size_t j = 0; j < dy.size(); ++j) {
                        const T* row = volume.data() + ((z0 + k) * source.y + y0 + j) * source.x + x0;
                        Sum line{};
                        for (std::size_t i = 0; i < dx.size(); ++i)
                            line += static_cast<Sum>(dx[i]) * static_cast<Sum>(row[i]);
                        sum += static_cast<Sum>(dz[k] * dy[j]) * line;
                    }
                work(index, z, y, x, sum);
            }
}

/// The phase of a target voxel whose box holds `sum` of `full`; ties make a checkerboard.
std::uint8_t majority(std::uint64_t sum, std::uint64_t full, std::size_t place) {
    return static_cast<std::uint8_t>(2 * sum == full ? place % 2 == 0 : 2 * sum > full);
}

/// Boxes of whole voxels: the rows of a box are added up first, many columns at a time. `Count` must hold the rows of a
/// box.
template <class Count>
PhaseVolume resize_by_whole_boxes(const PhaseVolume& phase, const Extent& target) {
    const Extent& source = phase.extent();
    const Extent box{source.z / target.z, source.y / target.y, source.x / target.x};
    PhaseVolume resized(target);
    std::vector<Count> columns(source.x);
    std::size_t index = 0;
    for (std::size_t z = 0; z < target.z; ++z)
        for (std::size_t y = 0; y < target.y; ++y) {
            std::fill(columns.begin(), columns.end(), Count{0});
            for (std::size_t k = 0; k < box.z; ++k)
                for (std::size_t j = 0; j < box.y; ++j) {
                    const std::uint8_t* row = phase.data() + ((z * box.z + k) * source.y + y * box.y + j) * source.x;
                    for (std::size_t x = 0; x < source.x; ++x) columns[x] = static_cast<Count>(columns[x] + row[x]);
                }
            for (std::size_t x = 0; x < target.x; ++x, ++index) {
                std::uint64_t sum = 0;
                for (std::size_t i = 0; i < box.x; ++i) sum += columns[x * box.x + i];
                resized[index] = majority(sum, box.count(), z + y + x);
            }
        }
    return resized;
}

PhaseVolume resize_by_area(const PhaseVolume& phase, const Extent& target) {
    const Extent& source = phase.extent();
    require_sizes(source, target);
    if (source.z % target.z == 0 && source.y % target.y == 0 && source.x % target.x == 0) {
        const std::size_t rows = source.z / target.z * (source.y / target.y);
        return rows <= std::numeric_limits<std::uint8_t>::max() ? resize_by_whole_boxes<std::uint8_t>(phase, target)
                                                                : resize_by_whole_boxes<std::uint64_t>(phase, target);
    }
    PhaseVolume resized(target);
    const std::uint64_t full = source.count();  // the sum over a box of phase alone
    for_each_box<std::uint64_t>(phase, target,
                                [&](std::size_t index, std::size_t z, std::size_t y, std::size_t x, std::uint64_t sum) {
                                    resized[index] = majority(sum, full, z + y + x);
                                });
    return resized;
}

/// The source voxels that linear interpolation at a target voxel's centre uses: one on a voxel's centre, else two.
struct Support {
    std::size_t first, last;
};

std::vector<Support> supports(std::size_t source, std::size_t target) {
    std::vector<Support> all(target);
    for (std::size_t i = 0; i < target; ++i) {
        // The centre (i + 1/2)·source/target − 1/2 in units of 1/(2·target), exact; clamped to the outermost centres.
        const auto centre = static_cast<long long>((2 * i + 1) * source) - static_cast<long long>(target);
        const auto unit = static_cast<long long>(2 * target), end = static_cast<long long>(source - 1) * unit;
        const long long at = std::clamp(centre, 0LL, end);
        all[i] = {static_cast<std::size_t>(at / unit), static_cast<std::size_t>((at + unit - 1) / unit)};
    }
    return all;
}

PhaseVolume resize_by_any(const PhaseVolume& phase, const Extent& target) {
    const Extent& source = phase.extent();
    require_sizes(source, target);
    const auto along_z = supports(source.z, target.z), along_y = supports(source.y, target.y),
               along_x = supports(source.x, target.x);
    PhaseVolume resized(target);
    std::size_t index = 0;
    for (const auto& [z0, z1] : along_z)
        for (const auto& [y0, y1] : along_y)
            for (const auto& [x0, x1] : along_x) {
                bool any = false;
                for (std::size_t z = z0; z <= z1; ++z)
                    for (std::size_t y = y0; y <= y1; ++y)
                        for (std::size_t x = x0; x <= x1; ++x) any = any || phase(z, y, x) != 0;
                resized[index++] = static_cast<std::uint8_t>(any);
            }
    return resized;
}

}  // namespace

GreyVolume area_average(const GreyVolume& grey, const Extent& target) {
    GreyVolume resized(target);
    const double full = static_cast<double>(grey.extent().count());
    for_each_box<double>(grey, target, [&](std::size_t index, std::size_t, std::size_t, std::size_t, double sum) {
        resized[index] = static_cast<float>(sum / full);
    });
    return resized;
}

PhaseVolume resize(const PhaseVolume& phase, const Extent& target, ResizeRule rule) {
    return rule == ResizeRule::area ? resize_by_area(phase, target) : resize_by_any(phase, target);
}

Extent halved(const Extent& extent) noexcept { return {(extent.z + 1) / 2, (extent.y + 1) / 2, (extent.x + 1) / 2}; }

PhaseVolume coarsen(const PhaseVolume& phase) { return resize(phase, halved(phase.extent())); }
GreyVolume coarsen(const GreyVolume& grey) { return area_average(grey, halved(grey.extent())); }

}  // namespace protolith::volume
