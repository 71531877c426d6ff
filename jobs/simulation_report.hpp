// Figures and report of a simulated batch: pictures, measured functions beside the known ones, spectrum.
#pragma once

#include "image_store.hpp"
#include "simulated_batch.hpp"

namespace protolith::jobs {

/// Measures at most 256 of the images (the report says how many). Collective.
void report_simulation(run::Run& run, const ImageStore& store, const Simulator& simulator);

}  // namespace protolith::jobs
