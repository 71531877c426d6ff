#include "inversion_products.hpp"

#include "descriptors/spectrum.hpp"
#include "shell_spectrum.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace protolith::jobs {

namespace {

constexpr double fixed_point = 0x1p36;  // sums of up to 2^27 values below 1 as whole numbers
constexpr std::size_t bins = 16;        // of a pixel's values, for its mode
constexpr std::size_t shown = 10;

std::uint64_t whole(double value) { return static_cast<std::uint64_t>(std::llround(value * fixed_point)); }

GreyVolume as_volume(const condition::LatentImages& generator, std::span<const float> image) {
    GreyVolume volume(Extent{1, generator.rows(), generator.columns()});
    std::copy(image.begin(), image.end(), volume.begin());
    return volume;
}

descriptors::RadialSpectrum spectrum(const condition::LatentImages& generator, std::span<const float> image) {
    return descriptors::radial_spectrum(as_volume(generator, image), descriptors::Mean::remove);
}

/// Latents of `count` draws evenly spaced over all ladders, (count, latent).
std::vector<double> evenly_spaced(const std::vector<std::vector<double>>& latents, std::size_t count) {
    const std::size_t all = latents.front().size();
    std::vector<double> states;
    for (std::size_t k = 0; k < count; ++k)
        for (const auto& variable : latents) states.push_back(variable[k * all / count]);
    return states;
}

/// Sums over images that ranks share.
struct PixelSums {
    std::vector<std::uint64_t> sum, squares, histogram, power;
    std::uint64_t images = 0;

    PixelSums(std::size_t pixels, std::size_t rings)
        : sum(pixels), squares(pixels), histogram(pixels * bins), power(rings) {}
    void add(std::span<const float> image, const descriptors::RadialSpectrum& s) {
        ++images;
        for (std::size_t p = 0; p < image.size(); ++p) {
            const double value = std::clamp(static_cast<double>(image[p]), 0.0, 1.0);
            sum[p] += whole(value);
            squares[p] += whole(value * value);
            ++histogram[p * bins + std::min(bins - 1, static_cast<std::size_t>(value * bins))];
        }
        for (std::size_t i = 0; i < power.size(); ++i) power[i] += whole(s.power[i]);
    }
    void over_ranks(const Communicator& comm) {
        for (auto* values : {&sum, &squares, &histogram, &power}) comm.sum_in_place(values->data(), values->size());
        images = comm.sum(images);
    }
};

void pixel_statistics(const PixelSums& sums, Inversion& inversion) {
    const double n = static_cast<double>(sums.images);
    for (std::size_t p = 0; p < sums.sum.size(); ++p) {
        const double mean = static_cast<double>(sums.sum[p]) / fixed_point / n,
                     square = static_cast<double>(sums.squares[p]) / fixed_point / n;
        inversion.mean.push_back(mean);
        inversion.deviation.push_back(std::sqrt(std::max(0.0, square - mean * mean)));
        const auto first = sums.histogram.begin() + static_cast<std::ptrdiff_t>(p * bins);
        const auto most = std::max_element(first, first + static_cast<std::ptrdiff_t>(bins)) - first;
        inversion.mode.push_back((static_cast<double>(most) + 0.5) / bins);
    }
}

void add_spectra(const condition::LatentImages& generator, const PixelSums& sums, Inversion& inversion) {
    const std::vector<float> mean(inversion.mean.begin(), inversion.mean.end());
    const auto of_mean = spectrum(generator, mean);
    auto& s = inversion.spectra;
    const auto energy = [&](const std::vector<double>& power) {
        auto shells = shell_spectrum(of_mean.wavenumber, power);
        s.wavenumber = std::move(shells.wavenumber);
        return std::move(shells.energy);
    };
    std::vector<double> samples;
    for (const auto sum : sums.power)
        samples.push_back(static_cast<double>(sum) / fixed_point / static_cast<double>(sums.images));
    s.mean = energy(of_mean.power);
    s.samples = energy(samples);
    const auto& target = inversion.target.image;
    if (target.empty()) {
        s.target = s.difference = std::vector<double>(s.mean.size(), std::numeric_limits<double>::quiet_NaN());
        return;
    }
    std::vector<float> difference(target.size());
    for (std::size_t p = 0; p < target.size(); ++p) difference[p] = mean[p] - target[p];
    s.target = energy(spectrum(generator, target).power);
    s.difference = energy(spectrum(generator, difference).power);
}

std::vector<double> as_doubles(const std::vector<float>& values) { return {values.begin(), values.end()}; }

/// χ² per datum from a log-likelihood without its constant.
double per_datum(double log_likelihood, const condition::Components& weights, std::size_t points) {
    const auto data = points * static_cast<std::size_t>(
                                   std::count_if(weights.begin(), weights.end(), [](double w) { return w > 0; }));
    return -2 * log_likelihood / static_cast<double>(data);
}

void add_fits(const condition::ElasticPosterior& posterior, std::size_t points, Inversion& inversion) {
    const auto& weights = posterior.observation().weights;
    const auto fit = [&](const std::vector<float>& data) {
        return per_datum(-elastic::data_misfit(data.data(), posterior.observation().stiffness.data(), points, weights),
                         weights, points);
    };
    const auto of_mean = posterior.stiffness(inversion.moments.mean),
               of_mode = posterior.stiffness(inversion.moments.mode);
    inversion.predicted_mean = as_doubles(of_mean);
    inversion.predicted_mode = as_doubles(of_mode);
    inversion.misfit_of_mean = fit(of_mean);
    inversion.misfit_of_mode = fit(of_mode);
    const auto& clean = inversion.target.stiffness;
    inversion.misfit_of_target = fit({clean.begin(), clean.end()});
    inversion.misfit_of_samples = per_datum(inversion.variables.back().mean, weights, points);
}

}  // namespace

