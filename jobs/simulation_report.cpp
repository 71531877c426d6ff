#include "simulation_report.hpp"

#include "report/picture.hpp"
#include "report_frame.hpp"
#include "set_figures.hpp"
#include "shell_spectrum.hpp"
#include "suite_settings.hpp"

#include <algorithm>

namespace protolith::jobs {

namespace {

constexpr std::size_t most_measured = 256, most_shown = 12;

/// A curve that is known, at the distances of a measured one.
report::Curve known_curve(const std::function<double(double)>& f, const std::vector<double>& r) {
    report::Curve curve{"theory", r, {}};
    for (double x : r) curve.y.push_back(f(x));
    return curve;
}

void add_theory(report::PanelFigure& figure, const Simulator& simulator) {
    for (auto& panel : figure.panels) {
        const auto& f = panel.name == "S2"  ? simulator.two_point
                        : panel.name == "L" ? simulator.lineal_path
                                            : std::function<double(double)>{};
        if (f && !panel.curves.empty()) panel.curves.push_back(known_curve(f, panel.curves.front().x));
    }
}

report::Montage pictures(const std::vector<PhaseVolume>& images, const Simulator& simulator) {
    report::Montage montage{"images", fmt::format("{}: the first {}", simulator.title, images.size()), {}};
    for (std::size_t i = 0; i < images.size(); ++i) {
        auto one = report::phase_pictures(std::to_string(i), images[i], {simulator.long_name, "other"});
        montage.pictures.insert(montage.pictures.end(), one.begin(), one.end());
    }
    return montage;
}

}  // namespace

void report_simulation(run::Run& run, const ImageStore& store, const Simulator& simulator) {
    auto& context = run.context;
    const std::size_t measured_images = std::min(most_measured, store.total());
    SetDescriptors set;
    std::vector<PhaseVolume> shown;
    {
        const auto timer = context.timers.phase("measure and draw");
        const std::vector<Extent> extents{simulator.extent};
        const auto suite = suite_settings({.boundary = descriptors::Boundary::non_periodic}, extents);
        const auto first = store.first_everywhere(context.comm, measured_images);
        set = descriptors::measure_set(
            context.comm, simulator.title, measured_images, [&](std::size_t i) { return first[i]; }, suite, {},
            run.pause());
        shown.assign(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(std::min(most_shown, first.size())));
    }
    Papers papers(
        run, simulator.title,
        fmt::format("{} images of {} pixels. {}", store.total(), to_string(simulator.extent), simulator.method));
    papers.put_together([&] {
        papers.text([](report::Report& r) { r.section("Images"); });
        papers.figure(pictures(shown, simulator));
        papers.text([&](report::Report& r) {
            r.section("Descriptors");
            r.paragraph(fmt::format("Measured on the first {} images with non-periodic boundaries.", measured_images));
        });
        const std::vector<SetDescriptors> sets{set};
        auto functions = functions_figure(sets);
        add_theory(functions, simulator);
        papers.figure(functions);
        papers.figure(distributions_figure(sets));
        if (simulator.inverse_wavenumber) {
            const auto& mean = set.power_spectrum.mean;
            papers.figure(shell_spectrum_figure({{set.label, shell_spectrum(mean.r, mean.value)}}));
        }
        papers.table("numbers", number_table(sets));
    });
}

}  // namespace protolith::jobs
