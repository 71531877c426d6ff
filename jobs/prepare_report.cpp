#include "prepare_report.hpp"

#include "report/picture.hpp"
#include "report_frame.hpp"

#include <algorithm>
#include <numeric>

namespace protolith::jobs {

namespace {

constexpr report::Colour grid_colour{86, 180, 233}, shown_colour{213, 94, 0};

report::Raster grey_raster(const GreyVolume& grey) {
    const auto [low, high] = std::minmax_element(grey.begin(), grey.end());
    const float from = *low, scale = *high > from ? 255.0f / (*high - from) : 0.0f;
    report::Raster raster(grey.extent().y, grey.extent().x, {});
    for (std::size_t y = 0; y < grey.extent().y; ++y)
        for (std::size_t x = 0; x < grey.extent().x; ++x) {
            const auto level = static_cast<std::uint8_t>((grey(y, x) - from) * scale + 0.5f);
            raster(y, x) = {level, level, level};
        }
    return raster;
}

/// Half of the colour, so that the image is seen through the line.
void tint(report::Colour& pixel, const report::Colour& colour) {
    const auto mean = [](std::uint8_t a, std::uint8_t b) { return static_cast<std::uint8_t>((a + b) / 2); };
    pixel = {mean(pixel.red, colour.red), mean(pixel.green, colour.green), mean(pixel.blue, colour.blue)};
}

/// Lines through every `step`-th origin of the windows down and across.
void draw_grid(report::Raster& raster, const prepare::WindowGrid& grid, std::size_t image, std::size_t reduction,
               std::size_t step) {
    for (std::size_t i = 0; i < grid.down(image); i += step) {
        const std::size_t y = i * grid.stride() / reduction;
        for (std::size_t x = 0; x < raster.columns(); ++x) tint(raster(y, x), grid_colour);
    }
    for (std::size_t j = 0; j < grid.across(image); j += step) {
        const std::size_t x = j * grid.stride() / reduction;
        for (std::size_t y = 0; y < raster.rows(); ++y) tint(raster(y, x), grid_colour);
    }
}

/// The frame of a window, of a thickness that is seen in a large picture too.
void draw_outline(report::Raster& raster, const prepare::WindowPlace& place, std::size_t size, std::size_t reduction) {
    const std::size_t thickness = 1 + std::max(raster.rows(), raster.columns()) / 380;
    const std::size_t top = place.row / reduction, left = place.column / reduction,
                      bottom = std::min((place.row + size - 1) / reduction, raster.rows() - 1),
                      right = std::min((place.column + size - 1) / reduction, raster.columns() - 1);
    for (std::size_t y = top; y <= bottom; ++y)
        for (std::size_t x = left; x <= right; ++x)
            if (std::min({y - top, bottom - y, x - left, right - x}) < thickness) raster(y, x) = shown_colour;
}

report::Montage overview(const Preparation& preparation, const prepare::Survey& survey, const WrittenWindows& written) {
    constexpr std::size_t apart = 12;    // pixels between drawn lines at least
    constexpr std::size_t outlined = 4;  // more would hide the image where windows overlap
    report::Montage montage{"overview", "The images with the grid of the windows", {}};
    const auto& grid = preparation.grid;
    for (std::size_t image = 0; image < survey.overviews.size(); ++image) {
        const auto& [reduction, grey] = survey.overviews[image];
        const std::size_t step = std::max<std::size_t>(1, (apart * reduction + grid.stride() - 1) / grid.stride());
        report::Raster raster = grey_raster(grey);
        draw_grid(raster, grid, image, reduction, step);
        for (std::size_t k = 0; k < written.shown.size();
             k += std::max<std::size_t>(1, written.shown.size() / outlined))
            if (const auto place = grid.place(written.windows[written.shown[k]]); place.image == image)
                draw_outline(raster, place, grid.size(), reduction);
        const std::string lines = step == 1 ? "origins of the windows" : fmt::format("one origin in {}", step);
        report::ColourScale scale{{{grid_colour, lines}, {shown_colour, "some of the windows below"}}};
        montage.pictures.push_back({fmt::format("{} × {} windows", grid.down(image), grid.across(image)),
                                    std::move(raster), reduction, std::move(scale)});
    }
    montage.caption = fmt::format("Windows of {} × {} pixels, {} apart.", grid.size(), grid.size(), grid.stride());
    return montage;
}

report::Montage windows_montage(const Preparation& preparation, const WrittenWindows& written) {
    report::Montage montage{"windows", "Windows as they are written", {}};
    for (std::size_t k = 0; k < written.pictures.size(); ++k) {
        const std::size_t item = written.shown[k];
        const auto place = preparation.grid.place(written.windows[item]);
        auto one =
            report::phase_pictures(fmt::format("{} ({}, {})", item, place.row, place.column), written.pictures[k]);
        montage.pictures.insert(montage.pictures.end(), one.begin(), one.end());
    }
    montage.caption = "Number in the file, and row and column of the upper left pixel in the source.";
    if (const auto voxel = preparation.voxel_size_after()) {
        montage.voxel_size = *voxel * 1e6;
        montage.voxel_unit = "µm";
    }
    return montage;
}

/// Grey values, a few bins of the histogram taken together so that at most `most` bars are drawn.
report::Figure grey_figure(const prepare::GreyHistogram& histogram, double threshold) {
    constexpr std::size_t most = 256;
    const auto& counts = histogram.counts();
    const auto filled = [](std::uint64_t n) { return n > 0; };
    const auto first = static_cast<std::size_t>(std::find_if(counts.begin(), counts.end(), filled) - counts.begin());
    const auto last = counts.size() -
                      static_cast<std::size_t>(std::find_if(counts.rbegin(), counts.rend(), filled) - counts.rbegin());
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
        const std::uint64_t sum = std::accumulate(counts.begin() + static_cast<std::ptrdiff_t>(k),
                                                  counts.begin() + static_cast<std::ptrdiff_t>(end), std::uint64_t{0});
        curve.x.push_back((histogram.centre(k) + histogram.centre(end - 1)) / 2);
        curve.y.push_back(static_cast<double>(sum) / static_cast<double>(histogram.total()) /
                          (static_cast<double>(end - k) * histogram.bin_width()));
    }
    figure.curves = {curve};
    figure.guides = {{report::Guide::Direction::vertical, threshold, fmt::format("{:.6g}", threshold)}};
    figure.caption = "Of all images, after the filter; the phase is to the right of the threshold unless inverted.";
    return figure;
}

/// Equal bins that hold every fraction.
struct Bins {
    static constexpr std::size_t count = 40;
    double low, width;

