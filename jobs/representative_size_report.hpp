// The representative elementary size in files and words: keys to settings, datasets, verdict, figure.
#pragma once

#include "descriptors/representative_size.hpp"
#include "io/result_file.hpp"
#include "report/figure.hpp"
#include "settings/characterise.hpp"

#include <string>

namespace protolith::jobs {

descriptors::RepresentativeSizeSettings size_settings(const CharacteriseSettings& keys);

/// One sentence: the size, or that there is none.
std::string verdict_text(const descriptors::RepresentativeSize& res);

void write_sizes(io::ResultFile& file, const descriptors::RepresentativeSize& res);

/// Mean square error by window size, beside the tolerance.
report::Figure size_figure(const descriptors::RepresentativeSize& res, double tolerance);

}  // namespace protolith::jobs
