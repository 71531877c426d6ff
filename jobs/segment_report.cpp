// Report of `segment`: grey values and what became of them, the search for the threshold, the components.
#include "report/picture.hpp"
#include "report_frame.hpp"
#include "segment_result.hpp"
#include "slab_slices.hpp"

#include <algorithm>
#include <cmath>

namespace protolith::jobs {

namespace {

constexpr report::Colour connected_colour = report::phase_colour, dropped_colour{213, 94, 0},
                         solid_colour = report::other_colour;

report::Picture class_picture(const MiddleSlice& slice) {
    constexpr std::size_t largest = 2048;
    const Extent& n = slice.values.extent();
    report::Raster raster(n.y, n.x, {});
    for (std::size_t y = 0; y < n.y; ++y)
        for (std::size_t x = 0; x < n.x; ++x) {
            const float is = slice.values(y, x);
            raster(y, x) = is > 1.5f ? dropped_colour : (is > 0.5f ? connected_colour : solid_colour);
        }
    std::size_t reduction = 1;
    while (std::max(n.y, n.x) / reduction > largest) reduction *= 2;
    const report::ColourScale scale{.swatches = {{connected_colour, "connected pores"},
                                                 {dropped_colour, "dropped pores"},
                                                 {solid_colour, "solid"}}};
    return {slice.name, report::reduced(raster, reduction), reduction, scale};
}

void set_scale(report::Montage& montage, const Segmented& s) {
    montage.columns = 3;
    if (!s.voxel_size) return;
    montage.voxel_size = *s.voxel_size * 1e6;
    montage.voxel_unit = "µm";
}

report::Montage grey_montage(const Segmented& s, const std::vector<MiddleSlice>& slices) {
    report::Montage montage{"grey_slices", "Grey values through the middle of the volume", {}};
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const auto& slice : slices)
        for (const float value : slice.values) {
            low = std::min<double>(low, value);
            high = std::max<double>(high, value);
        }
    for (const auto& slice : slices) {
        auto one = report::grey_pictures(slice.name, slice.values, "grey value", low, high > low ? high : low + 1);
        montage.pictures.insert(montage.pictures.end(), one.begin(), one.end());
    }
    set_scale(montage, s);
    return montage;
}

report::Montage class_montage(const Segmented& s, const std::vector<MiddleSlice>& slices) {
    report::Montage montage{"pore_slices", "Pores through the middle of the volume", {}};
    for (const auto& slice : slices) montage.pictures.push_back(class_picture(slice));
    set_scale(montage, s);
    return montage;
}

report::Figure histogram_figure(const Segmented& s) {
    constexpr std::size_t most = 256;
    const auto& counts = s.histogram.counts();
    std::size_t first = counts.size(), last = 0;
    for (std::size_t k = 0; k < counts.size(); ++k)
        if (counts[k] > 0) {
            first = std::min(first, k);
            last = k + 1;
        }
    const std::size_t together = (last - first + most - 1) / most;
    report::Figure figure;
    figure.name = "grey_values";
    figure.title = "Grey values and the threshold";
    figure.x_label = "grey value";
    figure.y_label = "density";
    figure.style = report::Style::histogram;
    report::Curve curve;
    for (std::size_t k = first; k < last; k += together) {
        const std::size_t end = std::min(k + together, last);
        double sum = 0;
        for (std::size_t i = k; i < end; ++i) sum += static_cast<double>(counts[i]);
        curve.x.push_back((s.histogram.centre(k) + s.histogram.centre(end - 1)) / 2);
        curve.y.push_back(sum / static_cast<double>(s.histogram.total()) /
                          (static_cast<double>(end - k) * s.histogram.bin_width()));
    }
    figure.curves = {curve};
    figure.guides = {{report::Guide::Direction::vertical, s.threshold, fmt::format("{:.6g}", s.threshold)}};
    return figure;
}

report::Figure search_figure(const Segmented& s, const std::string& axis) {
    report::Figure figure;
    figure.name = "threshold_search";
    figure.title = "Search for the threshold";
    figure.x_label = "threshold (grey value)";
    figure.y_label = "porosity";
    figure.style = report::Style::points;
    report::Curve through{"reaches from end to end along " + axis, {}, {}}, blocked{"does not", {}, {}};
    auto steps = s.search.steps;
    std::sort(steps.begin(), steps.end(), [](const auto& a, const auto& b) { return a.threshold < b.threshold; });
    for (const auto& step : steps) {
        auto& curve = step.percolates ? through : blocked;
        curve.x.push_back(step.threshold);
        curve.y.push_back(step.porosity);
    }
    figure.curves = {through};
    if (!blocked.x.empty()) figure.curves.push_back(blocked);
    figure.guides = {{report::Guide::Direction::vertical, s.threshold, fmt::format("{:.6g}", s.threshold)}};
    figure.caption = "Bisection: every threshold that was tried.";
    return figure;
}

report::Figure size_figure(const Segmented& s) {
    report::Figure figure;
    figure.name = "component_sizes";
    figure.title = "Connected components of the pores by size";
    figure.x_label = "voxels";
    figure.y_label = "components";
    figure.log_x = figure.log_y = true;
    figure.style = report::Style::points;
    report::Curve curve;
    for (std::size_t k = 0; k < s.size_classes.size(); ++k)
        if (s.size_classes[k] > 0) {
            curve.x.push_back(std::exp2(static_cast<double>(k) + 0.5));
            curve.y.push_back(static_cast<double>(s.size_classes[k]));
        }
    figure.curves = {curve};
    figure.caption = "Classes of twice the size each.";
    return figure;
}

report::Table search_table(const Segmented& s) {
    report::Table table{"Thresholds tried", {{"threshold"}, {"porosity"}, {"components"}, {"from end to end"}}};
    for (const auto& step : s.search.steps)
        table.add({step.threshold, step.porosity, step.components, step.percolates ? "yes" : "no"});
    return table;
}

report::Table component_table(const Segmented& s) {
    report::Table table{"The largest components", {{"voxels"}, {"share of the pores"}, {"from end to end along"}}};
    const double pores = s.porosity * static_cast<double>(s.grey.whole.count());
    for (const auto& facts : s.largest) {
        std::string axes;
        for (const auto axis : {volume::Axis::z, volume::Axis::y, volume::Axis::x})
            if (facts.percolates(axis)) axes += (axes.empty() ? "" : ", ") + std::string(segment::name_of(axis));
        table.add({facts.voxels, static_cast<double>(facts.voxels) / pores, axes.empty() ? "no axis" : axes});
    }
    table.footnotes.push_back(fmt::format("{} components in all.", s.components));
    return table;
}

}  // namespace

