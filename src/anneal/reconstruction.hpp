// One reconstruction by simulated annealing (Yeong & Torquato 1998, Phys. Rev. E 57, 495): a pure function of problem
// and item, run stage by stage.
#pragma once

#include "anneal/energy.hpp"
#include "anneal/problem.hpp"
#include "anneal/state.hpp"

#include <memory>
#include <optional>

namespace protolith::anneal {

class Reconstruction {
  public:
    /// Starts item `item` from voxels drawn at random. The problem must outlive the reconstruction.
    Reconstruction(const Problem& problem, std::uint32_t item);
    /// Goes on from a saved state; throws Error when it does not belong to the problem.
    Reconstruction(const Problem& problem, State state);

    bool finished() const noexcept { return state_.finished(); }
    /// Runs the next stage, checks the counts, keeps the best configuration, and moves to a finer level when one is
    /// due. Throws Error when the running counts differ from the recount.
    const StageRecord& run_stage();
    const State& state() const noexcept { return state_; }
    /// The state of a finished reconstruction, without the working arrays.
    State take() && { return std::move(state_); }
    /// Bytes held.
    std::size_t memory() const;

  private:
    void begin_level(PhaseVolume volume);
    void load_level();
    Outcome outcome_of(const StageRecord& record) const;

    const Problem& problem_;
    State state_;
    RandomStream random_;
    std::optional<Candidates> candidates_;
    std::optional<Energy> energy_;
};

}  // namespace protolith::anneal
