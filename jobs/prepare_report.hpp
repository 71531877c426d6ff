// Report of `prepare windows`: the images with the windows' grid, windows, grey values with the threshold, fractions.
#pragma once

#include "prepare/survey.hpp"
#include "window_result.hpp"

namespace protolith::jobs {

/// Collective.
void report_windows(run::Run& run, const PrepareWindowsSettings& keys, const Preparation& preparation,
                    const prepare::Survey& survey, double threshold, const WrittenWindows& written);

}  // namespace protolith::jobs
