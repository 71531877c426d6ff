// Result file, figures and report of `protolith invert`.
#pragma once

#include "inversion_chains.hpp"

namespace protolith::jobs {

/// Images, moments, diagnostics and fits of all inversions: result.h5. Collective.
void write_inversions(run::Run& run, const Surroundings& all, const std::vector<Inversion>& inversions);

/// Collective.
void report_inversions(run::Run& run, const Surroundings& all, const std::vector<Inversion>& inversions);

}  // namespace protolith::jobs
