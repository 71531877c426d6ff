#include "segment/read_slab.hpp"

#include <algorithm>
#include <utility>

namespace protolith::segment {

namespace {

std::vector<float> plane_of(io::ImageSource& source, std::size_t z) {
    std::vector<float> plane(source.extent().y * source.extent().x);
    source.read_rows(z, 0, source.extent().y, plane.data());
    return plane;
}

/// In place, from the first plane to the last; `before` and `after` are the planes beside the slab.
void filter_planes(GreyVolume& slab, std::vector<float> before, const std::vector<float>& after) {
    const std::size_t plane = slab.extent().y * slab.extent().x;
    std::vector<float> here(plane);
    for (std::size_t z = 0; z < slab.extent().z; ++z) {
        float* values = slab.data() + z * plane;
        const float* next = z + 1 < slab.extent().z ? values + plane : after.data();
        std::copy_n(values, plane, here.data());
        for (std::size_t i = 0; i < plane; ++i) values[i] = median(before[i], here[i], next[i]);
        std::swap(before, here);
    }
}

}  // namespace

GreySlab read_slab(const Communicator& comm, io::ImageSource& source, Filter filter) {
    GreySlab slab(comm, source.extent());
    if (slab.empty()) return slab;
    const Extent n = slab.voxels.extent();
    source.read({{slab.planes.first, 0, 0}, n}, slab.voxels.data());
    if (filter == Filter::none) return slab;
    // Beyond the ends of the volume a plane is its own neighbour.
    const std::size_t below = slab.planes.first > 0 ? slab.planes.first - 1 : 0,
                      above = std::min(slab.planes.last, slab.whole.z - 1);
    auto before = plane_of(source, below);
    const auto after = plane_of(source, above);
    filter_planes(slab.voxels, std::move(before), after);
    return slab;
}

}  // namespace protolith::segment
