#include "volume/volume.hpp"

#include <numeric>

namespace protolith {

std::string to_string(const Extent& extent) {
    if (extent.z == 1) return fmt::format("{} × {}", extent.y, extent.x);
    return fmt::format("{} × {} × {}", extent.z, extent.y, extent.x);
}

double phase_fraction(const PhaseVolume& volume) {
    require(volume.size() > 0, "the phase fraction of an empty volume is not defined");
    const auto ones = std::accumulate(volume.begin(), volume.end(), std::size_t{0});
    return static_cast<double>(ones) / static_cast<double>(volume.size());
}

}  // namespace protolith
