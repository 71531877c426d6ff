// protolith segment: from a grey volume to the pores that a flow can use.
#include "descriptors/slab_distance.hpp"
#include "io/image/source.hpp"
#include "jobs.hpp"
#include "segment_result.hpp"

#include <algorithm>
#include <numeric>

namespace protolith::jobs {

namespace {

using Method = SegmentThresholdKeys::Method;

void check(const SegmentSettings& keys, const io::ImageInfo& image) {
    const auto& [z, y, x] = image.extent;
    const std::size_t along = keys.axis == volume::Axis::z ? z : keys.axis == volume::Axis::y ? y : x;
    require_input(
        along > 1,
        "axis = '{}': {} ({} planes, {} rows, {} columns) is one voxel thick along it; expected an axis of at "
        "least two",
        segment::name_of(keys.axis), image.name, z, y, x);
    const bool repeats = keys.boundary == descriptors::Boundary::periodic;
    require_input(!repeats || keys.connectivity == 6,
                  "connectivity = {}: with boundary = 'periodic' expected 6, faces alone", keys.connectivity);
    require_input(!repeats || keys.keep == segment::Keep::along_axis,
                  "keep = 'along_any_axis': boundary = 'periodic' repeats across `axis` alone; expected 'along_axis'");
    const bool given = keys.threshold.method == Method::value;
    require_input(!given || keys.threshold.value, "threshold.value is not set: threshold.method = 'value' needs it");
    require_input(given || !keys.threshold.value, "threshold.value = {}: only threshold.method = 'value' takes it",
                  keys.threshold.value.value_or(0));
}

descriptors::Wrap wrap_of(const SegmentSettings& keys) {
    return keys.boundary == descriptors::Boundary::periodic ? descriptors::Wrap::sides_of(keys.axis)
                                                            : descriptors::Wrap{};
}

std::string threshold_text(const SegmentSettings& keys) {
    switch (keys.threshold.method) {
        case Method::percolation:
            return fmt::format("the {} at which the pores ({} it) reach from end to end along {}",
                               keys.pores == segment::Pores::dark ? "smallest" : "largest",
                               keys.pores == segment::Pores::dark ? "at most" : "above", segment::name_of(keys.axis));
        case Method::otsu:
            return "Otsu's";
        case Method::value:
            return fmt::format("grey value {}", *keys.threshold.value);
        case Method::two_valued:
            break;
    }
    return "between the volume's two grey values";
}

run::Plan plan_of(const run::Run& run, const SegmentSettings& keys, const io::ImageInfo& image) {
    const auto ranks = static_cast<std::size_t>(run.context.comm.size());
    const Extent& n = image.extent;
    const std::size_t planes = (n.z + ranks - 1) / ranks;
    run::Plan plan;
    plan.add("volume", fmt::format("{}: {} × {} × {}", image.name, n.z, n.y, n.x));
    plan.add("a rank", fmt::format("{} planes", planes));
    plan.add("filter", keys.filter == segment::Filter::median_z ? "median of 3 × 1 × 1 along z" : "none");
    plan.add("threshold", threshold_text(keys));
    plan.add("pores", fmt::format("{}, {} neighbours", keys.pores == segment::Pores::dark ? "dark" : "bright",
                                  keys.connectivity));
    // Grey values 4 bytes, pores, connected pores and a trial 3, packed rows and runs of a fine pore space 6.
    // The pores' diameters 4, distances and their exchange 12, rows still bare 4.
    const double bytes = keys.pore_diameter ? 33 : 13;
    plan.memory_per_rank = bytes * static_cast<double>(planes * n.y * n.x) + 64e6;
    plan.files = {"result.h5",           "report.html",  "grey_slices.png", "pore_slices.png", "grey_values.png",
                  "component_sizes.png", "summary.json", "status.json",     "log.txt",         "input.toml"};
    if (keys.threshold.method == Method::percolation) plan.files.push_back("threshold_search.png");
    if (n.z > 1) plan.files.push_back("result.xdmf");
    return plan;
}

struct GreyRange {
    double low, high;
};

GreyRange range_of(const Communicator& comm, const GreySlab& slab) {
    float low = std::numeric_limits<float>::max(), high = std::numeric_limits<float>::lowest();
    for (const float value : slab.voxels) {
        low = std::min(low, value);
        high = std::max(high, value);
    }
    return {comm.min(static_cast<double>(low)), comm.max(static_cast<double>(high))};
}

prepare::GreyHistogram histogram_of(const Communicator& comm, const GreySlab& slab, io::Sample sample,
                                    const GreyRange& range) {
    auto histogram =
        sample == io::Sample::float32
            ? prepare::GreyHistogram::of_reals(static_cast<float>(range.low), static_cast<float>(range.high))
            : prepare::GreyHistogram::of_whole_numbers(sample == io::Sample::uint8 ? 255 : 65535);
    histogram.add(slab.voxels.data(), slab.voxels.size());
    histogram.sum_over(comm);
    return histogram;
}

void choose_threshold(const run::Run& run, const SegmentSettings& keys, io::Sample sample, const GreyRange& range,
                      Segmented& s) {
    const auto timer = run.context.timers.phase("threshold");
    const auto& comm = run.context.comm;
    const auto connectivity = static_cast<descriptors::Connectivity>(keys.connectivity);
    std::vector<double> candidates;
    collectively(comm, [&] {
        if (keys.threshold.method == Method::otsu) s.threshold = s.histogram.otsu_threshold(s.name);
        if (keys.threshold.method == Method::value) s.threshold = *keys.threshold.value;
        if (keys.threshold.method == Method::two_valued) s.threshold = s.histogram.threshold_between_two(s.name);
        if (keys.threshold.method == Method::percolation)
            candidates = segment::candidate_thresholds(range.low, range.high, sample != io::Sample::float32,
                                                       static_cast<std::size_t>(keys.threshold.levels));
    });
    if (keys.threshold.method != Method::percolation) return;
    s.search = segment::find_percolating_threshold(comm, s.grey, candidates, keys.pores, keys.axis, connectivity,
                                                   wrap_of(keys), run.pause());
    s.threshold = s.search.threshold;
    run.context.log.info("Threshold {:.6g}: {} ({} tried)", s.threshold, threshold_text(keys), s.search.steps.size());
}

/// Pores, their components, and those that stay.
void find_pores(const run::Run& run, const SegmentSettings& keys, Segmented& s) {
    const auto timer = run.context.timers.phase("components");
    const auto& comm = run.context.comm;
    const auto voxels = static_cast<double>(s.grey.whole.count());
    s.pores = segment::pore_space(s.grey, s.threshold, keys.pores);
    const auto components =
        connect_slabs(comm, s.pores, static_cast<descriptors::Connectivity>(keys.connectivity), wrap_of(keys));
    s.components = components.count;
    s.largest = largest_components(comm, components, 10);
    s.size_classes = size_classes(comm, components);
    s.connected = segment::connected_pores(s.pores, components, keys.keep, keys.axis);
    s.porosity = static_cast<double>(segment::count_voxels(comm, s.pores)) / voxels;
    s.connected_porosity = static_cast<double>(segment::count_voxels(comm, s.connected)) / voxels;
    collectively(comm, [&] {
        require_input(s.porosity > 0, "{}: all solid: no voxel is {} the threshold {}; expected pores", s.name,
                      keys.pores == segment::Pores::dark ? "at or below" : "above", s.threshold);
        require_input(s.connected_porosity > 0,
                      "{}: the pores do not reach from end to end along {}: threshold {:.6g}, porosity {:.4f} in {} "
                      "components, the largest of {} voxels; another threshold, connectivity or axis may",
                      s.name, keys.keep == segment::Keep::along_axis ? segment::name_of(keys.axis) : "any axis",
                      s.threshold, s.porosity, s.components, s.largest.front().voxels);
    });
    if (s.porosity >= 1)
        run.context.log.warning("{}: all pores: no voxel is solid at threshold {}", s.name, s.threshold);
}

/// What lies beyond the edges is no solid, or the volume again; dropped pores are solid.
void measure_pores(const run::Run& run, const SegmentSettings& keys, Segmented& s) {
    const auto timer = run.context.timers.phase("pore diameter");
    const auto& comm = run.context.comm;
    s.pore_diameter = descriptors::pore_diameter(comm, s.connected, keys.boundary, run.pause());
    // Plane by plane, so that the mean does not depend on ranks.
    std::vector<double> sums(s.grey.whole.z, 0);
    const std::size_t plane = s.grey.whole.y * s.grey.whole.x;
    for (std::size_t z = s.grey.planes.first; z < s.grey.planes.last; ++z)
        for (std::size_t i = 0; i < plane; ++i)
            sums[z] += static_cast<double>(s.pore_diameter->voxels[(z - s.grey.planes.first) * plane + i]);
    comm.sum_in_place(sums.data(), sums.size());
    const double sum = std::accumulate(sums.begin(), sums.end(), 0.0);
    s.mean_pore_diameter = sum / (s.connected_porosity * static_cast<double>(s.grey.whole.count()));
}

void add_summary(const run::Run& run, const Segmented& s, double seconds, run::Summary& summary) {
    summary.add("threshold", s.threshold, "grey value");
    summary.add("porosity", s.porosity, "");
    summary.add("connected porosity", s.connected_porosity, "");
    if (s.pore_diameter) summary.add("mean pore diameter", s.mean_pore_diameter, "voxel");
    summary.add("components", static_cast<double>(s.components), "");
    summary.add("voxels per second", static_cast<double>(s.grey.whole.count()) / seconds, "1/s");
    run.context.log.info("Porosity {:.4f}, connected {:.4f}, {} components", s.porosity, s.connected_porosity,
                         s.components);
}

void segment_body(const SegmentSettings& keys, run::Run& run) {
    auto& context = run.context;
    std::unique_ptr<io::ImageSource> source;
    collectively(context.comm, [&] {
        source = io::open_image(keys.volume);
        check(keys, source->info());
    });
    if (run.only_planned(plan_of(run, keys, source->info()))) return;
    run.open_directory();
    if (run.already_done()) return;

    const Clock clock;
    double done = 0, seconds = 0;
    GreySlab grey;
    {
        const auto timer = context.timers.phase("read");
        collectively(context.comm, [&] { grey = segment::read_slab(context.comm, *source, keys.filter); });
    }
    const auto range = range_of(context.comm, grey);
    auto histogram = histogram_of(context.comm, grey, source->sample(), range);
    Segmented s{source->info().name,
                keys.voxel_size ? keys.voxel_size : source->info().voxel_size,
                std::move(grey),
                {},
                {},
                std::move(histogram),
                0,
                {},
                0,
                {},
                {},
                0,
                0,
                {},
                0};
    const auto total = static_cast<double>(s.grey.whole.count());
    run.interruptible(
        [&] {
            choose_threshold(run, keys, source->sample(), range, s);
            find_pores(run, keys, s);
            if (keys.pore_diameter) measure_pores(run, keys, s);
            write_segmented(run, s);
            done = total;
            seconds = context.comm.max(clock.seconds());
            report_segmented(run, keys, s);
        },
        [&] { return done; }, total);
    run::Summary summary;
    add_summary(run, s, seconds, summary);
    run.finish(summary, total);
}

}  // namespace

run::Job segment() {
    return run::make_job("segment", "a grey volume becomes the pores that a flow can use", segment_body);
}

}  // namespace protolith::jobs
