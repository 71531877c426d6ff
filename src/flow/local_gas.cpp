#include "flow/local_gas.hpp"

#include "base/error.hpp"

namespace protolith::flow {

LocalRelaxation local_relaxation(const Sites& sites, const Volume<float>& size, double free_path, MeanFreePath form,
                                 const SlipCoefficients& slip) {
    require(size.extent() == sites.block.extent, "pore sizes of {} voxels for a block of {}", to_string(size.extent()),
            to_string(sites.block.extent));
    LocalRelaxation times;
    times.even.reserve(sites.count());
    times.odd.reserve(sites.count());
    for (const std::uint32_t v : sites.voxel) {
        if (v == Sites::no_voxel) continue;
        const auto width = static_cast<double>(size[v]);
        require(width > 0, "voxel {} of the block is a pore of size {}", v, width);
        const double even = gas_relaxation_time(free_path * mean_free_path_factor(form, free_path / width));
        times.even.push_back(even);
        times.odd.push_back(0.5 + gas_magic(even, slip) / (even - 0.5));
    }
    return times;
}

}  // namespace protolith::flow
