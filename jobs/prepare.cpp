// protolith prepare windows: a large image becomes a data set of small phase images for training.
#include "base/progress.hpp"
#include "jobs.hpp"
#include "prepare/survey.hpp"
#include "prepare_report.hpp"

#include <numeric>

namespace protolith::jobs {

namespace {

std::string threshold_text(const PrepareWindowsSettings& keys) {
    const std::string inverted = keys.threshold.invert ? ", inverted" : "";
    switch (keys.threshold.method) {
        case ThresholdKeys::Method::otsu:
            return "Otsu, one for all images" + inverted;
        case ThresholdKeys::Method::value:
            return fmt::format("grey value {}{}", keys.threshold.value.value_or(0), inverted);
        case ThresholdKeys::Method::two_valued:
            break;
    }
    return "between the images' two grey values" + inverted;
}

std::string grid_text(const prepare::WindowGrid& grid, std::size_t images) {
    const std::string windows = images == 1 ? fmt::format("{} × {} = {}", grid.down(0), grid.across(0), grid.count())
                                            : fmt::format("{} of all images", grid.count());
    return fmt::format("{} of {} × {} pixels, stride {}", windows, grid.size(), grid.size(), grid.stride());
}

run::Plan plan_of(const PrepareWindowsSettings& keys, const Preparation& preparation) {
    const auto& images = preparation.series.images();
    const auto& grid = preparation.grid;
    const std::size_t written =
        keys.keep.limit > 0 ? std::min(grid.count(), static_cast<std::size_t>(keys.keep.limit)) : grid.count();
    run::Plan plan;
    plan.add("images", fmt::format("{} of {}{}, {} Mpixel in all", images.size(), to_string(images.front().extent),
                                   images.size() > 1 ? " …" : "", preparation.series.pixels() / 1e6));
    plan.add("denoise", preparation.filter ? fmt::format("bilateral, radius {} pixels", preparation.filter->radius())
                                           : std::string("none"));
    plan.add("threshold", threshold_text(keys));
    plan.add("windows", grid_text(grid, images.size()));
    plan.add("written",
             fmt::format("{}{} images of {} × {}{}", keys.keep.all() ? "" : "at most ", written, preparation.resized,
                         preparation.resized,
                         keys.keep.all() ? std::string()
                                         : fmt::format(", phase fraction {} to {}", keys.keep.phase_fraction[0],
                                                       keys.keep.phase_fraction[1])));
    if (const auto voxel = preparation.voxel_size_after()) plan.add("voxel size", fmt::format("{:.6g} m", *voxel));
    const double bytes =
        static_cast<double>(written) * (static_cast<double>(preparation.resized * preparation.resized) + 200.0);
    plan.add("file size", run::readable_bytes(bytes));
    plan.add("passes", keys.keep.all() ? "2 over the rows, shared over ranks" : "3 over the rows, shared over ranks");
    plan.memory_per_rank = preparation.memory() + 96e6;
    plan.files = {"result.h5",          "report.html",  "overview.png", "windows.png", "grey_values.png",
                  "phase_fraction.png", "summary.json", "status.json",  "log.txt",     "input.toml"};
    return plan;
}

/// What a pass over the images calls after some units of this rank: shows how far it is, and ends it when the job is to
/// stop.
class PassProgress {
  public:
    PassProgress(const run::Run& run, const std::string& title, double total, const std::string& unit)
        : progress_(run.context.log, title, total, unit), pause_(run.pause()), ranks_(run.context.comm.size()) {}

    void add(std::size_t units) {
        done_ += static_cast<double>(units);
        progress_.update(done_ * ranks_);
        pause_();
    }

  private:
    Progress progress_;
    Pause pause_;
    double done_ = 0;
    int ranks_;
};

prepare::Survey survey(const run::Run& run, const Preparation& preparation) {
    const auto timer = run.context.timers.phase("histogram and overview");
    double rows = 0;
    for (const auto& image : preparation.series.images()) rows += static_cast<double>(image.extent.y);
    PassProgress progress(run, "Grey values", rows, "rows");
    return prepare::survey_images(run.context.comm, preparation.series, preparation.filter_or_null(),
                                  [&](std::size_t strip) { progress.add(strip); });
}

double threshold_of(const PrepareWindowsSettings& keys, const Preparation& preparation,
                    const prepare::GreyHistogram& histogram) {
    const auto& images = preparation.series.images();
    const std::string name = images.size() == 1 ? images.front().name : images.front().name + " and the others";
    switch (keys.threshold.method) {
        case ThresholdKeys::Method::otsu:
            return histogram.otsu_threshold(name);
        case ThresholdKeys::Method::value:
            return keys.threshold.value.value_or(0);
        case ThresholdKeys::Method::two_valued:
            break;
    }
    return histogram.threshold_between_two(name);
}

/// The windows that [keep] asks for; measures all of them if their phase fraction decides.
std::vector<std::size_t> chosen_windows(const run::Run& run, const PrepareWindowsSettings& keys,
                                        const Preparation& preparation, double threshold) {
    std::vector<std::size_t> windows(preparation.grid.count());
    std::iota(windows.begin(), windows.end(), std::size_t{0});
    if (!keys.keep.all()) {
        const auto timer = run.context.timers.phase("phase fractions");
        prepare::WindowReader reader(preparation.series, preparation.grid, preparation.filter_or_null(),
                                     {threshold, keys.threshold.invert}, preparation.resized, keys.resize.rule);
        PassProgress progress(run, "Phase fractions", static_cast<double>(windows.size()), "windows");
        const auto fractions =
            prepare::window_fractions(run.context.comm, windows.size(), reader, [&] { progress.add(1); });
        windows = prepare::windows_between(fractions, keys.keep.phase_fraction[0], keys.keep.phase_fraction[1]);
        run.context.log.info("{} of {} windows have a phase fraction from {} to {}", windows.size(), fractions.size(),
                             keys.keep.phase_fraction[0], keys.keep.phase_fraction[1]);
    }
    return prepare::evenly_spaced(windows, static_cast<std::size_t>(keys.keep.limit));
}

void prepare_windows_body(const PrepareWindowsSettings& keys, run::Run& run) {
    auto& context = run.context;
    std::optional<Preparation> preparation;
    collectively(context.comm, [&] { preparation.emplace(keys); });
    if (run.only_planned(plan_of(keys, *preparation))) return;
    run.open_directory();
    if (run.already_done()) return;

    const Clock clock;
    double threshold = 0, seconds = 0, written = 0;
    const auto total = static_cast<double>(preparation->grid.count());
    run.interruptible(
        [&] {
            const auto surveyed = survey(run, *preparation);
            threshold = threshold_of(keys, *preparation, surveyed.histogram);
            context.log.info("Threshold {:.6g}: {}", threshold, threshold_text(keys));
            const auto chosen = chosen_windows(run, keys, *preparation, threshold);
            const auto windows = write_windows(run, keys, *preparation, threshold, chosen);
            written = static_cast<double>(chosen.size());
            seconds = context.comm.max(clock.seconds());
            report_windows(run, keys, *preparation, surveyed, threshold, windows);
        },
        [&] { return written; }, total);

    run::Summary summary;
    summary.add("windows", written, "");
    summary.add("windows per second", written / seconds, "1/s");
    summary.add("source pixels per second", preparation->series.pixels() / seconds, "1/s");
    summary.add("threshold", threshold, "grey value");
    run.finish(summary, written);
}

}  // namespace

run::Job prepare_windows() {
    return run::make_job("prepare windows", "a large image becomes a data set of windows for training",
                         prepare_windows_body);
}

}  // namespace protolith::jobs
