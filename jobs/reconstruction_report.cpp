#include "reconstruction_report.hpp"

#include "report/picture.hpp"
#include "report_frame.hpp"
#include "set_figures.hpp"
#include "suite_settings.hpp"

#include <algorithm>

namespace protolith::jobs {

namespace {

constexpr std::size_t most_shown = 11, most_histories = 64;

report::Montage pictures(const std::vector<PhaseVolume>& target, const std::vector<PhaseVolume>& images) {
    report::Montage montage{"images", "Target and reconstructions, at one scale", {}};
    const auto add = [&](const std::string& label, const PhaseVolume& image) {
        auto one = report::phase_pictures(label, image);
        montage.pictures.insert(montage.pictures.end(), one.begin(), one.end());
    };
    add("target", target.front());
    for (std::size_t i = 0; i < images.size(); ++i) add(fmt::format("reconstruction {}", i), images[i]);
    return montage;
}

/// Energy and acceptance against the trials of every reconstruction.
report::PanelFigure history_figure(const ReconstructionResult& result, double threshold) {
    report::Figure energy, acceptance;
    energy.name = "energy_by_trials";
    energy.title = "energy";
    energy.y_label = "energy E";
    acceptance.name = "acceptance";
    acceptance.title = "acceptance";
    acceptance.y_label = "accepted share of the trials";
    const std::size_t shown = std::min(most_histories, result.history().size());
    for (std::size_t item = 0; item < shown; ++item) {
        report::Curve e{shown <= 6 ? fmt::format("reconstruction {}", item) : "", {}, {}}, a = e;
        double trials = 0;
        for (const auto& record : result.history()[item]) {
            trials += static_cast<double>(record.trials);
            e.x.push_back(trials);
            e.y.push_back(record.energy);
            a.x.push_back(trials);
            a.y.push_back(record.acceptance);
        }
        energy.curves.push_back(e);
        acceptance.curves.push_back(a);
    }
    for (auto* figure : {&energy, &acceptance}) {
        figure->x_label = "trials";
        figure->log_y = true;
    }
    if (threshold > 0) energy.guides = {{report::Guide::Direction::horizontal, threshold, "energy_below"}};
    return {"energy",
            "Annealing",
            {energy, acceptance},
            fmt::format("One line a reconstruction ({} of {}); a point at the end of each stage.", shown,
                        result.history().size())};
}

report::Table energy_table(const ReconstructionResult& result) {
    auto sorted = result.energies();
    std::sort(sorted.begin(), sorted.end());
    report::Table table{"Energies of the batch",
                        {{"reconstructions"}, {"reached the threshold"}, {"lowest E"}, {"median E"}, {"highest E"}}};
    table.add({sorted.size(), result.converged(), sorted.front(), sorted[sorted.size() / 2], sorted.back()});
    return table;
}

std::string summary_text(const run::Run& run, const anneal::Problem& problem, const ReconstructionResult& result) {
    std::string terms;
    for (const auto& term : problem.settings().terms)
        terms += (terms.empty() ? "" : ", ") + std::string(anneal::to_string(term.kind));
    return fmt::format(
        "{} reconstructions of {} pixels by simulated annealing from {} (Yeong & Torquato 1998); {} of {} reached the "
        "energy asked for. Seed {}.",
        result.energies().size(), to_string(problem.settings().extent), terms, result.converged(),
        result.energies().size(), run.seed);
}

}  // namespace

void report_reconstruction(run::Run& run, const ReconstructSettings& keys, const anneal::Problem& problem,
                           const std::vector<PhaseVolume>& target, const ReconstructionResult& result) {
    auto& context = run.context;
    std::vector<SetDescriptors> sets;
    std::vector<PhaseVolume> shown;
    const bool comparable = target.front().extent().dimensions() == problem.settings().extent.dimensions();
    {
        const auto timer = context.timers.phase("measure");
        std::vector<Extent> extents{problem.settings().extent};
        if (comparable)
            for (const auto& image : target) extents.push_back(image.extent());
        auto measure = keys.target.measure;
        measure.max_r = 0;
        const auto suite = suite_settings(measure, extents);
        auto reconstructed = suite;
        reconstructed.boundary = descriptors::Boundary::periodic;  // what the annealing makes
        if (comparable)
            sets.push_back(descriptors::measure_set(
                context.comm, "target", target.size(), [&](std::size_t i) { return target[i]; }, suite, {},
                run.pause()));
        sets.push_back(descriptors::measure_set(
            context.comm, "reconstructions", result.images().total(),
            [&](std::size_t i) { return result.images().image(i); }, reconstructed, {}, run.pause()));
        shown = result.images().first_everywhere(context.comm,
                                                 problem.settings().extent.dimensions() == 3 ? 3 : most_shown);
    }
    Papers papers(run, "Reconstruction by simulated annealing", summary_text(run, problem, result));
    papers.put_together([&] {
        papers.text([](report::Report& r) { r.section("Images"); });
        papers.figure(pictures(target, shown));
        papers.text([](report::Report& r) { r.section("Annealing"); });
        papers.figure(history_figure(result, problem.settings().energy_threshold));
        papers.table("energies", energy_table(result));
        papers.text([&](report::Report& r) {
            r.section("Descriptors of target and reconstructions");
            r.paragraph(
                "Every descriptor of both, also those that are not in the energy. Reconstructions are periodic; the "
                "target is measured as `[target] boundary` says.");
            if (!comparable)
                r.paragraph(
                    "The target is an image and the reconstructions are volumes: the volumes' curves stand alone here; "
                    "the energy compares them along the axes.");
        });
        papers.figure(functions_figure(sets));
        if (const auto scaled = scaled_figure(sets); !scaled.panels.empty()) papers.figure(scaled);
        papers.figure(distributions_figure(sets));
        if (comparable) papers.table("mean_square_error", error_table(sets, 0));
        papers.table("numbers", number_table(sets));
    });
}

}  // namespace protolith::jobs
