#include "simulate/gaussian.hpp"

#include "base/random.hpp"
#include "fft/real_transform.hpp"
#include "simulate/setting_checks.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace protolith::simulate {

namespace {

using Transform = fft::RealTransform<double>;

/// ρ of a displacement.
double correlation_at(const GaussianSettings& s, double dz, double dy, double dx) {
    const double a = s.correlation_length;
    const double squared = dx * dx + dy * dy + dz * dz;
    switch (s.correlation) {
        case FieldCorrelation::gaussian:
            return std::exp(-squared / (a * a));
        case FieldCorrelation::exponential:
            return std::exp(-std::sqrt(squared) / a);
        case FieldCorrelation::box:
            break;
    }
    return std::max(1 - dx / a, 0.0) * std::max(1 - dy / a, 0.0) * std::max(1 - dz / a, 0.0);
}

/// Eigenvalues of the circulant covariance, (z, y, x/2 + 1): the transform of ρ of the periodic distance. Rounding and
/// the distance's kink at half the side leave small negative values: cut, and the variance restored to one.
std::vector<double> covariance_spectrum(const GaussianSettings& s, const Transform& transform,
                                        fft::Buffer<double>& field, fft::Buffer<std::complex<double>>& spectrum) {
    const Extent& e = s.extent;
    const auto periodic = [](std::size_t i, std::size_t n) { return static_cast<double>(std::min(i, n - i)); };
    std::size_t at = 0;
    for (std::size_t z = 0; z < e.z; ++z)
        for (std::size_t y = 0; y < e.y; ++y)
            for (std::size_t x = 0; x < e.x; ++x)
                field[at++] = correlation_at(s, periodic(z, e.z), periodic(y, e.y), periodic(x, e.x));
    transform.forward(field.data(), spectrum.data());
    std::vector<double> eigenvalues(spectrum.size());
    const std::size_t half = e.x / 2 + 1;
    double trace = 0;
    for (std::size_t i = 0; i < spectrum.size(); ++i) {
        eigenvalues[i] = std::max(spectrum[i].real(), 0.0);
        const std::size_t kx = i % half;
        const bool own_mirror = kx == 0 || 2 * kx == e.x;  // the other columns stand for their conjugates too
        trace += (own_mirror ? 1 : 2) * eigenvalues[i];
    }
    const double scale = static_cast<double>(e.count()) / trace;
    for (double& value : eigenvalues) value *= scale;
    return eigenvalues;
}

/// Longest correlation length that a periodic image bears: for the box exactly, for the others with tails below e⁻⁸.
double longest_correlation(const GaussianSettings& s) {
    const Extent& e = s.extent;
    const auto shortest = static_cast<double>(std::min({e.y, e.x, e.z > 1 ? e.z : e.x}));
    return shortest / (s.correlation == FieldCorrelation::box        ? 2
                       : s.correlation == FieldCorrelation::gaussian ? 5
                                                                     : 16);
}

PhaseVolume cut_at(const Volume<double>& field, double level) {
    PhaseVolume image(field.extent());
    for (std::size_t i = 0; i < field.size(); ++i) image[i] = field[i] > level ? 1 : 0;
    return image;
}

/// The highest `count` values are the phase.
PhaseVolume cut_by_rank(const Volume<double>& field, std::size_t count) {
    if (count == 0) return PhaseVolume(field.extent());
    std::vector<double> values(field.begin(), field.end());
    const auto last = values.begin() + static_cast<std::ptrdiff_t>(count - 1);
    std::nth_element(values.begin(), last, values.end(), std::greater<>());
    return cut_at(field, std::nextafter(*last, -HUGE_VAL));
}

}  // namespace

void validate(const GaussianSettings& s) {
    require_extent("Gaussian field", s.extent);
    require_fraction("Gaussian field", s.phase_fraction);
    const double longest = longest_correlation(s);
    require_input(s.correlation_length > 0 && s.correlation_length <= longest,
                  "Gaussian field: correlation_length = {}, expected more than 0 and at most {} pixels for a periodic "
                  "image of {}",
                  s.correlation_length, longest, to_string(s.extent));
    require_input(s.correlation != FieldCorrelation::box || s.correlation_length == std::floor(s.correlation_length),
                  "Gaussian field: correlation_length = {}, expected a whole number of pixels for the box",
                  s.correlation_length);
}

Volume<double> gaussian_field(const GaussianSettings& s, std::uint64_t seed, std::uint32_t item) {
    validate(s);
    const Transform transform(s.extent);
    fft::Buffer<double> field(transform.real_size());
    fft::Buffer<std::complex<double>> spectrum(transform.spectrum_size());
    const std::vector<double> eigenvalues = covariance_spectrum(s, transform, field, spectrum);
    RandomStream random(seed, RandomPurpose::simulate, item);
    for (double& value : field) value = random.normal();
    transform.forward(field.data(), spectrum.data());
    for (std::size_t i = 0; i < spectrum.size(); ++i)
        spectrum[i] *= std::sqrt(eigenvalues[i]) * transform.normalisation();
    transform.backward(spectrum.data(), field.data());
    return Volume<double>(s.extent, std::vector<double>(field.begin(), field.end()));
}

PhaseVolume thresholded_gaussian_field(const GaussianSettings& s, std::uint64_t seed, std::uint32_t item) {
    const Volume<double> field = gaussian_field(s, seed, item);
    if (s.threshold == FieldThreshold::nominal) return cut_at(field, threshold_for(s.phase_fraction));
    return cut_by_rank(field,
                       static_cast<std::size_t>(std::llround(s.phase_fraction * static_cast<double>(field.size()))));
}

double field_correlation(const GaussianSettings& s, double r) { return correlation_at(s, 0, 0, std::abs(r)); }

KnownStatistics known_statistics(const GaussianSettings& s) {
    validate(s);
    const double level = threshold_for(s.phase_fraction);
    KnownStatistics known;
    known.phase_fraction = s.phase_fraction;
    known.two_point = [s, level](double r) { return both_above(level, field_correlation(s, r)); };
    return known;
}

}  // namespace protolith::simulate