    explicit Bins(const WrittenWindows& written) {
        const auto [least, most] = std::minmax_element(written.after.begin(), written.after.end());
        const auto [least_before, most_before] = std::minmax_element(written.before.begin(), written.before.end());
        low = std::min(*least, *least_before);
        const double high = std::max(*most, *most_before);
        width = std::max(high - low, 0.01) / count;
    }
};

report::Curve fraction_curve(const std::string& label, const std::vector<double>& fractions, const Bins& bins) {
    report::Curve curve{label, std::vector<double>(Bins::count), std::vector<double>(Bins::count, 0)};
    for (std::size_t b = 0; b < Bins::count; ++b) curve.x[b] = bins.low + bins.width * (static_cast<double>(b) + 0.5);
    for (const double fraction : fractions)
        curve.y[std::min(static_cast<std::size_t>((fraction - bins.low) / bins.width), Bins::count - 1)] += 1;
    return curve;
}

report::Figure fraction_figure(const WrittenWindows& written) {
    const Bins bins(written);
    report::Figure figure;
    figure.name = "phase_fraction";
    figure.title = "Phase fraction of the windows";
    figure.x_label = "phase fraction";
    figure.y_label = "windows";
    figure.style = report::Style::histogram;
    figure.curves = {fraction_curve("as written", written.after, bins)};
    figure.x_range = {bins.low, bins.low + bins.width * static_cast<double>(Bins::count)};
    if (written.before != written.after) {
        figure.curves.push_back(fraction_curve("before the resize", written.before, bins));
        figure.curves.back().style = report::Style::lines;
    }
    figure.caption = fmt::format("Bins of {:.2g}.", bins.width);
    return figure;
}

double mean_of(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

report::Table fraction_table(const PrepareWindowsSettings& keys, const prepare::Survey& survey, double threshold,
                             const WrittenWindows& written) {
    const double above = survey.histogram.share_above(threshold);
    report::Table table{"Phase fraction", {{"of"}, {"mean"}, {"smallest"}, {"largest"}}};
    table.add({"the images", keys.threshold.invert ? 1 - above : above, report::Cell{}, report::Cell{}});
    const auto add = [&](const char* of, const std::vector<double>& values) {
        const auto [least, most] = std::minmax_element(values.begin(), values.end());
        table.add({of, mean_of(values), *least, *most});
    };
    add("the windows before the resize", written.before);
    add("the windows as written", written.after);
    return table;
}

std::string summary_text(const PrepareWindowsSettings& keys, const Preparation& preparation, double threshold,
                         const WrittenWindows& written) {
    const auto& images = preparation.series.images();
    return fmt::format(
        "{} windows of {} × {} pixels, {} apart, from {} image{} ({}{}), written as images of {} × {}. {}Phase where "
        "the "
        "grey value is {} {:.6g}.",
        written.windows.size(), preparation.grid.size(), preparation.grid.size(), preparation.grid.stride(),
        images.size(), images.size() == 1 ? "" : "s", to_string(images.front().extent), images.size() == 1 ? "" : ", …",
        preparation.resized, preparation.resized,
        preparation.filter ? "Denoised by a bilateral filter (Tomasi & Manduchi 1998). " : "",
        keys.threshold.invert ? "at most" : "above", threshold);
}

}  // namespace

void report_windows(run::Run& run, const PrepareWindowsSettings& keys, const Preparation& preparation,
                    const prepare::Survey& survey, double threshold, const WrittenWindows& written) {
    Papers papers(run, "Windows for training", summary_text(keys, preparation, threshold, written));
    papers.put_together([&] {
        papers.text([](report::Report& r) { r.section("Images"); });
        papers.figure(overview(preparation, survey, written));
        papers.figure(grey_figure(survey.histogram, threshold));
        papers.text([](report::Report& r) { r.section("Windows"); });
        papers.figure(windows_montage(preparation, written));
        papers.figure(fraction_figure(written));
        papers.table("fractions", fraction_table(keys, survey, threshold, written));
    });
}

}  // namespace protolith::jobs
