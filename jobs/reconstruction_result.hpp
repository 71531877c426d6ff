// What a batch of reconstructions leaves: images, energies, and the history of every one.
#pragma once

#include "anneal/batch.hpp"
#include "image_store.hpp"
#include "run/run.hpp"

namespace protolith::jobs {

class ReconstructionResult {
  public:
    /// Takes the best image of every item of this rank. Collective.
    ReconstructionResult(const Communicator& comm, const anneal::Batch& batch, const anneal::Problem& problem,
                         std::size_t count);

    const ImageStore& images() const noexcept { return store_; }
    /// Items of all ranks whose energy fell under the threshold.
    std::size_t converged() const noexcept { return converged_; }
    /// Energy of every item, on every rank.
    const std::vector<double>& energies() const noexcept { return energies_; }
    /// History of every item, on every rank.
    const std::vector<std::vector<anneal::StageRecord>>& history() const noexcept { return history_; }

    /// result.h5: phase, energy, outcome, histories, targets. Collective.
    void write(run::Run& run, const anneal::Problem& problem) const;

  private:
    ImageStore store_;
    std::vector<double> energies_;
    std::vector<std::vector<anneal::StageRecord>> history_;
    std::vector<std::uint8_t> outcomes_;
    std::size_t converged_ = 0;
};

}  // namespace protolith::jobs