void derive_products(const Communicator& comm, const InvertSettings& keys, const sampling::Sampler& sampler,
                     const condition::LatentImages& generator, const condition::ElasticPosterior& posterior,
                     Inversion& inversion) {
    const auto& samples = sampler.samples();
    inversion.moments = sampling::moments(samples);
    inversion.variables = sampling::diagnose(samples, static_cast<std::size_t>(keys.lags));
    inversion.report = sampler.report();
    for (std::size_t d = 0; d < samples.dimensions(); ++d) inversion.latents.push_back(samples.series(d));
    inversion.log_posterior = samples.series(samples.dimensions());
    for (std::size_t i = 0; i < inversion.log_posterior.size(); ++i)
        for (const auto& variable : inversion.latents) inversion.log_posterior[i] -= 0.5 * variable[i] * variable[i];

    const std::size_t count = std::min(static_cast<std::size_t>(keys.images), inversion.log_posterior.size());
    const auto states = evenly_spaced(inversion.latents, count);
    const std::size_t latent = generator.latent(), pixels = generator.image_size();
    const ItemRange mine = comm.share(count);
    const std::vector<double> ours(states.begin() + static_cast<std::ptrdiff_t>(mine.first * latent),
                                   states.begin() + static_cast<std::ptrdiff_t>(mine.last * latent));
    const auto images = generator.images(ours);
    inversion.image_of_mean = generator.images(inversion.moments.mean);
    inversion.image_of_mode = generator.images(inversion.moments.mode);
    PixelSums sums(pixels, spectrum(generator, inversion.image_of_mean).power.size());
    for (std::size_t k = 0; k < mine.size(); ++k) {
        const std::span<const float> image(&images[k * pixels], pixels);
        sums.add(image, spectrum(generator, image));
    }
    sums.over_ranks(comm);
    pixel_statistics(sums, inversion);
    add_spectra(generator, sums, inversion);
    inversion.drawn = generator.images(evenly_spaced(inversion.latents, std::min(shown, count)));
    add_fits(posterior, inversion.grid.points(), inversion);
    if (keys.climbs == 0) return;
    const auto starts = evenly_spaced(inversion.latents, static_cast<std::size_t>(keys.climbs));
    inversion.modes = condition::posterior_modes(comm, generator.queue(), std::cref(posterior), latent, starts, {});
    std::vector<double> first;
    for (std::size_t k = 0; k < std::min(shown, inversion.modes.size()); ++k)
        first.insert(first.end(), inversion.modes[k].latent.begin(), inversion.modes[k].latent.end());
    inversion.mode_images = generator.images(first);
}

double Inversion::largest_r_hat() const {
    double largest = 0;
    for (const auto& v : variables) {
        if (std::isnan(v.r_hat)) return v.r_hat;
        largest = std::max(largest, v.r_hat);
    }
    return largest;
}

double Inversion::smallest_sample_size() const {
    double smallest = std::numeric_limits<double>::infinity();
    for (const auto& v : variables) {
        if (std::isnan(v.bulk_sample_size)) return v.bulk_sample_size;
        smallest = std::min(smallest, std::min(v.bulk_sample_size, v.tail_sample_size));
    }
    return smallest;
}

double Inversion::mean_deviation() const {
    return std::accumulate(deviation.begin(), deviation.end(), 0.0) / static_cast<double>(deviation.size());
}

double Inversion::error_of_mean() const {
    if (target.image.empty()) return std::numeric_limits<double>::quiet_NaN();
    double squares = 0;
    for (std::size_t p = 0; p < mean.size(); ++p)
        squares += std::pow(mean[p] - static_cast<double>(target.image[p]), 2);
    return std::sqrt(squares / static_cast<double>(mean.size()));
}

}  // namespace protolith::jobs
