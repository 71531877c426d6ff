// Markov chains at one or several temperatures over MPI ranks: plain chains, or parallel tempering. Every chain is a
// pure function of the settings and the likelihood, so the same on any number of ranks and after any interruption.
#pragma once

#include "base/communicator.hpp"
#include "base/timer.hpp"
#include "io/checkpoint.hpp"
#include "sampling/chains.hpp"
#include "sampling/evidence.hpp"
#include "sampling/ladder.hpp"
#include "sampling/reference_sums.hpp"
#include "sampling/samples.hpp"
#include "sampling/swaps.hpp"

#include <exception>
#include <functional>

namespace protolith::sampling {

/// Where a run stands; the same on every rank.
struct Progress {
    std::uint64_t sweep = 0, sweeps = 0;  ///< done and asked for, burn-in included
    bool burning_in = true;
    double mean_log_likelihood = 0;  ///< of the posterior's chains, at the last exchange
};

/// What one level of the ladders has done since the burn-in, over all ladders.
struct LevelReport {
    double beta = 1, step = 0;
    double acceptance = 0;           ///< accepted share of its proposals
    double swap_rejection = 0;       ///< mean rejection of swaps with the next level; 0 at the last
    double mean_log_likelihood = 0;  ///< NaN without tempering
};

struct Report {
    std::vector<LevelReport> levels;
    LogEvidence evidence;                    ///< NaN without tempering
    std::vector<std::uint64_t> round_trips;  ///< of each ladder, since the burn-in
    double round_trip_rate = 0;              ///< per sweep and ladder
    double expected_round_trip_rate = 0;     ///< of levels that mix perfectly, with these rejections
    std::vector<std::uint64_t> evaluations;  ///< of each chain's likelihood, since it began
    std::vector<std::uint64_t> refused;      ///< of these neither finite nor −∞: rejected
    double seconds = 0;                      ///< of this process, spent in advance(): mean over ranks
    double likelihood_seconds = 0;           ///< of these in the likelihood
};

class Sampler {
  public:
    /// The communicator must outlive the sampler. InputError if a setting cannot be used. Ranks beyond the
    /// number of chains have nothing to do. Collective.
    Sampler(const Communicator& comm, const Settings& settings, LogLikelihood likelihood);

    const Settings& settings() const noexcept { return settings_; }
    const Ladder& ladder() const noexcept { return ladder_; }
    const Samples& samples() const noexcept { return samples_; }
    /// This rank's chains.
    const Chains& chains() const noexcept { return chains_; }
    bool finished() const noexcept { return sweep_ == settings_.all_sweeps(); }
    Progress progress() const;

    /// Sweeps until `seconds` have passed on rank 0 or `sweeps` are done, whichever is first; at least one unless all
    /// are done. Ranks meet at swaps and, while steps are adapted, once a sweep; plain chains meet now and then. An
    /// error of one rank's likelihood is thrown on all. Collective.
    void advance(double seconds, std::uint64_t sweeps = ~std::uint64_t{0});
    /// Advances to the end, calling `between` on every rank about every `seconds`, until it answers false (on every
    /// rank alike); it may communicate: checkpoint, progress, stop flag. Returns finished(). Collective.
    bool run(double seconds, const std::function<bool(const Progress&)>& between);

    /// Collective.
    Report report() const;

    /// Adds all chains, the ladder, the sums and the samples to a checkpoint. Collective.
    void save(io::CheckpointWriter& writer) const;
    /// Puts back what save() wrote, on any number of ranks; before the first advance. The settings and the likelihood
    /// must be those of the saved run (the checkpoint's deck hash tells). Collective.
    void restore(const io::Checkpoint& checkpoint);

  private:
    struct LevelSums {
        double accepted = 0, proposals = 0;
    };
    void sweep_once();
    void explore(std::uint64_t sweep);
    bool meets_after(std::uint64_t sweep) const noexcept;
    void exchange();
    void count_acceptance();
    void adapt_steps(std::uint64_t sweep);
    void adapt_references(std::uint64_t sweep);
    void add_evidence(std::uint64_t sweep);
    void forget_burn_in();
    void record();
    bool burning_in() const noexcept { return sweep_ < settings_.burn_in; }

    const Communicator& comm_;
    Settings settings_;
    Ladder ladder_;
    std::vector<Reference> references_;  // of each level
    ReferenceSums visited_;
    Swaps swaps_;
    EvidenceSums evidence_;
    Samples samples_;
    Chains chains_;
    std::vector<int> counts_, offsets_;  // of the numbers that each rank sends
    std::vector<double> sent_, received_;
    std::vector<double> log_likelihood_, accepted_, probability_;  // of all chains, at the last exchange
    std::vector<double> of_levels_;
    std::vector<Kernel> kernels_;
    std::vector<LevelSums> level_sums_;
    std::uint64_t sweep_ = 0, last_exchange_ = 0;
    bool begun_ = false;
    Clock clock_;              // of advance()
    double root_seconds_ = 0;  // what rank 0 read at the last exchange
    double seconds_ = 0;
    std::exception_ptr error_;
};

}  // namespace protolith::sampling
