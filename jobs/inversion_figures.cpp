#include "inversion_figures.hpp"

#include "report/picture.hpp"
#include "shell_spectrum.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace protolith::jobs {

namespace {

template <class T>
GreyVolume volume_of(const Extent& extent, const T* values) {
    GreyVolume volume(extent);
    std::transform(values, values + extent.count(), volume.begin(), [](T v) { return static_cast<float>(v); });
    return volume;
}

void add(report::Montage& montage, const std::string& label, const GreyVolume& volume, const std::string& quantity,
         double low = 0, double high = 1) {
    const auto pictures = report::grey_pictures(label, volume, quantity, low, high);
    montage.pictures.insert(montage.pictures.end(), pictures.begin(), pictures.end());
}

/// Numbered images, five in a row.
void add_images(report::Montage& montage, const std::vector<float>& images, const Extent& extent) {
    for (std::size_t k = 0; (k + 1) * extent.count() <= images.size(); ++k)
        add(montage, std::to_string(k), volume_of(extent, &images[k * extent.count()]), "rock 1");
    montage.columns = 5;
}

std::string at_wavelength(const Inversion& inversion) {
    return fmt::format("{}, λ0 = {:.3g} L", inversion.target.label, inversion.wavelength);
}

/// Latents by the deviation of their posterior, the smallest first.
std::vector<std::size_t> most_constrained(const Inversion& inversion, std::size_t count) {
    std::vector<std::size_t> order(inversion.latents.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return inversion.variables[a].deviation < inversion.variables[b].deviation;
    });
    order.resize(std::min(count, order.size()));
    return order;
}

constexpr double widest = 4;  // histograms of latents reach from −4 to 4

std::size_t bin_of(double z, std::size_t bins) {
    const double place = (z + widest) / (2 * widest) * static_cast<double>(bins);
    return static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(bins) - 1));
}

}  // namespace

report::Montage estimates(const Inversion& inversion, const Extent& extent, const std::string& suffix) {
    report::Montage montage{"images" + suffix, "What the data say of " + at_wavelength(inversion), {}};
    if (!inversion.target.image.empty())
        add(montage, "target", volume_of(extent, inversion.target.image.data()), "rock 1");
    add(montage, "image of the mean", volume_of(extent, inversion.image_of_mean.data()), "rock 1");
    add(montage, "image of the mode", volume_of(extent, inversion.image_of_mode.data()), "rock 1");
    add(montage, "pixels' mean", volume_of(extent, inversion.mean.data()), "rock 1");
    add(montage, "pixels' mode", volume_of(extent, inversion.mode.data()), "rock 1");
    add(montage, "pixels' deviation", volume_of(extent, inversion.deviation.data()), "standard deviation", 0, 0.5);
    montage.columns = 3;
    return montage;
}

report::Montage sample_sheet(const Inversion& inversion, const Extent& extent, const std::string& suffix) {
    report::Montage montage{"samples" + suffix, "Samples of the posterior of " + at_wavelength(inversion), {}};
    add_images(montage, inversion.drawn, extent);
    return montage;
}

report::Montage mode_sheet(const Inversion& inversion, const Extent& extent, const std::string& suffix) {
    report::Montage montage{"modes" + suffix, "Modes of the posterior of " + at_wavelength(inversion), {}};
    add_images(montage, inversion.mode_images, extent);
    return montage;
}

report::Montage data_fit(const Inversion& inversion, const std::string& suffix) {
    report::Montage montage{"data" + suffix, "Data and fit of " + at_wavelength(inversion), {}};
    const Extent points{1, inversion.grid.rows, inversion.grid.columns};
    for (std::size_t c = 0; c < elastic::tensor_components; ++c) {
        const std::string name(elastic::tensor_component_names[c]);
        const auto* observed = &inversion.target.observed[c * points.count()];
        const auto* predicted = &inversion.predicted_mode[c * points.count()];
        const auto [low_o, high_o] = std::minmax_element(observed, observed + points.count());
        const auto [low_p, high_p] = std::minmax_element(predicted, predicted + points.count());
        const double low = std::min(*low_o, *low_p), high = std::max(*high_o, *high_p);
        add(montage, name + " data", volume_of(points, observed), name + " (GPa)", low, high);
        add(montage, name + " of the mode", volume_of(points, predicted), name + " (GPa)", low, high);
    }
    montage.columns = 4;
    return montage;
}

