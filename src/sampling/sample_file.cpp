#include "sampling/sample_file.hpp"

#include <algorithm>

namespace protolith::sampling {

namespace {

constexpr std::size_t chunk_bytes = 256 << 10;

std::size_t draws_of_chunk(const Settings& s) {
    const std::size_t fit = std::max<std::size_t>(1, chunk_bytes / (s.dimensions * sizeof(double)));
    return std::clamp<std::size_t>(s.draws(), 1, fit);
}

io::Dataset<double> states_dataset(io::ResultFile& file, const Settings& s, std::size_t chunk) {
    file.dimension("posterior/ladder", s.ladders, "ladder of temperatures, or chain");
    file.dimension("posterior/draw", s.draws(), "recorded state after the burn-in");
    file.dimension("posterior/latent", s.dimensions, "latent variable");
    io::Attributes attributes{"1", "samples of the posterior", {}};
    attributes.extra.emplace_back("sweeps_per_draw", std::uint64_t{s.thin});
    return file.dataset<double>("posterior/samples", {"ladder", "draw", "latent"}, attributes,
                                {1, chunk, s.dimensions});
}

}  // namespace

SampleFile::SampleFile(io::ResultFile& file, const Settings& s, const Samples& samples)
    : samples_(samples),
      all_draws_(s.draws()),
      burn_in_draws_(s.burn_in_draws()),
      chunk_(draws_of_chunk(s)),
      states_(states_dataset(file, s, chunk_)),
      log_likelihood_(file.dataset<double>("posterior/log_likelihood", {"ladder", "draw"},
                                           {"1", "log-likelihood of the samples", {}}, {1, chunk_})),
      log_posterior_(file.dataset<double>("posterior/log_posterior", {"ladder", "draw"},
                                          {"1", "log-likelihood − |z|²/2 of the samples", {}}, {1, chunk_})) {
    if (burn_in_draws_ == 0) return;
    file.dimension("posterior/burn_in_draw", burn_in_draws_, "recorded state of the burn-in");
    burn_in_.push_back(file.dataset<double>("posterior/burn_in_log_posterior", {"ladder", "burn_in_draw"},
                                            {"1", "log-likelihood − |z|²/2 in the burn-in", {}}));
}

void SampleFile::update() {
    if (!burn_in_written_ && samples_.draws() >= burn_in_draws_) write_burn_in();
    const std::size_t there = samples_.draws() - std::min(samples_.draws(), burn_in_draws_);
    const std::size_t whole = there == all_draws_ ? there : there / chunk_ * chunk_;
    for (; written_ < whole; written_ = std::min(written_ + chunk_, whole))
        write(written_, std::min(written_ + chunk_, whole));
}

void SampleFile::write_burn_in() {
    burn_in_written_ = true;
    if (burn_in_.empty()) return;
    const ItemRange mine = samples_.mine();
    std::vector<double> values;
    for (std::size_t ladder = mine.first; ladder < mine.last; ++ladder)
        for (std::size_t draw = 0; draw < burn_in_draws_; ++draw)
            values.push_back(samples_.log_posterior(ladder, draw));
    burn_in_.front().write({mine.first, 0}, {mine.size(), mine.size() > 0 ? burn_in_draws_ : 0}, values.data());
}

void SampleFile::write(std::size_t first, std::size_t last) {
    const ItemRange mine = samples_.mine();
    std::vector<double> states, likelihoods, posteriors;
    for (std::size_t ladder = mine.first; ladder < mine.last; ++ladder)
        for (std::size_t draw = burn_in_draws_ + first; draw < burn_in_draws_ + last; ++draw) {
            const auto z = samples_.state(ladder, draw);
            states.insert(states.end(), z.begin(), z.end());
            likelihoods.push_back(samples_.log_likelihood(ladder, draw));
            posteriors.push_back(samples_.log_posterior(ladder, draw));
        }
    const std::size_t draws = mine.size() > 0 ? last - first : 0;
    states_.write({mine.first, first, 0}, {mine.size(), draws, samples_.dimensions()}, states.data());
    log_likelihood_.write({mine.first, first}, {mine.size(), draws}, likelihoods.data());
    log_posterior_.write({mine.first, first}, {mine.size(), draws}, posteriors.data());
}

}  // namespace protolith::sampling
