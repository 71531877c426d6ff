#include "sampling/sampler.hpp"

#include <algorithm>
#include <utility>

namespace protolith::sampling {

namespace {

constexpr std::size_t numbers_of_chain = 3, numbers_of_rank = 2;  // in the message of a rank
constexpr std::uint64_t meeting_interval = 32;                    // sweeps, of chains that have nothing to exchange

const Settings& checked(const Settings& settings) {
    check(settings);
    return settings;
}

}  // namespace

Sampler::Sampler(const Communicator& comm, const Settings& settings, LogLikelihood likelihood)
    : comm_(comm),
      settings_(checked(settings)),
      ladder_(first_ladder(settings)),
      references_(settings.temperatures),
      visited_(settings),
      swaps_(settings),
      evidence_(settings),
      samples_(comm, settings),
      chains_(settings, comm.share(settings.chains()), std::move(likelihood)),
      log_likelihood_(settings.chains()),
      accepted_(settings.chains()),
      probability_(settings.chains()),
      level_sums_(settings.temperatures) {
    // Message of a rank: what its chains have to tell, then its state. Shares are those of Communicator::share.
    const std::size_t chains = settings.chains(), ranks = static_cast<std::size_t>(comm.size());
    int offset = 0;
    for (std::size_t rank = 0; rank < ranks; ++rank) {
        const std::size_t share = chains / ranks + (rank < chains % ranks ? 1 : 0);
        counts_.push_back(static_cast<int>(share * numbers_of_chain + numbers_of_rank));
        offsets_.push_back(offset);
        offset += counts_.back();
    }
    sent_.resize(chains_.size() * numbers_of_chain + numbers_of_rank);
    received_.resize(static_cast<std::size_t>(offset));
    kernels_.resize(chains_.size());
    of_levels_.resize(settings.temperatures);
}

Progress Sampler::progress() const {
    double sum = 0;
    for (std::size_t ladder = 0; ladder < settings_.ladders; ++ladder)
        sum += log_likelihood_[swaps_.chain_at(ladder, settings_.temperatures - 1)];
    return {sweep_, settings_.all_sweeps(), burning_in(), sum / static_cast<double>(settings_.ladders)};
}

void Sampler::advance(double seconds, std::uint64_t sweeps) {
    clock_ = Clock();
    if (!begun_) {
        collectively(comm_, [&] { chains_.begin(); });
        begun_ = true;
    }
    root_seconds_ = 0;
    for (std::uint64_t done = 0; done < sweeps && !finished() && !(done > 0 && root_seconds_ >= seconds); ++done)
        sweep_once();
    if (last_exchange_ != sweep_) exchange();
    samples_.collect();
    seconds_ += clock_.seconds();
}

bool Sampler::run(double seconds, const std::function<bool(const Progress&)>& between) {
    while (!finished()) {
        advance(seconds);
        if (!between(progress())) break;
    }
    return finished();
}

void Sampler::sweep_once() {
    const std::uint64_t sweep = sweep_++;
    const bool burning = sweep < settings_.burn_in;
    explore(sweep);
    if (meets_after(sweep)) {
        exchange();
        if (burning && settings_.adapt_step) adapt_steps(sweep);
        if (!burning) add_evidence(sweep - settings_.burn_in);
        if (burning && adapts_covariance(settings_)) adapt_references(sweep);
        swaps_.offer(sweep, ladder_.beta, log_likelihood_);
        if (burning && moves_after(settings_, sweep)) {
            equalise(ladder_, swaps_.rejection());
            swaps_.reset_counts();
        }
        if (sweep_ == settings_.burn_in) forget_burn_in();
    }
    if (sweep_ % settings_.thin == 0) record();
}

/// The steps of a sweep, without the other ranks. A failure waits for the next exchange.
void Sampler::explore(std::uint64_t sweep) {
    if (error_) return;
    try {
        for (std::size_t i = 0; i < chains_.size(); ++i) {
            const std::size_t level = swaps_.level(chains_.mine().first + i);
            const Reference& reference = references_[level];
            kernels_[i] = {settings_.proposal, ladder_.beta[level], ladder_.step[level], settings_.dimensions,
                           reference.is_prior() ? nullptr : &reference};
        }
        const std::uint64_t steps = settings_.steps_per_sweep;
        for (std::uint64_t k = 0; k < steps; ++k) chains_.step(sweep * steps + k, kernels_, k + 1 == steps);
    } catch (...) {
        error_ = std::current_exception();
    }
}

/// Whether ranks meet after a sweep (counted from 0): the same on all.
bool Sampler::meets_after(std::uint64_t sweep) const noexcept {
    const bool burning = sweep < settings_.burn_in;
    return settings_.temperatures > 1 || (burning && (settings_.adapt_step || adapts_covariance(settings_))) ||
           (sweep + 1) % meeting_interval == 0 || sweep + 1 == settings_.burn_in || sweep + 1 == settings_.all_sweeps();
}

/// Tells every rank the log-likelihood and acceptance of every chain, whether a rank has failed, and the time.
void Sampler::exchange() {
    double* to = sent_.data();
    for (std::size_t i = 0; i < chains_.size(); ++i) {
        const auto acceptance = chains_.take_acceptance(i);
        *to++ = chains_.log_likelihood(i);
        *to++ = acceptance.accepted;
        *to++ = acceptance.probability;
    }
    *to++ = error_ ? 1 : 0;
    *to = clock_.seconds();
    MPI_Allgatherv(sent_.data(), static_cast<int>(sent_.size()), MPI_DOUBLE, received_.data(), counts_.data(),
                   offsets_.data(), MPI_DOUBLE, comm_.handle());
    bool failed = false;
    std::size_t chain = 0;
    for (std::size_t rank = 0; rank < counts_.size(); ++rank) {
        const double* from = &received_[static_cast<std::size_t>(offsets_[rank])];
        const double* end = from + counts_[rank] - numbers_of_rank;
        for (; from != end; from += numbers_of_chain, ++chain) {
            log_likelihood_[chain] = from[0];
            accepted_[chain] = from[1];
            probability_[chain] = from[2];
        }
        failed = failed || end[0] != 0;
        if (rank == 0) root_seconds_ = end[1];
    }
    if (failed)
        collectively(comm_, [&] {
            if (error_) std::rethrow_exception(error_);
        });
    count_acceptance();
}

/// Whole numbers, so that the sums do not depend on when ranks met.
void Sampler::count_acceptance() {
    const auto sweeps = static_cast<double>(sweep_ - std::exchange(last_exchange_, sweep_));
    for (std::size_t chain = 0; chain < settings_.chains(); ++chain) {
        const std::size_t level = swaps_.level(chain);
        const bool prior = ladder_.beta[level] == 0;
        level_sums_[level].accepted += accepted_[chain];
        level_sums_[level].proposals += prior ? sweeps : sweeps * static_cast<double>(settings_.steps_per_sweep);
    }
}

void Sampler::adapt_steps(std::uint64_t sweep) {
    for (std::size_t level = 0; level < settings_.temperatures; ++level) {
        if (ladder_.beta[level] == 0) continue;
        double sum = 0;
        for (std::size_t ladder = 0; ladder < settings_.ladders; ++ladder)
            sum += probability_[swaps_.chain_at(ladder, level)];
        const double proposals =
            static_cast<double>(settings_.ladders) * static_cast<double>(settings_.steps_per_sweep);
        ladder_.step[level] = adapted_step(settings_, ladder_.step[level], sum / proposals, sweep);
    }
}

/// States count at the levels that they had in the sweep, before swaps.
void Sampler::adapt_references(std::uint64_t sweep) {
    for (std::size_t i = 0; i < chains_.size(); ++i) {
        const std::size_t level = swaps_.level(chains_.mine().first + i);
        if (ladder_.beta[level] > 0) visited_.add(level, chains_.state(i));
    }
    if (estimates_after(settings_, sweep)) visited_.estimate(comm_, references_);
}

void Sampler::add_evidence(std::uint64_t sweep) {
    if (settings_.temperatures == 1) return;
    for (std::size_t ladder = 0; ladder < settings_.ladders; ++ladder) {
        for (std::size_t level = 0; level < settings_.temperatures; ++level)
            of_levels_[level] = log_likelihood_[swaps_.chain_at(ladder, level)];
        evidence_.add(ladder, sweep, ladder_.beta, of_levels_);
    }
}

void Sampler::forget_burn_in() {
    swaps_.reset_counts();
    std::fill(level_sums_.begin(), level_sums_.end(), LevelSums{});
}

void Sampler::record() {
    for (std::size_t ladder = 0; ladder < settings_.ladders; ++ladder) {
        const std::size_t chain = swaps_.chain_at(ladder, settings_.temperatures - 1);
        if (chain < chains_.mine().first || chain >= chains_.mine().last) continue;
        const std::size_t i = chain - chains_.mine().first;
        samples_.note(ladder, chains_.state(i), chains_.log_likelihood(i));
    }
    if (samples_.end_draw()) samples_.collect();
}

}  // namespace protolith::sampling
