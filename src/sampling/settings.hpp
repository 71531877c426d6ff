// What a sampler is asked to do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace protolith::sampling {

/// How a chain at the inverse temperature β proposes its next state; ξ is standard normal. At β = 0 every chain draws
/// from the prior.
enum class Proposal {
    random_walk,  ///< z + s ξ, Metropolis on the full posterior (Mosegaard & Tarantola 1995)
    pcn,          ///< m + √(1 − s²)(z − m) + s L ξ: keeps N(m, L Lᵀ), the prior or what the burn-in has seen
                  ///< (Cotter et al. 2013, Stat. Sci. 28, 424; Hu, Yao & Li 2017, J. Comput. Phys. 332, 492)
    mala,         ///< z + s²/2 ∇log π + s ξ (Roberts & Tweedie 1996)
    infinity_mala  ///< √(1 − s²) z + (1 − √(1 − s²)) β ∇log L + s ξ: keeps the prior (Cotter et al. 2013: pCNL)
};
/// "random_walk", "pcn", "mala", "infinity_mala".
std::string_view name(Proposal proposal) noexcept;
Proposal proposal_named(std::string_view text);
/// Whether the proposal asks the likelihood for gradients.
bool needs_gradient(Proposal proposal) noexcept;
/// Whether s is a share of the prior, at most 1.
bool keeps_prior(Proposal proposal) noexcept;

/// Which neighbours of a ladder are offered a swap after a sweep.
enum class SwapScheme {
    even_odd,   ///< in turn the pairs (0,1), (2,3), … and (1,2), (3,4), …: not reversible (Okabe et al. 2001)
    stochastic  ///< either half by chance: reversible, slower
};
std::string_view name(SwapScheme scheme) noexcept;
SwapScheme swap_scheme_named(std::string_view text);

/// A sweep is `steps_per_sweep` proposals of every chain and one offer of swaps. Chain c belongs to ladder
/// c / temperatures.
struct Settings {
    std::size_t dimensions = 0;
    std::uint64_t seed = 1;
    std::size_t ladders = 1;        ///< independent repetitions, for R-hat
    std::size_t temperatures = 16;  ///< chains of a ladder; 1: plain chains of the posterior
    /// β of a ladder at first, rising from 0 to 1; empty: (k/(temperatures − 1))³.
    std::vector<double> inverse_temperatures;
    bool adapt_ladder = true;  ///< to equal rejection of swaps, in the first half of the burn-in
    Proposal proposal = Proposal::pcn;
    /// pcn keeps N(m, C) of what each temperature visits in the burn-in, estimated in rounds, instead of the prior.
    bool adapt_covariance = true;
    double step = 0.3;             ///< s at first, of every temperature
    bool adapt_step = true;        ///< of each temperature to the target acceptance, in the burn-in
    double target_acceptance = 0;  ///< 0: 0.234 without gradient, 0.574 with (Roberts & Rosenthal 2001)
    SwapScheme swaps = SwapScheme::even_odd;
    std::size_t steps_per_sweep = 1;
    std::uint64_t burn_in = 1000;  ///< sweeps in which step and ladder are adapted; then both are frozen
    std::uint64_t sweeps = 1000;   ///< sweeps after it
    std::uint64_t thin = 1;        ///< every thin-th sweep is recorded

    std::size_t chains() const noexcept { return ladders * temperatures; }
    std::uint64_t all_sweeps() const noexcept { return burn_in + sweeps; }
    /// Records of the burn-in and of the sweeps after it.
    std::uint64_t burn_in_draws() const noexcept { return burn_in / thin; }
    std::uint64_t draws() const noexcept { return all_sweeps() / thin - burn_in_draws(); }
    /// Evaluations of the likelihood that the whole run takes, over all chains.
    std::uint64_t evaluations() const noexcept {
        const std::uint64_t prior = temperatures > 1 ? 1 : 0;  // a level that draws once a sweep
        return chains() + ladders * all_sweeps() * ((temperatures - prior) * steps_per_sweep + prior);
    }
    double acceptance_to_reach() const noexcept {
        return target_acceptance > 0 ? target_acceptance : needs_gradient(proposal) ? 0.574 : 0.234;
    }
};

/// Whether proposals follow the covariance that the burn-in finds.
bool adapts_covariance(const Settings& settings) noexcept;
/// Sweeps after which this is estimated for the last time: three quarters of the burn-in.
std::uint64_t last_estimate(const Settings& settings) noexcept;

/// Bytes that a sampler holds on each of so many ranks at the end of a run, without the likelihood's.
double memory_per_rank(const Settings& settings, std::size_t ranks) noexcept;

/// Throws InputError that names the key and the value if a setting cannot be used.
void check(const Settings& settings);

}  // namespace protolith::sampling
