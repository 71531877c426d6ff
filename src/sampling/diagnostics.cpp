#include "sampling/diagnostics.hpp"

#include "base/error.hpp"
#include "sampling/autocovariance.hpp"
#include "sampling/ranks.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace protolith::sampling {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

double mean(std::span<const double> x) {
    return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
}

/// Unbiased.
double variance(std::span<const double> x) {
    const double centre = mean(x);
    double sum = 0;
    for (double v : x) sum += (v - centre) * (v - centre);
    return sum / static_cast<double>(x.size() - 1);
}

/// Sequences of equal length, one after the other.
struct Split {
    std::vector<double> values;
    std::size_t sequences, draws;
    std::span<const double> sequence(std::size_t s) const { return std::span(values).subspan(s * draws, draws); }
};

/// Both halves of every sequence; a middle draw belongs to neither.
Split split(std::span<const double> series, std::size_t sequences) {
    const std::size_t draws = series.size() / sequences, half = draws / 2;
    Split halves{{}, 2 * sequences, half};
    for (std::size_t s = 0; s < sequences; ++s)
        for (const std::size_t first : {s * draws, (s + 1) * draws - half})
            halves.values.insert(halves.values.end(), &series[first], &series[first] + half);
    return halves;
}

bool telling(std::span<const double> series, std::size_t sequences) {
    require(sequences >= 1 && series.size() % sequences == 0, "a series of {} values cannot be {} sequences",
            series.size(), sequences);
    if (series.size() / sequences < 4) return false;
    const auto finite = [](double v) { return std::isfinite(v); };
    const auto other = [&](double v) { return v != series[0]; };
    return std::all_of(series.begin(), series.end(), finite) && std::any_of(series.begin(), series.end(), other);
}

/// √(estimate of the variance / variance within sequences).
double reduction(const Split& x) {
    std::vector<double> means, variances;
    for (std::size_t s = 0; s < x.sequences; ++s) {
        means.push_back(mean(x.sequence(s)));
        variances.push_back(variance(x.sequence(s)));
    }
    const auto n = static_cast<double>(x.draws);
    const double within = mean(variances), between = variance(means);
    return std::sqrt((n - 1) / n + between / within);
}

/// Draws over the integrated autocorrelation time of all sequences together.
double sample_size(const Split& x) {
    std::vector<double> covariance(x.draws), means;
    Autocovariance autocovariance(x.draws);
    for (std::size_t s = 0; s < x.sequences; ++s) {
        const auto one = autocovariance(x.sequence(s));
        for (std::size_t t = 0; t < x.draws; ++t) covariance[t] += one[t] / static_cast<double>(x.sequences);
        means.push_back(mean(x.sequence(s)));
    }
    const auto n = static_cast<double>(x.draws);
    const double within = covariance[0] * n / (n - 1), all = covariance[0] + variance(means);
    if (!(within > 0)) return unknown;
    const auto correlation = [&](std::size_t t) { return t == 0 ? 1 : 1 - (within - covariance[t]) / all; };
    // Sums of neighbours are positive and fall for a reversible chain: beyond, there is only noise.
    double time = -1, least = std::numeric_limits<double>::infinity();
    std::size_t t = 0;
    for (; t + 1 < x.draws; t += 2) {
        const double pair = correlation(t) + correlation(t + 1);
        if (!(pair > 0) || t + 4 >= x.draws) break;
        least = std::min(least, pair);
        time += 2 * least;
    }
    if (t < x.draws) time += std::max(0.0, correlation(t));  // half of the pair that the noise hides
    const double count = n * static_cast<double>(x.sequences);
    return count / std::max(time, 1 / std::log10(count));  // antithetic chains: at most count·log10(count)
}

/// Whether each value is at most the quantile q of all.
std::vector<double> below_quantile(std::span<const double> series, double q) {
    std::vector<double> sorted(series.begin(), series.end());
    std::sort(sorted.begin(), sorted.end());
    const double place = q * static_cast<double>(sorted.size() - 1);
    const auto k = static_cast<std::size_t>(place);
    const double next = sorted[std::min(k + 1, sorted.size() - 1)];
    const double quantile = sorted[k] + (place - static_cast<double>(k)) * (next - sorted[k]);
    std::vector<double> below(series.size());
    std::transform(series.begin(), series.end(), below.begin(), [quantile](double v) { return v <= quantile; });
    return below;
}

double mean_of_thirds(std::span<const double> series, std::size_t sequences, bool last) {
    const std::size_t draws = series.size() / sequences, third = std::max<std::size_t>(draws / 3, 1);
    double sum = 0;
    for (std::size_t s = 0; s < sequences; ++s)
        sum += mean(series.subspan(s * draws + (last ? draws - third : 0), third));
    return sum / static_cast<double>(sequences);
}

}  // namespace

double r_hat(std::span<const double> series, std::size_t sequences) {
    if (!telling(series, sequences)) return unknown;
    Split bulk = split(series, sequences), folded = bulk;
    const double centre = median(folded.values);
    for (double& v : folded.values) v = std::abs(v - centre);
    bulk.values = rank_normalised(bulk.values);
    folded.values = rank_normalised(folded.values);
    return std::max(reduction(bulk), reduction(folded));
}

double mean_sample_size(std::span<const double> series, std::size_t sequences) {
    return telling(series, sequences) ? sample_size(split(series, sequences)) : unknown;
}

double bulk_sample_size(std::span<const double> series, std::size_t sequences) {
    if (!telling(series, sequences)) return unknown;
    Split halves = split(series, sequences);
    halves.values = rank_normalised(halves.values);
    return sample_size(halves);
}

double tail_sample_size(std::span<const double> series, std::size_t sequences) {
    if (!telling(series, sequences)) return unknown;
    return std::min(sample_size(split(below_quantile(series, 0.05), sequences)),
                    sample_size(split(below_quantile(series, 0.95), sequences)));
}

std::vector<double> autocorrelation(std::span<const double> series, std::size_t sequences, std::size_t lags) {
    const std::size_t draws = series.size() / sequences;
    std::vector<double> sum(std::min(lags + 1, draws));
    if (!telling(series, sequences)) return std::vector<double>(sum.size(), unknown);
    Autocovariance autocovariance(draws);
    double at_zero = 0;
    for (std::size_t s = 0; s < sequences; ++s) {
        const auto one = autocovariance(series.subspan(s * draws, draws));
        at_zero += one[0];
        for (std::size_t t = 0; t < sum.size(); ++t) sum[t] += one[t];
    }
    for (double& value : sum) value /= at_zero;
    return sum;
}

VariableReport diagnose(std::span<const double> series, std::size_t sequences, std::size_t lags) {
    if (series.size() < 2) return {unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown, {}};
    const double deviation = std::sqrt(variance(series));
    return {mean(series),
            deviation,
            deviation / std::sqrt(mean_sample_size(series, sequences)),
            r_hat(series, sequences),
            bulk_sample_size(series, sequences),
            tail_sample_size(series, sequences),
            mean_of_thirds(series, sequences, false),
            mean_of_thirds(series, sequences, true),
            autocorrelation(series, sequences, lags)};
}

}  // namespace protolith::sampling