report::Figure traces(const Inversion& inversion, const std::string& suffix) {
    report::Figure figure;
    figure.name = "log_posterior" + suffix;
    figure.title = "Log-posterior after the burn-in";
    figure.x_label = "draw";
    figure.y_label = "log L - |z|²/2";
    constexpr std::size_t most_points = 1000, most_curves = 8;
    const std::size_t ladders = inversion.report.round_trips.size(), draws = inversion.log_posterior.size() / ladders;
    const std::size_t every = std::max<std::size_t>(1, draws / most_points);
    for (std::size_t ladder = 0; ladder < std::min(most_curves, ladders); ++ladder) {
        report::Curve curve{fmt::format("ladder {}", ladder), {}, {}};
        for (std::size_t draw = 0; draw < draws; draw += every) {
            curve.x.push_back(static_cast<double>(draw));
            curve.y.push_back(inversion.log_posterior[ladder * draws + draw]);
        }
        figure.curves.push_back(curve);
    }
    return figure;
}

report::Figure autocorrelations(const Inversion& inversion, const std::string& suffix) {
    report::Figure figure;
    figure.name = "autocorrelation" + suffix;
    figure.title = "Autocorrelation of the chains";
    figure.x_label = "lag (draws)";
    figure.y_label = "autocorrelation";
    const auto curve = [&](const std::string& label, const std::vector<double>& values) {
        report::Curve c{label, {}, values};
        for (std::size_t lag = 0; lag < values.size(); ++lag) c.x.push_back(static_cast<double>(lag));
        figure.curves.push_back(c);
    };
    for (const std::size_t d : most_constrained(inversion, 4))
        curve(fmt::format("z{}", d), inversion.variables[d].autocorrelation);
    curve("log L", inversion.variables.back().autocorrelation);
    return figure;
}

report::PanelFigure marginals(const Inversion& inversion, const std::string& suffix) {
    constexpr std::size_t bins = 40;
    report::PanelFigure figure{"marginals" + suffix, "The latents that the data constrain most", {}};
    for (const std::size_t d : most_constrained(inversion, 6)) {
        report::Figure panel;
        panel.name = fmt::format("z{}", d);
        panel.title = panel.name;
        panel.x_label = panel.name;
        panel.y_label = "density";
        report::Curve prior{"prior", {}, {}}, posterior{"posterior", {}, std::vector<double>(bins)};
        const double width = 2 * widest / bins, share = 1 / (width * static_cast<double>(inversion.latents[d].size()));
        for (const double z : inversion.latents[d]) posterior.y[bin_of(z, bins)] += share;
        for (std::size_t b = 0; b < bins; ++b) {
            const double z = -widest + (static_cast<double>(b) + 0.5) * width;
            prior.x.push_back(z);
            posterior.x.push_back(z);
            prior.y.push_back(std::exp(-0.5 * z * z) / std::sqrt(2 * std::numbers::pi));
        }
        posterior.style = report::Style::histogram;
        panel.curves = {posterior, prior};
        figure.panels.push_back(panel);
    }
    return figure;
}

report::Montage pair_marginals(const Inversion& inversion, const std::string& suffix) {
    constexpr std::size_t bins = 48;
    report::Montage montage{"pairs" + suffix, "Two latents at a time", {}};
    montage.caption = "Number of draws in each cell; both axes from −4 to 4, the first to the right, the second down.";
    const auto order = most_constrained(inversion, 4);
    for (std::size_t a = 0; a < order.size(); ++a)
        for (std::size_t b = a + 1; b < order.size(); ++b) {
            GreyVolume counts(Extent{1, bins, bins});
            const auto &x = inversion.latents[order[a]], &y = inversion.latents[order[b]];
            for (std::size_t i = 0; i < x.size(); ++i) counts(bin_of(y[i], bins), bin_of(x[i], bins)) += 1;
            add(montage, fmt::format("z{}, z{}", order[a], order[b]), counts, "draws", 0, 0);
        }
    montage.columns = 3;
    return montage;
}

report::Figure spectra(const Inversion& inversion, const std::string& suffix) {
    const auto& s = inversion.spectra;
    std::vector<std::pair<std::string, ShellSpectrum>> curves{{"samples, mean", {s.wavenumber, s.samples}},
                                                              {"posterior's mean image", {s.wavenumber, s.mean}}};
    if (!inversion.target.image.empty()) curves.push_back({"target", {s.wavenumber, s.target}});
    auto figure = shell_spectrum_figure(curves);
    figure.name = "spectra" + suffix;
    figure.caption = "The samples keep what the data do not resolve; their mean loses it. The line falls as 1/k.";
    return figure;
}

}  // namespace protolith::jobs
