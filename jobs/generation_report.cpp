#include "generation_report.hpp"

#include "report/picture.hpp"
#include "report_frame.hpp"
#include "set_figures.hpp"
#include "suite_settings.hpp"
#include "train/phase_quality.hpp"

#include <algorithm>
#include <cmath>

namespace protolith::jobs {

namespace {

constexpr std::size_t most_shown = 18, most_neighbours = 8;

void add(report::Montage& montage, const std::string& label, const PhaseVolume& image) {
    auto pictures = report::phase_pictures(label, image);
    montage.pictures.insert(montage.pictures.end(), pictures.begin(), pictures.end());
}

report::Montage image_montage(const std::vector<PhaseVolume>& images) {
    report::Montage montage{"images", "Generated images", {}};
    for (std::size_t i = 0; i < images.size(); ++i) add(montage, fmt::format("image {}", i), images[i]);
    return montage;
}

report::Montage path_montage(const GenerateSettings& keys, const Extent& extent, double threshold,
                             const std::vector<std::vector<float>>& paths) {
    report::Montage montage{"interpolation", "From one latent to another", {}};
    for (std::size_t p = 0; p < paths.size(); ++p) {
        const auto phases = train::to_phases(paths[p], extent, threshold);
        for (std::size_t s = 0; s < phases.size(); ++s)
            add(montage,
                s == 0                   ? fmt::format("image {}", 2 * p)
                : s + 1 == phases.size() ? fmt::format("image {}", 2 * p + 1)
                                         : "",
                phases[s]);
    }
    montage.columns = static_cast<std::size_t>(keys.interpolation.steps);
    montage.caption = "A row a path; its ends are images of the batch.";
    return montage;
}

report::Montage nearest_montage(const std::vector<PhaseVolume>& images, const std::vector<Nearest>& nearest,
                                const train::Samples& training) {
    report::Montage montage{"nearest", "Generated images and the training images nearest to them", {}};
    const std::size_t shown = std::min({nearest.size(), images.size(), most_neighbours});
    for (std::size_t i = 0; i < shown; ++i) {
        add(montage, fmt::format("image {}", i), images[i]);
        add(montage,
            fmt::format("training {}, {:.1f} % differ", nearest[i].sample,
                        100.0 * nearest[i].different / static_cast<double>(images[i].size())),
            sample_phases(training, nearest[i].sample, nearest[i].symmetry));
        auto difference = report::difference_pictures("difference", images[i],
                                                      sample_phases(training, nearest[i].sample, nearest[i].symmetry),
                                                      "generated", "training");
        montage.pictures.insert(montage.pictures.end(), difference.begin(), difference.end());
    }
    montage.columns = 6;
    return montage;
}

report::Table nearest_table(const std::vector<Nearest>& nearest, std::size_t pixels) {
    report::Table table{"Nearest training images",
                        {{"image"},
                         {"training image"},
                         {"pixels that differ", "%"},
                         {"Euclidean distance"},
                         {"mean over the training set", "%"}}};
    const double percent = 100.0 / static_cast<double>(pixels);
    for (std::size_t i = 0; i < nearest.size(); ++i)
        table.add({i, nearest[i].sample, nearest[i].different * percent,
                   2 * std::sqrt(static_cast<double>(nearest[i].different)), nearest[i].mean_different * percent});
    table.footnotes = {"Distance between images of the values −1 and 1, under the best symmetry."};
    return table;
}

std::vector<SetDescriptors> measured(const run::Run& run, const GenerateSettings& keys, const GeneratedImages& images,
                                     const train::Samples* training) {
    const auto& comm = run.context.comm;
    std::vector<Extent> extents{images.extent()};
    if (training)
        extents.push_back(
            {1, static_cast<std::size_t>(training->shape[0]), static_cast<std::size_t>(training->shape[1])});
    const auto suite = suite_settings(keys.measure, extents);
    std::vector<SetDescriptors> sets;
    if (training) {
        const std::size_t count = std::min(images.total(), training->count);
        sets.push_back(descriptors::measure_set(
            comm, "training", count,
            [&](std::size_t k) {
                return phases_of(*training, count, 0, {k, k + 1}).front();
            },
            suite));
    }
    sets.push_back(descriptors::measure_set(
        comm, "generated", images.total(), [&](std::size_t k) { return images.phase(k); }, suite));
    return sets;
}

std::string summary_text(const run::Run& run, const GenerateSettings& keys, const GeneratedImages& images) {
    return fmt::format("{} images of {} pixels drawn from {}; grey values above {:.3f} are the phase. Seed {}.",
                       images.total(), to_string(images.extent()), keys.weights, images.threshold(), run.seed);
}

}  // namespace

void report_generation(run::Run& run, const GenerateSettings& keys, const GeneratedImages& images,
                       const std::vector<std::vector<float>>& paths, const std::vector<Nearest>& nearest,
                       const train::Samples* training) {
    auto& context = run.context;
    std::vector<SetDescriptors> sets;
    std::vector<PhaseVolume> shown;
    {
        const auto timer = context.timers.phase("measure");
        sets = measured(run, keys, images, training);
        shown = images.first_everywhere(context.comm, std::min(most_shown, images.total()));
    }
    Papers papers(run, "Generated images", summary_text(run, keys, images));
    papers.put_together([&] {
        papers.text([](report::Report& r) { r.section("Images"); });
        papers.figure(image_montage(shown));
        if (!paths.empty()) papers.figure(path_montage(keys, images.extent(), images.threshold(), paths));
        if (!nearest.empty()) {
            papers.text([](report::Report& r) { r.section("Nearest training images"); });
            papers.figure(nearest_montage(shown, nearest, *training));
            papers.table("nearest", nearest_table(nearest, images.extent().count()));
        }
        papers.text([](report::Report& r) { r.section("Descriptors"); });
        papers.figure(functions_figure(sets));
        if (const auto scaled = scaled_figure(sets); !scaled.panels.empty()) papers.figure(scaled);
        papers.figure(distributions_figure(sets));
        if (sets.size() > 1) papers.table("mean_square_error", error_table(sets, 0));
        papers.table("numbers", number_table(sets));
    });
}

}  // namespace protolith::jobs
