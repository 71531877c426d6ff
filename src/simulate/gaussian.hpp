// Thresholded Gaussian random fields: white noise filtered to a chosen correlation, cut at a level (Teubner 1991,
// Europhys. Lett. 14, 403).
#pragma once

#include "simulate/known_statistics.hpp"
#include "volume/volume.hpp"

#include <cstdint>

namespace protolith::simulate {

/// Correlation ρ of the field at distance r, with length a in pixels:
/// gaussian exp(−(r/a)²); exponential exp(−r/a); box (1 − |x|/a)(1 − |y|/a)(1 − |z|/a) for distances below a along
/// every axis (white noise averaged over boxes of a pixels).
enum class FieldCorrelation { gaussian, exponential, box };

/// exact: every image has the nearest possible number of pixels in the phase. nominal: the level is that of the law, so
/// that the fraction varies from image to image and S2 is unbiased.
enum class FieldThreshold { exact, nominal };

struct GaussianSettings {
    Extent extent{1, 512, 512};
    FieldCorrelation correlation = FieldCorrelation::gaussian;
    double correlation_length = 10;  ///< a in pixels; a whole number for the box
    double phase_fraction = 0.5;     ///< φ: the phase is where the field is highest
    FieldThreshold threshold = FieldThreshold::exact;
};

/// @throws InputError naming the setting, its value and what was expected
void validate(const GaussianSettings& settings);

/// Field of item `item` before the threshold: periodic, zero mean, unit variance, covariance ρ of the periodic
/// distance.
Volume<double> gaussian_field(const GaussianSettings& settings, std::uint64_t seed, std::uint32_t item);

/// Image `item`, periodic.
PhaseVolume thresholded_gaussian_field(const GaussianSettings& settings, std::uint64_t seed, std::uint32_t item);

/// ρ at distance r along an axis.
double field_correlation(const GaussianSettings& settings, double r);

/// S2 = P(both above the level) at correlation ρ(r); at φ = ½ it is ¼ + asin ρ(r)/2π.
KnownStatistics known_statistics(const GaussianSettings& settings);

}  // namespace protolith::simulate