void report_segmented(run::Run& run, const SegmentSettings& keys, const Segmented& s) {
    std::vector<MiddleSlice> grey, classes;
    {
        const auto timer = run.context.timers.phase("slices");
        grey = middle_slices(run.context.comm, s.grey, [&](std::size_t i) { return s.grey.voxels[i]; });
        classes = middle_slices(run.context.comm, s.pores, [&](std::size_t i) {
            return s.connected.voxels[i] ? 1.0f : (s.pores.voxels[i] ? 2.0f : 0.0f);
        });
    }
    const std::string axis = segment::name_of(keys.axis);
    Papers papers(run, "Segmentation of a volume",
                  fmt::format("{}, {} voxels. Pores where the grey value is {} {:.6g}: porosity {:.4f}, of which "
                              "{:.4f} is connected from end to end {}; the rest was dropped.",
                              s.name, to_string(s.grey.whole), keys.pores == segment::Pores::dark ? "at most" : "above",
                              s.threshold, s.porosity, s.connected_porosity,
                              keys.keep == segment::Keep::along_axis ? "along " + axis : "along an axis"));
    papers.put_together([&] {
        papers.text([](report::Report& r) { r.section("Slices"); });
        papers.figure(grey_montage(s, grey));
        papers.figure(class_montage(s, classes));
        papers.text([](report::Report& r) { r.section("Threshold"); });
        papers.figure(histogram_figure(s));
        if (!s.search.steps.empty()) {
            papers.figure(search_figure(s, axis));
            papers.table("threshold_search_steps", search_table(s));
        }
        papers.text([](report::Report& r) { r.section("Components"); });
        papers.figure(size_figure(s));
        papers.table("components", component_table(s));
    });
}

}  // namespace protolith::jobs
