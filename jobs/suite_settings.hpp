// From the keys of [measure] to the settings of the descriptor suite.
#pragma once

#include "descriptors/suite.hpp"
#include "settings/characterise.hpp"

#include <span>

namespace protolith::jobs {

/// Settings with which every image of these extents can be measured.
/// @throws InputError for a max_r that is too large, naming both numbers
descriptors::SuiteSettings suite_settings(const MeasureSettings& keys, std::span<const Extent> extents);

/// "non_periodic", "periodic" or "companion".
const char* name_of(descriptors::Boundary boundary);

}  // namespace protolith::jobs
