#include "flow_pore_size.hpp"

#include "descriptors/slab_chords.hpp"
#include "descriptors/slab_distance.hpp"
#include "volume/slab_blocks.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace protolith::jobs {

namespace {

/// Layers of wall along each axis: beyond solid sides, not beyond the ends.
Extent wall_layers(const DriveKeys& drive, volume::Axis axis) {
    const bool solid = drive.sides == DriveKeys::Sides::solid;
    const auto layers = [&](volume::Axis across) { return solid && across != axis ? std::size_t{1} : 0; };
    return {layers(volume::Axis::z), layers(volume::Axis::y), layers(volume::Axis::x)};
}

/// This rank's slab of the rock with walls around it.
PhaseSlab walled_slab(const Communicator& comm, const Rock& rock, const Extent& n, const Extent& walls) {
    PhaseSlab slab(comm, {n.z + 2 * walls.z, n.y + 2 * walls.y, n.x + 2 * walls.x});
    std::fill(slab.voxels.begin(), slab.voxels.end(), std::uint8_t{0});
    const std::size_t first = std::max(slab.planes.first, walls.z), last = std::min(slab.planes.last, n.z + walls.z);
    if (first >= last) return slab;
    const PhaseVolume pores = rock.read({{first - walls.z, 0, 0}, {last - first, n.y, n.x}});
    for (std::size_t z = 0; z < last - first; ++z)
        for (std::size_t y = 0; y < n.y; ++y)
            std::copy_n(pores.data() + (z * n.y + y) * n.x, n.x,
                        &slab.voxels(z + first - slab.planes.first, y + walls.y, walls.x));
    return slab;
}

/// Mean, smallest and mean of the inverse; summed plane by plane, so that they do not depend on ranks.
void add_facts(const Communicator& comm, PoreSizes& sizes) {
    const auto& slab = sizes.size;
    const std::size_t plane = slab.whole.y * slab.whole.x;
    std::vector<double> size(slab.whole.z, 0), inverse(slab.whole.z, 0), pores(slab.whole.z, 0);
    double smallest = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < slab.voxels.size(); ++i) {
        const auto d = static_cast<double>(slab.voxels[i]);
        if (d == 0) continue;
        const std::size_t z = slab.planes.first + i / plane;
        size[z] += d;
        inverse[z] += 1 / d;
        pores[z] += 1;
        smallest = std::min(smallest, d);
    }
    for (auto* sums : {&size, &inverse, &pores}) comm.sum_in_place(sums->data(), sums->size());
    const auto total = [](const std::vector<double>& sums) { return std::accumulate(sums.begin(), sums.end(), 0.0); };
    sizes.mean = total(size) / total(pores);
    sizes.mean_inverse = total(inverse) / total(pores);
    sizes.smallest = comm.min(smallest);
}

}  // namespace

PoreSizes measure_pore_sizes(const Communicator& comm, const Rock& rock, const Extent& extent, const DriveKeys& drive,
                             volume::Axis axis, SlipKeys::PoreSize kind, const Pause& pause) {
    PoreSizes sizes;
    sizes.walls = wall_layers(drive, axis);
    PhaseSlab slab;
    collectively(comm, [&] { slab = walled_slab(comm, rock, extent, sizes.walls); });
    const bool repeats = drive.ends == flow::Ends::periodic && drive.sides == DriveKeys::Sides::periodic;
    sizes.size =
        kind == SlipKeys::PoreSize::rays
            ? descriptors::shortest_chord(comm, slab)
            : descriptors::pore_diameter(
                  comm, slab, repeats ? descriptors::Boundary::periodic : descriptors::Boundary::non_periodic, pause);
    // Without any wall the spheres are infinite in the solid too: there is none.
    add_facts(comm, sizes);
    return sizes;
}

Volume<float> pore_sizes_in(const Communicator& comm, const PoreSizes& sizes, Block block) {
    block.offset.z += sizes.walls.z;
    block.offset.y += sizes.walls.y;
    block.offset.x += sizes.walls.x;
    return block_of_slabs(comm, sizes.size, block);
}

}  // namespace protolith::jobs
