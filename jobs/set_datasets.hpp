// Measured sets of images as datasets of a result file; names in docs/datasets.md.
#pragma once

#include "descriptors/suite.hpp"
#include "io/result_file.hpp"

#include <vector>

namespace protolith::jobs {

/// Curves and numbers of all sets over the dimension `set`: mean, low and high of every function. Collective.
void write_sets(io::ResultFile& file, const std::vector<descriptors::SetDescriptors>& sets);

}  // namespace protolith::jobs
