// protolith characterise: every descriptor of sets of images, side by side.
#include "descriptors/representative_size.hpp"
#include "descriptors/teams.hpp"
#include "jobs.hpp"
#include "load_images.hpp"
#include "report/picture.hpp"
#include "report_frame.hpp"
#include "representative_size_report.hpp"
#include "run/supervisor.hpp"
#include "set_datasets.hpp"
#include "set_figures.hpp"
#include "suite_settings.hpp"

#include <algorithm>

namespace protolith::jobs {

namespace {

struct NamedSet {
    ImageSetSettings settings;
    ImageList list;
};

/// The sets in the order of `compare`; labels are unique.
std::vector<NamedSet> chosen_sets(const CharacteriseSettings& keys) {
    std::vector<NamedSet> sets;
    for (const auto& set : keys.set) {
        sets.push_back({set, list_set(set)});
        for (std::size_t i = 0; i + 1 < sets.size(); ++i)
            require_input(sets[i].list.label != sets.back().list.label,
                          "two sets have the label '{}': give each [[set]] its own", sets.back().list.label);
    }
    if (keys.compare.empty()) return sets;
    std::vector<NamedSet> chosen;
    for (const auto& label : keys.compare) {
        const auto at =
            std::find_if(sets.begin(), sets.end(), [&](const NamedSet& s) { return s.list.label == label; });
        require_input(at != sets.end(), "compare names '{}': no [[set]] has this label", label);
        chosen.push_back(*at);
    }
    return chosen;
}

std::size_t reference_of(const CharacteriseSettings& keys, const std::vector<NamedSet>& sets) {
    if (keys.reference.empty()) return 0;
    const auto at =
        std::find_if(sets.begin(), sets.end(), [&](const NamedSet& s) { return s.list.label == keys.reference; });
    require_input(at != sets.end(), "reference = '{}': no [[set]] that is compared has this label", keys.reference);
    return static_cast<std::size_t>(at - sets.begin());
}

std::vector<Extent> all_extents(const std::vector<NamedSet>& sets) {
    std::vector<Extent> extents;
    for (const auto& set : sets) {
        extents.insert(extents.end(), set.list.extents.begin(), set.list.extents.end());
        require_input(set.list.extents.front().dimensions() == sets.front().list.extents.front().dimensions(),
                      "set '{}' holds {}, set '{}' holds {}: images and volumes cannot be compared (stack_of_images = "
                      "true takes a stack apart)",
                      sets.front().list.label, to_string(sets.front().list.extents.front()), set.list.label,
                      to_string(set.list.extents.front()));
    }
    return extents;
}

run::Plan plan_of(const run::Run& run, const std::vector<NamedSet>& sets, const descriptors::SuiteSettings& suite,
                  const std::vector<Extent>& extents) {
    run::Plan plan;
    std::size_t largest = 0;
    for (const auto& e : extents) largest = std::max(largest, e.count());
    for (const auto& set : sets)
        plan.add("set '" + set.list.label + "'",
                 fmt::format("{} image{} of {}", set.list.names.size(), set.list.names.size() == 1 ? "" : "s",
                             to_string(set.list.extents.front())));
    plan.add("distances", fmt::format("r ≤ {} pixels", suite.max_r));
    plan.add("ranks", fmt::format("{}; each its share of a set's images, or several together one image if there are "
                                  "fewer images than ranks",
                                  run.context.comm.size()));
    plan.memory_per_rank = 48.0 * static_cast<double>(largest) + 64e6;
    plan.files = {"result.h5",
                  "report.html",
                  "correlation_functions.png",
                  "scaled_functions.png",
                  "distributions.png",
                  "images.png",
                  "summary.json",
                  "status.json",
                  "log.txt",
                  "input.toml"};
    return plan;
}

/// Measures all sets; progress by image. `done`: images of sets that are measured.
std::vector<SetDescriptors> measure_all(run::Run& run, const std::vector<NamedSet>& sets,
                                        const descriptors::SuiteSettings& suite, std::size_t images, double& done) {
    const auto timer = run.context.timers.phase("measure");
    const int ranks = run.context.comm.size();
    Progress progress(run.context.log, "Measuring", static_cast<double>(images), "images");
    std::vector<SetDescriptors> measured;
    for (const auto& set : sets) {
        const auto count = static_cast<double>(set.list.names.size());
        double here = 0;
        measured.push_back(descriptors::measure_set(
            run.context.comm, set.list.label, set.list.names.size(),
            [&](std::size_t i) { return load_image(set.list, i, set.settings); }, suite,
            [&] { progress.update(done + std::min(++here * ranks, count)); }, run.pause()));
        done += count;
    }
    return measured;
}

void write_result(run::Run& run, const std::vector<SetDescriptors>& measured,
                  const std::optional<descriptors::RepresentativeSize>& sizes) {
    const auto timer = run.context.timers.phase("write result");
    auto file = io::ResultFile::create(run.context.comm, run.directory().file("result.h5"), run.provenance());
    write_sets(file, measured);
    if (sizes) write_sizes(file, *sizes);
    file.complete();
}

std::optional<descriptors::RepresentativeSize> representative_size(run::Run& run, const CharacteriseSettings& keys,
                                                                   const NamedSet& set) {
    if (keys.representative_size.sizes.empty()) return std::nullopt;
    const auto timer = run.context.timers.phase("representative size");
    const auto image = descriptors::load_once(run.context.comm, [&] { return load_image(set.list, 0, set.settings); });
    return descriptors::representative_size(run.context.comm, image, size_settings(keys), run.pause());
}

report::Montage first_images(const std::vector<NamedSet>& sets) {
    report::Montage montage{"images", "The first images of each set", {}};
    const std::size_t each = std::max<std::size_t>(1, 8 / sets.size());
    for (const auto& set : sets)
        for (std::size_t i = 0; i < std::min(each, set.list.names.size()); ++i) {
            auto pictures =
                report::phase_pictures(fmt::format("{} {}", set.list.label, i), load_image(set.list, i, set.settings));
            montage.pictures.insert(montage.pictures.end(), pictures.begin(), pictures.end());
        }
    return montage;
}

void write_report(run::Run& run, const CharacteriseSettings& keys, const std::vector<NamedSet>& sets,
                  const std::vector<SetDescriptors>& measured, std::size_t reference,
                  const std::optional<descriptors::RepresentativeSize>& res) {
    Papers papers(
        run, "Characterisation of images",
        fmt::format("{} set{} of segmented images, measured with {} boundaries; functions of distance r in pixels.",
                    sets.size(), sets.size() == 1 ? "" : "s", name_of(keys.measure.boundary)));
    papers.put_together([&] {
        papers.text([](report::Report& r) { r.section("Images"); });
        papers.figure(first_images(sets));
        papers.text([](report::Report& r) { r.section("Functions of distance"); });
        papers.figure(functions_figure(measured));
        if (const auto scaled = scaled_figure(measured); !scaled.panels.empty()) papers.figure(scaled);
        papers.figure(distributions_figure(measured));
        papers.text([](report::Report& r) { r.section("Comparison"); });
        if (sets.size() > 1) papers.table("mean_square_error", error_table(measured, reference));
        if (sets.size() > 2) {
            papers.table("winners", winner_table(measured, reference));
            papers.figure(error_figure(measured, reference));
            papers.table("mean_square_error_pairs", pair_table(measured));
        }
        papers.table("numbers", number_table(measured));
        if (res) {
            papers.text([&](report::Report& r) {
                r.section("Representative elementary size");
                r.paragraph(verdict_text(*res));
            });
            papers.figure(size_figure(*res, keys.representative_size.tolerance));
            run.context.log.info("{}", verdict_text(*res));
        }
    });
}

void characterise_body(const CharacteriseSettings& keys, run::Run& run) {
    auto& context = run.context;
    std::vector<NamedSet> sets;
    std::vector<Extent> extents;
    descriptors::SuiteSettings suite;
    std::size_t reference = 0;
    collectively(context.comm, [&] {
        sets = chosen_sets(keys);
        reference = reference_of(keys, sets);
        extents = all_extents(sets);
        suite = suite_settings(keys.measure, extents);
        if (!keys.representative_size.sizes.empty())
            descriptors::random_windows(sets.front().list.extents.front(), size_settings(keys));
    });
    if (run.only_planned(plan_of(run, sets, suite, extents))) return;
    run.open_directory();
    if (run.already_done()) return;

    const Clock clock;
    const auto images = static_cast<double>(extents.size());
    double done = 0, seconds = 0;
    run.interruptible(
        [&] {
            const auto measured = measure_all(run, sets, suite, extents.size(), done);
            seconds = context.comm.max(clock.seconds());
            const auto res = representative_size(run, keys, sets.front());
            write_result(run, measured, res);
            write_report(run, keys, sets, measured, reference, res);
        },
        [&] { return done; }, images);
    run::Summary summary;
    double pixels = 0;
    for (const auto& e : extents) pixels += static_cast<double>(e.count());
    summary.add("images per second", images / seconds, "1/s");
    summary.add("pixels per second", pixels / seconds, "1/s");
    run.finish(summary, images);
}

}  // namespace

run::Job characterise() {
    return run::make_job("characterise", "every descriptor of images and sets of images, compared", characterise_body);
}

}  // namespace protolith::jobs
