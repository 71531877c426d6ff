#include "segment_result.hpp"

#include "io/result_file.hpp"
#include "io/xdmf.hpp"

namespace protolith::jobs {

namespace {

template <class T>
void write_slab(io::ResultFile& file, const std::string& name, const Slab<T>& slab, const io::Attributes& attributes) {
    auto dataset = file.dataset<T>(name, {"z", "y", "x"}, attributes);
    dataset.write_items(slab.planes, {slab.voxels.data(), slab.voxels.size()});
}

void write_search(io::ResultFile& file, const segment::PercolationSearch& search) {
    if (search.steps.empty()) return;
    std::vector<double> threshold, porosity;
    std::vector<std::uint8_t> percolates;
    for (const auto& step : search.steps) {
        threshold.push_back(step.threshold);
        porosity.push_back(step.porosity);
        percolates.push_back(step.percolates ? 1 : 0);
    }
    file.dimension("search_step", search.steps.size(), "thresholds in the order in which they were tried");
    file.write("search_threshold", {"search_step"}, threshold, {"1", "threshold tried", {}});
    file.write("search_porosity", {"search_step"}, porosity, {"1", "porosity at this threshold", {}});
    file.write("search_percolates", {"search_step"}, percolates, {"1", "1: the pores reach from end to end", {}});
}

}  // namespace

void write_segmented(run::Run& run, const Segmented& s) {
    const auto timer = run.context.timers.phase("write result");
    const auto path = run.directory().file("result.h5");
    auto file = io::ResultFile::create(run.context.comm, path, run.provenance());
    const Extent& n = s.grey.whole;
    for (const auto& [axis, length] : {std::pair{"z", n.z}, std::pair{"y", n.y}, std::pair{"x", n.x}})
        file.dimension(axis, length, std::string(axis) + " (voxel)");
    write_slab(file, "phase", s.connected, {"1", "pores that are connected from end to end", {}});
    write_slab(file, "pore_space", s.pores, {"1", "all pores", {}});
    file.scalar("threshold", s.threshold, {"1", "grey value that divides pores and solid", {}});
    file.scalar("porosity", s.porosity, {"1", "fraction of pores", {}});
    file.scalar("connected_porosity", s.connected_porosity, {"1", "fraction of connected pores", {}});
    file.scalar("components", static_cast<std::int64_t>(s.components), {"1", "connected components of all pores", {}});
    if (s.voxel_size) file.scalar("voxel_size", *s.voxel_size, {"m", "side of a voxel", {}});
    write_search(file, s.search);
    file.complete();
    if (n.z == 1) return;
    const double side = s.voxel_size.value_or(1.0);
    on_root(run.context.comm, [&] {
        io::write_xdmf(path, {{"/phase", "connected pores"}, {"/pore_space", "all pores"}}, {side, side, side});
    });
}

}  // namespace protolith::jobs
