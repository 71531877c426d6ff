#include "inversion_numbers.hpp"

#include "io/hdf5/file_reader.hpp"
#include "shell_spectrum.hpp"

#include <array>
#include <cmath>
#include <limits>

namespace protolith::jobs {

namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

/// A dataset of result.h5 and what it means.
struct Dataset {
    const char *name, *what;
    double InversionNumbers::*member;
};

using N = InversionNumbers;
constexpr std::array datasets{
    Dataset{"wavelength", "lambda0 in widths of the image", &N::wavelength},
    Dataset{"mean_pixel_deviation", "mean of pixel_deviation", &N::mean_pixel_deviation},
    Dataset{"error_of_mean", "rms difference of pixel_mean from the target", &N::error_of_mean},
    Dataset{"long_waves_found", "correlation of pixel_mean and target in waves longer than lambda0",
            &N::long_waves_found},
    Dataset{"short_waves_found", "correlation of pixel_mean and target in waves shorter than lambda0",
            &N::short_waves_found},
    Dataset{"exponent_of_samples", "n of E(k) ~ k^n, mean spectrum of the samples", &N::exponent_of_samples},
    Dataset{"exponent_of_target", "n of E(k) ~ k^n of the target", &N::exponent_of_target},
    Dataset{"misfit_of_target", "chi2 per datum of the true medium", &N::misfit_of_target},
    Dataset{"misfit_of_mode", "chi2 per datum of image_of_mode", &N::misfit_of_mode},
    Dataset{"misfit_of_mean", "chi2 per datum of image_of_mean", &N::misfit_of_mean},
    Dataset{"misfit_of_samples", "chi2 per datum, mean over samples", &N::misfit_of_samples},
    Dataset{"training_distance", "D_min: rms pixel difference of the target from the nearest training image",
            &N::training_distance},
    Dataset{"largest_r_hat", "largest R-hat of latents and log-likelihood", &N::largest_r_hat},
    Dataset{"smallest_sample_size", "smallest effective number of draws of latents and log-likelihood",
            &N::smallest_sample_size},
    Dataset{"evaluations", "evaluations of the likelihood", &N::evaluations},
    Dataset{"log_evidence", "log evidence without the likelihood's constant", &N::log_evidence},
    Dataset{"log_evidence_error", "standard error of log_evidence", &N::log_evidence_error},
    Dataset{"modes", "different modes that climbs from the samples reach", &N::modes}};

/// Correlation of mean and target over the wave numbers [first, last) of their spectra: the cross-spectrum is half of
/// what both have together more than their difference.
double correlation(const Spectra& s, std::size_t first, std::size_t last) {
    double cross = 0, target = 0, mean = 0;
    for (std::size_t k = first; k < last; ++k) {
        cross += (s.target[k] + s.mean[k] - s.difference[k]) / 2;
        target += s.target[k];
        mean += s.mean[k];
    }
    return cross / std::sqrt(target * mean);
}

std::string method_of(const InvertSettings& keys) {
    const auto& s = keys.sampling.settings;
    const std::string chains = s.temperatures > 1 ? fmt::format("{} × {} temperatures", s.ladders, s.temperatures)
                                                  : fmt::format("{} plain chains", s.ladders);
    return fmt::format("{}, {}, {}", sampling::name(s.proposal), chains,
                       keys.data_kind == condition::DataKind::isotropic ? "C11" : "six components");
}

}  // namespace

InversionNumbers numbers_of(const Inversion& i, const InvertSettings& keys) {
    InversionNumbers n{i.target.label, method_of(keys)};
    n.wavelength = i.wavelength;
    n.mean_pixel_deviation = i.mean_deviation();
    n.error_of_mean = i.error_of_mean();
    n.long_waves_found = n.short_waves_found = n.exponent_of_target = n.training_distance = n.modes = not_known;
    const auto& s = i.spectra;
    n.exponent_of_samples = ShellSpectrum{s.wavenumber, s.samples}.exponent();
    if (!i.target.image.empty()) {
        n.exponent_of_target = ShellSpectrum{s.wavenumber, s.target}.exponent();
        const double cut = 1 / (i.wavelength * i.width);
        const auto long_waves = static_cast<std::size_t>(
            std::upper_bound(s.wavenumber.begin(), s.wavenumber.end(), cut * (1 + 1e-9)) - s.wavenumber.begin());
        n.long_waves_found = correlation(s, 0, long_waves);
        n.short_waves_found = correlation(s, long_waves, s.wavenumber.size());
    }
    n.misfit_of_target = i.misfit_of_target;
    n.misfit_of_mode = i.misfit_of_mode;
    n.misfit_of_mean = i.misfit_of_mean;
    n.misfit_of_samples = i.misfit_of_samples;
    if (i.target.nearest)
        n.training_distance =
            std::sqrt(static_cast<double>(i.target.nearest->different) / static_cast<double>(i.mean.size()));
    n.largest_r_hat = i.largest_r_hat();
    n.smallest_sample_size = i.smallest_sample_size();
    for (const auto count : i.report.evaluations) n.evaluations += static_cast<double>(count);
    n.log_evidence = i.report.evidence.stepping_stone.value;
    n.log_evidence_error = i.report.evidence.stepping_stone.error;
    if (keys.climbs > 0) n.modes = static_cast<double>(i.modes.size());
    return n;
}

