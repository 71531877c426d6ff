// Whether chains have converged and what their draws are worth: Vehtari, Gelman, Simpson, Carpenter & Bürkner 2021,
// Bayesian Anal. 16, 667, with Geyer's initial monotone sequence (Geyer 1992, Stat. Sci. 7, 473).
// A series is (sequences, draws), row-major: one variable as several chains saw it. Every sequence is split in half.
// NaN where nothing can be told: fewer than four draws, a value that is not finite, or no variation.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace protolith::sampling {

class Samples;

/// Rank-normalised split R-hat, the larger of that of the values and that of their distances to the median.
double r_hat(std::span<const double> series, std::size_t sequences);
/// Effective number of draws for the mean of the values as they are.
double mean_sample_size(std::span<const double> series, std::size_t sequences);
/// Effective number of draws after rank normalisation: for the bulk of the distribution.
double bulk_sample_size(std::span<const double> series, std::size_t sequences);
/// The smaller of the effective numbers of draws for the quantiles 5 % and 95 %.
double tail_sample_size(std::span<const double> series, std::size_t sequences);
/// Mean autocorrelation over sequences at the lags 0 … lags (at most draws − 1).
std::vector<double> autocorrelation(std::span<const double> series, std::size_t sequences, std::size_t lags);

/// z of Φ(z) = p, 0 < p < 1.
double normal_quantile(double p);

struct VariableReport {
    double mean = 0, deviation = 0;
    double standard_error = 0;  ///< of the mean
    double r_hat = 0, bulk_sample_size = 0, tail_sample_size = 0;
    double mean_of_first_third = 0, mean_of_last_third = 0;
    std::vector<double> autocorrelation;  ///< lags 0 …
};
VariableReport diagnose(std::span<const double> series, std::size_t sequences, std::size_t lags);

/// Of every variable of the samples after the burn-in, and last of the log-likelihood; the ladders are the sequences.
/// Variables are shared among ranks. The same on every rank. Collective.
std::vector<VariableReport> diagnose(const Samples& samples, std::size_t lags);

}  // namespace protolith::sampling
