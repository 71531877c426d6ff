#include "training_report.hpp"

#include "io/result_file.hpp"
#include "report/picture.hpp"
#include "report_frame.hpp"
#include "shell_spectrum.hpp"
#include "train/sample_sheet.hpp"

#include <algorithm>
#include <cmath>

namespace protolith::jobs {

namespace {

constexpr std::size_t shown = 12;

report::Figure panel(const std::string& name, const std::string& title, const std::string& y_label,
                     const train::Record& record, std::size_t column, std::size_t window) {
    report::Figure figure;
    figure.name = name;
    figure.title = title;
    figure.x_label = "generator step";
    figure.y_label = y_label;
    figure.curves = {train::curve_of(record, column, window)};
    figure.curves[0].label.clear();
    return figure;
}

report::PanelFigure curves_figure(const WganTraining& training) {
    const auto& losses = training.loop().losses();
    const auto& measures = training.loop().measures();
    const std::size_t window = std::max<std::size_t>(1, losses.rows() / 500);
    report::PanelFigure figure{
        "learning_curves",
        "Learning curves",
        {panel("distance", "Wasserstein distance", "mean D(real) - mean D(fake)", losses, 0, window),
         panel("penalty", "gradient penalty", "mean (|grad D| - 1)²", losses, 1, window),
         panel("generator", "generator's loss", "-mean D(fake)", losses, 2, window)},
        window > 1 ? fmt::format("A point is the mean of {} steps.", window) : std::string()};
    if (measures.rows() > 0) {
        auto error = panel("two_point_error", "S2 error", "MSE of mean S2", measures, 0, 1);
        error.log_y = true;
        const double limit = training.error_between_real_sets();
        if (std::isfinite(limit) && limit > 0) {
            error.curves[0].label = "generated";
            error.curves.push_back(
                {"two sets of real images", {measures.steps().front(), measures.steps().back()}, {limit, limit}});
        }
        figure.panels.push_back(error);
    }
    return figure;
}

report::Figure two_point_figure(const WganTraining& training) {
    const auto curve = [](const std::string& label, const descriptors::Curve& c) {
        return report::Curve{label, c.r, c.value};
    };
    report::Figure figure;
    figure.name = "two_point_correlation";
    figure.title = "Two-point correlation of real and generated images";
    figure.x_label = "distance r (pixel)";
    figure.y_label = "S2(r)";
    figure.curves = {curve("real", training.real_two_point()), curve("best weights", training.best_quality().generated),
                     curve("last weights", training.last_quality().generated)};
    return figure;
}

report::Montage pictures(const TrainWganGpSettings& keys, const train::Samples& samples,
                         const std::vector<GreyVolume>& generated, double threshold) {
    report::Montage montage{"images", "Training images and generated ones, at one scale", {}};
    const auto add = [&](const std::string& label, const PhaseVolume& image) {
        auto one = report::phase_pictures(label, image);
        montage.pictures.insert(montage.pictures.end(), one.begin(), one.end());
    };
    const std::size_t real = std::min(shown, samples.count);
    for (const auto& image : phases_of(samples, real, keys.seed % samples.count, {0, real})) add("training", image);
    for (const auto& image : generated)
        add("generated", train::to_phases({image.data(), image.size()}, image.extent(), threshold).front());
    montage.columns = 6;
    return montage;
}

void write_result(run::Run& run, const WganTraining& training) {
    const auto timer = run.context.timers.phase("write result");
    const auto& loop = training.loop();
    auto file = io::ResultFile::create(run.context.comm, run.directory().file("result.h5"), run.provenance());
    const auto records = [&](const train::Record& record, const std::string& dimension, const std::string& name) {
        if (record.rows() == 0) return;
        file.dimension(dimension, record.steps(), "1", name);
        for (std::size_t i = 0; i < record.columns().size(); ++i) {
            std::string dataset = record.columns()[i];
            std::replace(dataset.begin(), dataset.end(), ' ', '_');
            file.write(dataset, {dimension}, record.column(i), {"1", record.columns()[i], {}});
        }
    };
    records(loop.losses(), "step", "generator step");
    records(loop.measures(), "validation_step", "generator step of a validation");
    const auto& real = training.real_two_point();
    file.dimension("r", real.r, "pixel", "distance");
    file.write("two_point_real", {"r"}, real.value, {"1", "mean S2 of real images", {}});
    file.write("two_point_best", {"r"}, training.best_quality().generated.value,
               {"1", "mean S2 of images by the best weights", {}});
    file.write("two_point_last", {"r"}, training.last_quality().generated.value,
               {"1", "mean S2 of images by the last weights", {}});
    file.complete();
}

report::Table quality_table(const TrainWganGpSettings& keys, const WganTraining& training) {
    const auto& loop = training.loop();
    report::Table table{"Quality of the generated images",
                        {{"weights"}, {"step"}, {"S2 error"}, {"phase fraction"}, {"Otsu threshold"}}};
    if (loop.measures().rows() > 0)
        table.add({"first measured", static_cast<std::int64_t>(loop.measures().steps().front()),
                   loop.measures().column(0).front(), loop.measures().column(2).front(),
                   loop.measures().column(1).front()});
    const auto row = [&](const char* name, std::int64_t step, const train::PhaseQuality& quality) {
        table.add({name, step, quality.error, quality.phase_fraction, quality.threshold});
    };
    if (loop.best_error()) row("best", static_cast<std::int64_t>(loop.best_step()), training.best_quality());
    row("last", keys.steps, training.last_quality());
    table.add({"two sets of real images", report::Cell(), training.error_between_real_sets(),
               training.real_two_point().value.at(0), report::Cell()});
    table.footnotes = {fmt::format("MSE of the mean S2 of {} generated and {} real images, r < N/2.",
                                   keys.validation.images, keys.validation.images)};
    return table;
}

report::Table spectrum_table(const ShellSpectrum& real, const ShellSpectrum& made) {
    report::Table table{"How the power spectra fall", {{"images"}, {"n of E(k) ∝ kⁿ"}}};
    table.add({"real", real.exponent()});
    table.add({"best weights", made.exponent()});
    table.footnotes = {"Straight lines through log E(k) up to half a cycle a pixel; stirred mixtures have n = −1."};
    return table;
}

std::string summary_text(const run::Run& run, const TrainWganGpSettings& keys, const WganTraining& training,
                         const TrainingSet& set) {
    const auto& s = training.settings();
    std::string text = fmt::format(
        "A WGAN-GP (Gulrajani et al. 2017) for images of {0} × {0} pixels, trained for {1} generator steps in batches "
        "of "
        "{2} on {3} images ({4}). Seed {5}.",
        s.image_size, keys.steps, keys.batch, set.samples.count, set.name, run.seed);
    if (training.loop().best_error())
        text += fmt::format(" The best weights, of step {}, have a mean square error of S2 of {:.3g}: `best.h5`.",
                            training.loop().best_step(), *training.loop().best_error());
    return text;
}

}  // namespace

void report_training(run::Run& run, const TrainWganGpSettings& keys, WganTraining& training, const TrainingSet& set,
                     const std::string& tables) {
    const auto& comm = run.context.comm;
    write_result(run, training);
    const auto generated = train::first_images(comm, training.draw(shown), training.extent(), shown);
    const auto validated = std::min(static_cast<std::size_t>(keys.validation.images), set.samples.count);
    const auto real =
        mean_shell_spectrum(comm, phases_of(set.samples, validated, 0, comm.share(validated)), training.extent());
    const auto made =
        mean_shell_spectrum(comm,
                            train::to_phases(training.draw(static_cast<std::size_t>(keys.validation.images)),
                                             training.extent(), training.best_quality().threshold),
                            training.extent());
    Papers papers(run, "Training of a WGAN-GP", summary_text(run, keys, training, set));
    papers.put_together([&] {
        papers.text([](report::Report& r) { r.section("Images"); });
        papers.figure(pictures(keys, set.samples, generated, training.best_quality().threshold));
        papers.text([](report::Report& r) {
            r.paragraph("Sheets of the same latents as the training went on are in `samples/`.");
            r.section("Training");
        });
        papers.figure(curves_figure(training));
        papers.text([](report::Report& r) { r.section("Quality"); });
        papers.table("quality", quality_table(keys, training));
        papers.figure(two_point_figure(training));
        papers.figure(shell_spectrum_figure({{"real", real}, {"best weights", made}}));
        papers.table("spectrum", spectrum_table(real, made));
        papers.text([&](report::Report& r) {
            r.section("Networks");
            r.code(tables);
        });
    });
}

}  // namespace protolith::jobs
