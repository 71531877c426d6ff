#include "suite_settings.hpp"

#include <algorithm>

namespace protolith::jobs {

descriptors::SuiteSettings suite_settings(const MeasureSettings& keys, std::span<const Extent> extents) {
    descriptors::SuiteSettings s;
    s.boundary = keys.boundary;
    s.vertices = keys.vertices;
    const int largest = descriptors::largest_common_distance(extents, keys.boundary);
    require_input(largest >= 0, "an image is too small for {} boundaries: no distance is defined",
                  name_of(keys.boundary));
    require_input(
        keys.max_r <= largest,
        "max_r = {}: expected at most {} pixels, which the smallest side of the images and {} boundaries allow",
        keys.max_r, largest, name_of(keys.boundary));
    s.max_r = keys.max_r > 0 ? static_cast<int>(keys.max_r) : largest;
    std::size_t longest = 0;
    for (const auto& e : extents) longest = std::max({longest, e.z, e.y, e.x});
    s.max_chord = longest;
    s.max_pore = (longest + 1) / 2;
    const bool volume = extents.front().dimensions() == 3;
    const auto connectivity = keys.connectivity > 0 ? static_cast<int>(keys.connectivity) : volume ? 6 : 4;
    const bool fits =
        volume ? connectivity == 6 || connectivity == 18 || connectivity == 26 : connectivity == 4 || connectivity == 8;
    require_input(fits, "connectivity = {}: expected {}", connectivity,
                  volume ? "6, 18 or 26 for volumes" : "4 or 8 for images");
    s.connectivity = static_cast<descriptors::Connectivity>(connectivity);
    return s;
}

const char* name_of(descriptors::Boundary boundary) {
    switch (boundary) {
        case descriptors::Boundary::periodic:
            return "periodic";
        case descriptors::Boundary::companion:
            return "companion";
        default:
            return "non_periodic";
    }
}

}  // namespace protolith::jobs
