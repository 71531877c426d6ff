#include "sampling/settings.hpp"

#include "base/error.hpp"

#include <array>
#include <cmath>
#include <utility>

namespace protolith::sampling {

namespace {

template <class T, std::size_t N>
using Names = std::array<std::pair<T, std::string_view>, N>;

constexpr Names<Proposal, 4> proposals{{{Proposal::random_walk, "random_walk"},
                                        {Proposal::pcn, "pcn"},
                                        {Proposal::mala, "mala"},
                                        {Proposal::infinity_mala, "infinity_mala"}}};
constexpr Names<SwapScheme, 2> schemes{{{SwapScheme::even_odd, "even_odd"}, {SwapScheme::stochastic, "stochastic"}}};

template <class T, std::size_t N>
std::string_view name_in(const Names<T, N>& names, T value) noexcept {
    for (const auto& [v, text] : names)
        if (v == value) return text;
    return "unknown";
}

template <class T, std::size_t N>
T find_in(const Names<T, N>& names, std::string_view key, std::string_view text) {
    std::string allowed;
    for (const auto& [value, known] : names) {
        if (known == text) return value;
        allowed += (allowed.empty() ? "" : ", ") + std::string(known);
    }
    throw InputError(fmt::format("{} = \"{}\": expected one of {}", key, text, allowed));
}

void check_ladder(const Settings& s) {
    const auto& beta = s.inverse_temperatures;
    if (beta.empty()) return;
    require_input(beta.size() == s.temperatures, "inverse_temperatures: {} values for temperatures = {}", beta.size(),
                  s.temperatures);
    require_input(beta.back() == 1, "inverse_temperatures: the last is {}, it must be 1", beta.back());
    require_input(s.temperatures == 1 || beta.front() == 0, "inverse_temperatures: the first is {}, it must be 0",
                  beta.front());
    for (std::size_t k = 1; k < beta.size(); ++k)
        require_input(beta[k] > beta[k - 1], "inverse_temperatures: {} follows {}; they must rise", beta[k],
                      beta[k - 1]);
}

}  // namespace

std::string_view name(Proposal proposal) noexcept { return name_in(proposals, proposal); }
Proposal proposal_named(std::string_view text) { return find_in(proposals, "proposal", text); }
std::string_view name(SwapScheme scheme) noexcept { return name_in(schemes, scheme); }
SwapScheme swap_scheme_named(std::string_view text) { return find_in(schemes, "swaps", text); }

bool needs_gradient(Proposal proposal) noexcept {
    return proposal == Proposal::mala || proposal == Proposal::infinity_mala;
}

bool keeps_prior(Proposal proposal) noexcept {
    return proposal == Proposal::pcn || proposal == Proposal::infinity_mala;
}

bool adapts_covariance(const Settings& s) noexcept { return s.adapt_covariance && s.proposal == Proposal::pcn; }

std::uint64_t last_estimate(const Settings& s) noexcept { return s.burn_in / 4 * 3; }

double memory_per_rank(const Settings& s, std::size_t ranks) noexcept {
    const auto share = [ranks](std::size_t count) { return (count + ranks - 1) / ranks; };
    const std::size_t row = s.dimensions + 1, pending = 64 * s.ladders * row;
    const std::size_t kept = share(s.ladders) * static_cast<std::size_t>(s.burn_in_draws() + s.draws()) * row;
    const std::size_t chains = share(s.chains()) * row * (needs_gradient(s.proposal) ? 6 : 4);
    const std::size_t everywhere = s.chains() * 12 + s.chains() * 100;  // swaps and sums of the evidence
    const std::size_t references = adapts_covariance(s) ? s.temperatures * 2 * s.dimensions * row : 0;
    return static_cast<double>(sizeof(double) * (kept + pending + chains + everywhere + references));
}

void check(const Settings& s) {
    require_input(s.dimensions >= 1, "dimensions = {}: expected at least 1", s.dimensions);
    require_input(s.ladders >= 1, "ladders = {}: expected at least 1", s.ladders);
    require_input(s.temperatures >= 1, "temperatures = {}: expected at least 1", s.temperatures);
    require_input(s.chains() <= 1'000'000, "ladders = {} of temperatures = {}: more than 1,000,000 chains", s.ladders,
                  s.temperatures);
    require_input(std::isfinite(s.step) && s.step > 0, "step = {}: expected a positive number", s.step);
    require_input(!keeps_prior(s.proposal) || s.step <= 1, "step = {}: the proposal {} takes at most 1", s.step,
                  name(s.proposal));
    require_input(s.target_acceptance >= 0 && s.target_acceptance < 1,
                  "target_acceptance = {}: expected a number between 0 and 1", s.target_acceptance);
    require_input(s.steps_per_sweep >= 1, "steps_per_sweep = {}: expected at least 1", s.steps_per_sweep);
    require_input(s.sweeps >= 1, "sweeps = {}: expected at least 1", s.sweeps);
    require_input(s.thin >= 1 && s.thin <= s.sweeps, "thin = {}: expected 1 to sweeps = {}", s.thin, s.sweeps);
    check_ladder(s);
}

}  // namespace protolith::sampling
