#include "shell_spectrum.hpp"

#include "descriptors/spectrum.hpp"

#include <cmath>
#include <numbers>

namespace protolith::jobs {

double ShellSpectrum::exponent() const {
    const auto n = static_cast<double>(wavenumber.size());
    double x = 0, y = 0, xx = 0, xy = 0;
    for (std::size_t i = 0; i < wavenumber.size(); ++i) {
        const double a = std::log(wavenumber[i]), b = std::log(energy[i]);
        x += a / n;
        y += b / n;
        xx += a * a / n;
        xy += a * b / n;
    }
    return (xy - x * y) / (xx - x * x);
}

ShellSpectrum shell_spectrum(const std::vector<double>& wavenumber, const std::vector<double>& power) {
    ShellSpectrum result;
    for (std::size_t i = 0; i < wavenumber.size(); ++i) {
        if (wavenumber[i] <= 0 || wavenumber[i] > 0.5) continue;
        result.wavenumber.push_back(wavenumber[i]);
        result.energy.push_back(2 * std::numbers::pi * wavenumber[i] * power[i]);
    }
    return result;
}

ShellSpectrum mean_shell_spectrum(const Communicator& comm, const std::vector<PhaseVolume>& mine,
                                  const Extent& extent) {
    auto mean = descriptors::radial_spectrum(PhaseVolume(extent), descriptors::Mean::remove);
    for (const auto& image : mine) {
        const auto one = descriptors::radial_spectrum(image, descriptors::Mean::remove);
        for (std::size_t i = 0; i < one.power.size(); ++i) mean.power[i] += one.power[i];
    }
    comm.sum_in_place(mean.power.data(), mean.power.size());
    const double images = comm.sum(static_cast<double>(mine.size()));
    for (double& power : mean.power) power /= images;
    return shell_spectrum(mean.wavenumber, mean.power);
}

report::Figure shell_spectrum_figure(const std::vector<std::pair<std::string, ShellSpectrum>>& spectra) {
    report::Figure figure;
    figure.name = "shell_spectrum";
    figure.title = "Power spectrum integrated over directions";
    figure.x_label = "wavenumber k (1/px)";
    figure.y_label = "E(k) = 2πk P(k) (px)";
    figure.log_x = figure.log_y = true;
    figure.caption = "Mean over the images; the line falls as 1/k.";
    for (const auto& [label, s] : spectra) figure.curves.push_back({label, s.wavenumber, s.energy});
    const auto& first = spectra.front().second;
    report::Curve line{"∝ 1/k", first.wavenumber, {}};
    const std::size_t middle = first.wavenumber.size() / 8;
    for (const double k : first.wavenumber) line.y.push_back(first.energy[middle] * first.wavenumber[middle] / k);
    figure.curves.push_back(line);
    return figure;
}

}  // namespace protolith::jobs
