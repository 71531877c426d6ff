#include "sampling/swaps.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace protolith::sampling {

namespace {

/// Probability of a swap of neighbours, min(1, exp(Δβ (log L_hot − log L_cold))). An impossible state stays where it
/// is.
double swap_probability(double difference_of_beta, double hot, double cold) {
    const double ratio = difference_of_beta * (hot - cold);
    if (std::isnan(ratio)) return 0;  // both impossible
    return ratio >= 0 ? 1 : std::exp(ratio);
}

}  // namespace

Swaps::Swaps(const Settings& settings)
    : settings_(settings),
      temperatures_(settings.temperatures),
      level_(settings.chains()),
      chain_at_(settings.chains()),
      journey_(settings.chains(), Journey::none),
      round_trips_(settings.ladders),
      rejected_(settings.temperatures - 1),
      probability_(rejected_.size()) {
    for (std::size_t chain = 0; chain < settings.chains(); ++chain) {
        level_[chain] = chain % temperatures_;
        chain_at_[chain] = chain;
    }
}

void Swaps::offer(std::uint64_t sweep, std::span<const double> beta, std::span<const double> log_likelihood) {
    if (temperatures_ == 1) return;
    for (std::size_t ladder = 0; ladder < settings_.ladders; ++ladder) {
        offer_ladder(ladder, sweep, beta, log_likelihood);
        follow_journeys(ladder);
    }
}

/// Word k of the ladder's share of a sweep belongs to the pair (k, k + 1), the word after the last to the parity.
void Swaps::offer_ladder(std::size_t ladder, std::uint64_t sweep, std::span<const double> beta,
                         std::span<const double> log_likelihood) {
    constexpr std::uint64_t chunk = 32;  // of RandomStream: one is computed at a time
    const std::uint64_t words = (temperatures_ + chunk - 1) / chunk * chunk;
    RandomStream random(settings_.seed, RandomPurpose::sampling_swap, static_cast<std::uint32_t>(ladder));
    random.seek(sweep * words + temperatures_ - 1);
    const bool chance = random.uniform() < 0.5;
    const std::size_t parity = settings_.swaps == SwapScheme::even_odd ? sweep % 2 : chance;
    random.seek(sweep * words);
    std::size_t* at = &chain_at_[ladder * temperatures_];
    for (std::size_t k = 0; k + 1 < temperatures_; ++k) {
        probability_[k] = swap_probability(beta[k + 1] - beta[k], log_likelihood[at[k]], log_likelihood[at[k + 1]]);
        rejected_[k] += 1 - probability_[k];
    }
    offers_ += 1;
    for (std::size_t k = 0; k + 1 < temperatures_; ++k) {
        const double uniform = random.uniform();
        if (k % 2 != parity || uniform >= probability_[k]) continue;
        std::swap(at[k], at[k + 1]);
        level_[at[k]] = k;
        level_[at[k + 1]] = k + 1;
    }
}

void Swaps::follow_journeys(std::size_t ladder) {
    Journey& hot = journey_[chain_at(ladder, 0)];
    if (hot == Journey::from_posterior) ++round_trips_[ladder];
    hot = Journey::from_prior;
    Journey& cold = journey_[chain_at(ladder, temperatures_ - 1)];
    if (cold == Journey::from_prior) cold = Journey::from_posterior;
}

void Swaps::reset_counts() {
    std::fill(journey_.begin(), journey_.end(), Journey::none);
    std::fill(round_trips_.begin(), round_trips_.end(), 0);
    std::fill(rejected_.begin(), rejected_.end(), 0.0);
    offers_ = 0;
}

std::vector<double> Swaps::rejection() const {
    std::vector<double> mean(rejected_);
    for (double& value : mean) value /= std::max(offers_, 1.0);
    return mean;
}

std::vector<double> Swaps::pack() const {
    std::vector<double> packed{offers_};
    packed.insert(packed.end(), rejected_.begin(), rejected_.end());
    for (std::uint64_t trips : round_trips_) packed.push_back(static_cast<double>(trips));
    for (std::size_t chain : chain_at_) packed.push_back(static_cast<double>(chain));
    for (Journey journey : journey_) packed.push_back(static_cast<double>(journey));
    return packed;
}

void Swaps::unpack(std::span<const double> packed) {
    const std::size_t expected = 1 + rejected_.size() + round_trips_.size() + chain_at_.size() + journey_.size();
    require(packed.size() == expected, "{} numbers saved of the swaps, {} expected", packed.size(), expected);
    auto at = packed.begin();
    offers_ = *at++;
    for (double& value : rejected_) value = *at++;
    for (std::uint64_t& trips : round_trips_) trips = static_cast<std::uint64_t>(*at++);
    for (std::size_t& chain : chain_at_) chain = static_cast<std::size_t>(*at++);
    for (Journey& journey : journey_) journey = static_cast<Journey>(static_cast<int>(*at++));
    for (std::size_t k = 0; k < chain_at_.size(); ++k) level_[chain_at_[k]] = k % temperatures_;
}

double expected_round_trip_rate(SwapScheme scheme, std::span<const double> rejection) {
    double sum = 0;
    for (double r : rejection) sum += r / (1 - r);
    const double levels = static_cast<double>(rejection.size() + 1);
    return 1 / ((scheme == SwapScheme::even_odd ? 2 : 2 * levels) + 2 * sum);
}

}  // namespace protolith::sampling
