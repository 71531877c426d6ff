#include "condition/posterior_modes.hpp"

#include "optim/adam.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace protolith::condition {

namespace {

/// The best states of climbs: rows of (latent, log-posterior, log-likelihood).
class Climbs {
  public:
    Climbs(const sampling::LogLikelihood& likelihood, std::size_t count, std::size_t latent)
        : likelihood_(likelihood),
          count_(count),
          latent_(latent),
          log_likelihood_(count),
          gradient_(count * latent),
          best_(count * (latent + 2), -std::numeric_limits<double>::infinity()) {}

    /// Downhill gradient of −log π at `states`, zero where the posterior is not finite.
    const std::vector<double>& slope(const std::vector<double>& states) {
        likelihood_({count_, latent_, states, log_likelihood_, gradient_});
        for (std::size_t k = 0; k < count_; ++k) {
            const double* z = &states[k * latent_];
            double* g = &gradient_[k * latent_];
            double log_posterior = log_likelihood_[k];
            bool finite = std::isfinite(log_posterior);
            for (std::size_t i = 0; i < latent_; ++i) {
                log_posterior -= z[i] * z[i] / 2;
                g[i] = z[i] - g[i];
                finite = finite && std::isfinite(g[i]);
            }
            if (!finite) {
                std::fill_n(g, latent_, 0.0);
                continue;
            }
            double* best = &best_[k * (latent_ + 2)];
            if (!(log_posterior > best[latent_])) continue;
            std::copy_n(z, latent_, best);
            best[latent_] = log_posterior;
            best[latent_ + 1] = log_likelihood_[k];
        }
        return gradient_;
    }
    const std::vector<double>& best() const noexcept { return best_; }

  private:
    const sampling::LogLikelihood& likelihood_;
    std::size_t count_, latent_;
    std::vector<double> log_likelihood_, gradient_, best_;
};

/// This rank's climbs from `starts` (count, latent).
std::vector<double> climb(Queue& queue, const sampling::LogLikelihood& likelihood, std::size_t latent,
                          const std::vector<double>& starts, const ClimbSettings& settings) {
    const std::size_t count = starts.size() / latent;
    if (count == 0) return {};
    const Shape shape{static_cast<std::int64_t>(count), static_cast<std::int64_t>(latent)};
    const auto tensor = [&](const std::vector<double>& values) {
        return Tensor::from(queue, shape, DataType::float32, std::span<const double>(values));
    };
    const nn::Parameter z{"z", autograd::Var(tensor(starts), true)};
    optim::Adam adam({z}, {.learning_rate = settings.rate, .beta1 = 0.9});
    Climbs climbs(likelihood, count, latent);
    for (std::size_t step = 0; step <= settings.steps; ++step) {
        const auto& slope = climbs.slope(z.var.value().to_doubles());
        const double left = static_cast<double>(settings.steps - step) / static_cast<double>(settings.steps);
        adam.step({autograd::Var(tensor(slope))}, left);
    }
    return climbs.best();
}

double distance(const std::vector<double>& a, const double* b) {
    double square = 0;
    for (std::size_t i = 0; i < a.size(); ++i) square += (a[i] - b[i]) * (a[i] - b[i]);
    return std::sqrt(square);
}

}  // namespace

std::vector<Mode> posterior_modes(const Communicator& comm, Queue& queue, const sampling::LogLikelihood& likelihood,
                                  std::size_t latent, std::span<const double> starts, const ClimbSettings& settings) {
    const std::size_t row = latent + 2, count = starts.size() / latent;
    std::string mine;
    collectively(comm, [&] {
        const ItemRange items = comm.share(count);
        const auto part = starts.subspan(items.first * latent, items.size() * latent);
        const auto ends = climb(queue, likelihood, latent, {part.begin(), part.end()}, settings);
        mine.assign(reinterpret_cast<const char*>(ends.data()), ends.size() * sizeof(double));
    });
    std::string bytes;
    for (const auto& of_rank : comm.all_gather(mine)) bytes += of_rank;
    std::vector<double> ends(count * row);
    std::memcpy(ends.data(), bytes.data(), bytes.size());

    std::vector<std::size_t> order;
    for (std::size_t k = 0; k < count; ++k)
        if (std::isfinite(ends[k * row + latent])) order.push_back(k);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return ends[a * row + latent] > ends[b * row + latent]; });
    std::vector<Mode> modes;
    for (const std::size_t k : order) {
        const double* end = &ends[k * row];
        const auto known = std::find_if(modes.begin(), modes.end(),
                                        [&](const Mode& mode) { return distance(mode.latent, end) <= settings.apart; });
        if (known != modes.end())
            known->from.push_back(k);
        else
            modes.push_back({{end, end + latent}, end[latent], end[latent + 1], {k}});
    }
    for (auto& mode : modes) std::sort(mode.from.begin(), mode.from.end());
    return modes;
}

}  // namespace protolith::condition
