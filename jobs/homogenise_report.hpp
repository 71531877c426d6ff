// Maps, table and report of `protolith homogenise`.
#pragma once

#include "homogenised_set.hpp"
#include "load_images.hpp"
#include "run/run.hpp"
#include "settings/homogenise.hpp"

namespace protolith::jobs {

/// Collective.
void report_homogenised(run::Run& run, const ImageList& list, const HomogenisedSet& set);

}  // namespace protolith::jobs
