// Checks that the simulators share: each names the setting, the value found and what was expected.
#pragma once

#include "base/error.hpp"
#include "volume/volume.hpp"

#include <string_view>

namespace protolith::simulate {

inline void require_extent(std::string_view medium, const Extent& extent) {
    require_input(extent.z > 0 && extent.y > 0 && extent.x > 0,
                  "{}: size = {} × {} × {}, expected at least 1 pixel along each axis", medium, extent.z, extent.y,
                  extent.x);
}

inline void require_fraction(std::string_view medium, double phase_fraction) {
    require_input(phase_fraction > 0 && phase_fraction < 1,
                  "{}: phase_fraction = {}, expected between 0 and 1, both excluded", medium, phase_fraction);
}

}  // namespace protolith::simulate
