#include "sampling/evidence.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace protolith::sampling {

namespace {
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
}  // namespace

/// The numbers of one level: how many log-likelihoods, their sum and that of their squares, and Σ L^{Δβ} as
/// weight · exp(scale).
struct EvidenceSums::Level {
    double count = 0, sum = 0, squares = 0, scale = -infinity, weight = 0;

    explicit Level(const double* n) : count(n[0]), sum(n[1]), squares(n[2]), scale(n[3]), weight(n[4]) {}
    Level() = default;
    void store(double* n) const { n[0] = count, n[1] = sum, n[2] = squares, n[3] = scale, n[4] = weight; }

    void add_weight(double exponent, double times) {
        if (exponent == -infinity) return;
        if (exponent > scale) {
            weight *= std::exp(scale - exponent);
            scale = exponent;
        }
        weight += times * std::exp(exponent - scale);
    }
    void add(double log_likelihood, double difference_of_beta) {
        count += 1;
        sum += log_likelihood;
        squares += log_likelihood * log_likelihood;
        add_weight(difference_of_beta * log_likelihood, 1);
    }
    void add(const Level& other) {
        count += other.count;
        sum += other.sum;
        squares += other.squares;
        add_weight(other.scale, other.weight);
    }
    double mean() const { return sum / count; }
    double variance() const { return squares / count - mean() * mean(); }
    double log_mean_weight() const { return scale + std::log(weight / count); }
};

EvidenceSums::EvidenceSums(const Settings& settings)
    : settings_(settings), sums_(settings.ladders * blocks_of_ladder * settings.temperatures * numbers) {
    for (std::size_t k = 0; k < sums_.size(); k += numbers) Level().store(&sums_[k]);
}

void EvidenceSums::add(std::size_t ladder, std::uint64_t sweep, std::span<const double> beta,
                       std::span<const double> log_likelihood) {
    const auto block = static_cast<std::size_t>(sweep * blocks_of_ladder / settings_.sweeps);
    const std::size_t levels = settings_.temperatures;
    double* at = &sums_[(ladder * blocks_of_ladder + block) * levels * numbers];
    for (std::size_t k = 0; k < levels; ++k, at += numbers) {
        Level level(at);
        level.add(log_likelihood[k], k + 1 < levels ? beta[k + 1] - beta[k] : 0);
        level.store(at);
    }
}

/// Sums over all blocks but one.
std::vector<EvidenceSums::Level> EvidenceSums::totals(std::size_t without) const {
    std::vector<Level> all(settings_.temperatures);
    for (std::size_t block = 0; block < settings_.ladders * blocks_of_ladder; ++block)
        if (block != without)
            for (std::size_t k = 0; k < all.size(); ++k) all[k].add(Level(&sums_[(block * all.size() + k) * numbers]));
    return all;
}

LogEvidence EvidenceSums::estimate(std::span<const double> beta) const {
    if (settings_.temperatures == 1) return {{unknown, unknown}, {unknown, unknown}};
    const auto both = [&](const std::vector<Level>& levels) {
        double stones = 0, area = 0;
        for (std::size_t k = 0; k + 1 < levels.size(); ++k) {
            const double width = beta[k + 1] - beta[k];
            stones += levels[k].log_mean_weight();
            area += width * (levels[k].mean() + levels[k + 1].mean()) / 2 -
                    width * width / 12 * (levels[k + 1].variance() - levels[k].variance());
        }
        return std::pair(stones, std::isfinite(area) ? area : unknown);
    };
    const std::size_t blocks = settings_.ladders * blocks_of_ladder;
    const auto whole = both(totals(blocks));
    LogEvidence result{{whole.first, unknown}, {whole.second, unknown}};
    if (settings_.sweeps < blocks_of_ladder) return result;  // some blocks are empty
    double stones = 0, stones2 = 0, area = 0, area2 = 0;
    for (std::size_t block = 0; block < blocks; ++block) {
        const auto left = both(totals(block));
        stones += left.first - whole.first;
        stones2 += (left.first - whole.first) * (left.first - whole.first);
        area += left.second - whole.second;
        area2 += (left.second - whole.second) * (left.second - whole.second);
    }
    const auto n = static_cast<double>(blocks);
    const auto error = [n](double sum, double squares) {
        return std::sqrt(std::max(0.0, (n - 1) / n * (squares - sum * sum / n)));
    };
    result.stepping_stone.error = std::isfinite(stones2) ? error(stones, stones2) : unknown;
    result.thermodynamic.error = std::isfinite(area2) ? error(area, area2) : unknown;
    return result;
}

std::vector<double> EvidenceSums::mean_log_likelihood() const {
    std::vector<double> means;
    for (const Level& level : totals(settings_.ladders * blocks_of_ladder)) means.push_back(level.mean());
    return means;
}

void EvidenceSums::unpack(std::span<const double> packed) {
    require(packed.size() == sums_.size(), "{} numbers saved of the evidence, {} expected", packed.size(),
            sums_.size());
    std::copy(packed.begin(), packed.end(), sums_.begin());
}

}  // namespace protolith::sampling
