// What a sampler tells of a run, and its checkpoints.
#include "sampling/sampler.hpp"

#include <limits>
#include <numeric>

namespace protolith::sampling {

namespace {

/// A number of each of this rank's chains, of all chains on every rank. Collective.
template <class Count>
std::vector<std::uint64_t> of_all_chains(const Communicator& comm, std::size_t chains, const Chains& mine,
                                         const Count& count) {
    std::vector<std::uint64_t> all(chains);
    for (std::size_t i = 0; i < mine.size(); ++i) all[mine.mine().first + i] = count(mine.counts(i));
    comm.sum_in_place(all.data(), all.size());
    return all;
}

}  // namespace

Report Sampler::report() const {
    Report r;
    const std::size_t levels = settings_.temperatures;
    const auto rejection = swaps_.rejection();
    const auto means = evidence_.mean_log_likelihood();
    for (std::size_t k = 0; k < levels; ++k) {
        const LevelSums& sums = level_sums_[k];
        r.levels.push_back({ladder_.beta[k], ladder_.step[k], sums.proposals > 0 ? sums.accepted / sums.proposals : 0,
                            k + 1 < levels ? rejection[k] : 0, means[k]});
    }
    r.evidence = evidence_.estimate(ladder_.beta);
    r.round_trips = swaps_.round_trips();
    const double sweeps = burning_in() ? 0 : static_cast<double>(sweep_ - settings_.burn_in);
    if (levels > 1 && sweeps > 0) {
        const auto trips = std::accumulate(r.round_trips.begin(), r.round_trips.end(), std::uint64_t{0});
        r.round_trip_rate = static_cast<double>(trips) / (sweeps * static_cast<double>(settings_.ladders));
        r.expected_round_trip_rate = expected_round_trip_rate(settings_.swaps, rejection);
    }
    r.evaluations = of_all_chains(comm_, settings_.chains(), chains_, [](const auto& c) { return c.evaluations; });
    r.refused = of_all_chains(comm_, settings_.chains(), chains_, [](const auto& c) { return c.refused; });
    const auto ranks = static_cast<double>(comm_.size());
    r.seconds = comm_.sum(seconds_) / ranks;
    r.likelihood_seconds = comm_.sum(chains_.likelihood_seconds()) / ranks;
    return r;
}

void Sampler::save(io::CheckpointWriter& writer) const {
    std::vector<double> acceptance;
    for (const LevelSums& sums : level_sums_) acceptance.insert(acceptance.end(), {sums.accepted, sums.proposals});
    writer.replicated("sweep", std::vector<std::uint64_t>{sweep_, begun_ ? std::uint64_t{1} : 0, samples_.draws()});
    writer.replicated("inverse_temperatures", ladder_.beta);
    writer.replicated("steps", ladder_.step);
    writer.replicated("swaps", swaps_.pack());
    writer.replicated("acceptance", acceptance);
    writer.replicated("evidence_sums", evidence_.pack());
    writer.replicated("last_log_likelihood", log_likelihood_);
    writer.replicated("visited", visited_.pack(comm_));
    std::vector<double> references;
    for (const auto& reference : references_) {
        const auto packed = reference.pack(settings_.dimensions);
        references.insert(references.end(), packed.begin(), packed.end());
    }
    writer.replicated("references", references);
    const std::vector<double> chains = chains_.pack();
    writer.items<double>("chains", settings_.chains(), chains_.mine(), {Chains::packed_size(settings_)}, chains);
    const std::vector<double> samples = samples_.pack();
    writer.items<double>("samples", settings_.ladders, samples_.mine(), {samples_.draws(), settings_.dimensions + 1},
                         samples);
}

void Sampler::restore(const io::Checkpoint& checkpoint) {
    collectively(comm_, [&] {
        require(!begun_, "a sampler was to be restored after sweep {}", sweep_);
        const auto sweep = checkpoint.replicated<std::uint64_t>("sweep");
        const auto acceptance = checkpoint.replicated<double>("acceptance");
        ladder_ = {checkpoint.replicated<double>("inverse_temperatures"), checkpoint.replicated<double>("steps")};
        require(sweep.size() == 3 && ladder_.beta.size() == settings_.temperatures &&
                    checkpoint.count("chains") == settings_.chains(),
                "the checkpoint holds {} chains of {} temperatures, the settings ask for {} of {}",
                checkpoint.count("chains"), ladder_.beta.size(), settings_.chains(), settings_.temperatures);
        sweep_ = last_exchange_ = sweep[0];
        begun_ = sweep[1] == 1;
        swaps_.unpack(checkpoint.replicated<double>("swaps"));
        evidence_.unpack(checkpoint.replicated<double>("evidence_sums"));
        log_likelihood_ = checkpoint.replicated<double>("last_log_likelihood");
        for (std::size_t k = 0; k < level_sums_.size(); ++k)
            level_sums_[k] = {acceptance.at(2 * k), acceptance.at(2 * k + 1)};
        visited_.unpack(comm_, checkpoint.replicated<std::int64_t>("visited"));
        const auto references = checkpoint.replicated<double>("references");
        const std::size_t each = Reference::packed_size(settings_.dimensions);
        require(references.size() == references_.size() * each, "the checkpoint's references hold {} numbers",
                references.size());
        for (std::size_t k = 0; k < references_.size(); ++k)
            references_[k] = Reference::unpacked(std::span(references).subspan(k * each, each), settings_.dimensions);
        chains_.unpack(checkpoint.items<double>("chains", chains_.mine()));
        samples_.unpack(sweep[2], checkpoint.items<double>("samples", samples_.mine()));
    });
}

}  // namespace protolith::sampling
