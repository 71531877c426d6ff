// Puts components together that lie across the edges of a periodic image, and finds those that have no end.
#pragma once

#include "descriptors/components.hpp"

#include <array>
#include <vector>

namespace protolith::descriptors {

struct RunPlaces {
    /// By how many periods each run has to be moved so that its component hangs together; the first run stays.
    std::vector<Periods> moved;
    /// Component c meets itself around the torus along (z, y, x), at [c − 1].
    std::vector<std::array<bool, 3>> endless;
};

/// All zero and false unless the components are periodic.
RunPlaces run_places(const Components& components);

}  // namespace protolith::descriptors