void write_numbers(io::ResultFile& file, const std::vector<InversionNumbers>& inversions) {
    std::vector<std::string> labels, methods;
    for (const auto& n : inversions) {
        labels.push_back(n.label);
        methods.push_back(n.method);
    }
    file.write_text("label", {"inversion"}, labels, {"", "name of the target", {}});
    file.write_text("method", {"inversion"}, methods, {"", "proposal, chains, data", {}});
    for (const auto& dataset : datasets) {
        std::vector<double> values;
        for (const auto& n : inversions) values.push_back(n.*dataset.member);
        file.write(dataset.name, {"inversion"}, values, {"1", dataset.what, {}});
    }
}

std::vector<InversionNumbers> read_numbers(const std::filesystem::path& result) {
    const io::FileReader file(result);
    const auto require_dataset = [&](const std::string& name) {
        require_input(file.contains(name), "{}: no dataset {}; a result.h5 of `protolith invert` expected",
                      result.string(), name);
    };
    require_dataset("/label");
    require_dataset("/method");
    const auto labels = file.read_text("/label"), methods = file.read_text("/method");
    const std::string folder = std::filesystem::absolute(result).parent_path().filename().string();
    std::vector<InversionNumbers> all;
    for (std::size_t k = 0; k < labels.size(); ++k) all.push_back({folder + ": " + labels[k], methods.at(k)});
    for (const auto& dataset : datasets) {
        const std::string name = std::string("/") + dataset.name;
        require_dataset(name);
        const auto values = file.read<double>(name);
        for (std::size_t k = 0; k < all.size(); ++k) all[k].*dataset.member = values.at(k);
    }
    return all;
}

report::Table numbers_table(const std::vector<InversionNumbers>& inversions) {
    report::Table table{"Inversions",
                        {{"target"},
                         {"λ0", "L"},
                         {"chains and data"},
                         {"mean pixel deviation"},
                         {"error of the mean"},
                         {"long waves found"},
                         {"short waves found"},
                         {"n of samples"},
                         {"n of target"},
                         {"χ² target"},
                         {"χ² mode"},
                         {"χ² mean"},
                         {"χ² samples"},
                         {"D_min"},
                         {"R-hat"},
                         {"smallest ESS"},
                         {"ESS per 1000 evaluations"},
                         {"modes found"},
                         {"log evidence"},
                         {"±"}}};
    for (const auto& n : inversions)
        table.add({n.label,
                   n.wavelength,
                   n.method,
                   n.mean_pixel_deviation,
                   n.error_of_mean,
                   n.long_waves_found,
                   n.short_waves_found,
                   n.exponent_of_samples,
                   n.exponent_of_target,
                   n.misfit_of_target,
                   n.misfit_of_mode,
                   n.misfit_of_mean,
                   n.misfit_of_samples,
                   n.training_distance,
                   n.largest_r_hat,
                   n.smallest_sample_size,
                   1e3 * n.smallest_sample_size / n.evaluations,
                   n.modes,
                   n.log_evidence,
                   n.log_evidence_error});
    table.footnotes = {
        "error of the mean: root mean square difference of the pixels' mean from the target. Waves found: correlation "
        "of the pixels' mean with the target in waves longer and shorter than λ0. n: E(k) ∝ kⁿ, mean over samples.",
        "χ²: squares of the data's residuals over σ², per datum; of the true medium it is what the noise alone leaves. "
        "D_min: root mean square difference of the target from the nearest training image.",
        "R-hat: the largest, ESS: the smallest effective number of draws (bulk and tail) over latents and log L. "
        "Modes: "
        "where climbs from evenly spaced samples end.",
        "log evidence: of the likelihood without its constant, by stepping stones; with temperatures alone.",
        "GJI 2024 found, with 16 plain random-walk chains of 100,000 states at 128²: uncertainty grows with λ0; at L/2 "
        "six components constrain more than an isotropic medium; the mean recovers the long waves and the samples keep "
        "the spectrum 1/k; targets are 0.23 from the training set."};
    return table;
}

}  // namespace protolith::jobs
