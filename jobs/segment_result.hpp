// What `segment` finds, on its way to the file and the report.
#pragma once

#include "prepare/grey_histogram.hpp"
#include "run/run.hpp"
#include "segment/percolation.hpp"
#include "settings/segment.hpp"

#include <optional>
#include <string>
#include <vector>

namespace protolith::jobs {

struct Segmented {
    std::string name;                  ///< of the volume
    std::optional<double> voxel_size;  ///< metres
    GreySlab grey;
    PhaseSlab pores, connected;
    prepare::GreyHistogram histogram;
    double threshold = 0;
    segment::PercolationSearch search;  ///< no steps if the threshold was not searched
    std::uint64_t components = 0;
    std::vector<descriptors::ComponentFacts> largest;
    std::vector<std::uint64_t> size_classes;
    double porosity = 0, connected_porosity = 0;
};

/// Writes result.h5 and its sidecar. Collective.
void write_segmented(run::Run& run, const Segmented& segmented);
/// Figures and report.html. Collective.
void report_segmented(run::Run& run, const SegmentSettings& keys, const Segmented& segmented);

}  // namespace protolith::jobs
