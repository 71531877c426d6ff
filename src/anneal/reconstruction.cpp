#include "anneal/reconstruction.hpp"

#include "anneal/refine.hpp"

namespace protolith::anneal {

Reconstruction::Reconstruction(const Problem& problem, std::uint32_t item)
    : problem_(problem), random_(problem.settings().seed, RandomPurpose::anneal, item) {
    state_.item = item;
    const Extent extent = problem.settings().level_extent(0);
    begin_level(random_volume(extent, phase_voxels(problem.target(), extent), random_));
}

Reconstruction::Reconstruction(const Problem& problem, State state)
    : problem_(problem),
      state_(std::move(state)),
      random_(problem.settings().seed, RandomPurpose::anneal, state_.item) {
    const Settings& settings = problem.settings();
    require(state_.level < settings.levels, "the saved state of item {} is at level {}, the problem has {}",
            state_.item, state_.level, settings.levels);
    const Extent extent = settings.level_extent(state_.level);
    require(state_.volume.extent() == extent, "the saved state of item {} is {}, the problem is {}", state_.item,
            to_string(state_.volume.extent()), to_string(extent));
    random_.seek(state_.random_position);
    if (finished()) return;
    load_level();
    require(energy_->value() == state_.energy, "the saved state of item {} has energy {}, its volume {}", state_.item,
            state_.energy, energy_->value());
}

void Reconstruction::begin_level(PhaseVolume volume) {
    state_.volume = std::move(volume);
    state_.stage = 0;
    state_.temperature = problem_.settings().temperature_on(state_.volume.extent());
    state_.random_position = random_.position();
    load_level();
    state_.energy = energy_->value();
}

void Reconstruction::load_level() {
    candidates_.emplace(state_.volume, problem_.settings().selection);
    energy_.emplace(problem_, state_.level, state_.volume);
}

Outcome Reconstruction::outcome_of(const StageRecord& record) const {
    const Settings& settings = problem_.settings();
    if (record.energy < settings.threshold_on(state_.volume.extent())) return Outcome::energy_reached;
    if (record.acceptance < settings.acceptance_threshold) return Outcome::acceptance_low;
    if (record.stage + 1 >= settings.schedule.stages) return Outcome::stages_done;
    return Outcome::running;
}

const StageRecord& Reconstruction::run_stage() {
    require(!finished(), "item {} has no further stage", state_.item);
    const Settings& settings = problem_.settings();
    StageOrder order;
    order.trials = settings.trials_on(state_.volume.extent());
    order.temperature = state_.temperature;
    order.energy_threshold = settings.threshold_on(state_.volume.extent());
    order.block_acceptance = settings.block_acceptance;
    order.expected_acceptance = state_.stage == 0 ? 1.0 : state_.history.back().acceptance;

    candidates_->sort();
    const StageResult result = energy_->run(*candidates_, random_, order);
    energy_->verify(candidates_->volume(), state_.energy, result.energy);
    state_.volume = candidates_->volume();
    state_.energy = energy_->value();
    state_.random_position = random_.position();
    const double acceptance =  // a start below the threshold needs no trial
        result.trials == 0 ? 0.0 : static_cast<double>(result.accepted) / static_cast<double>(result.trials);
    state_.history.push_back(
        {state_.level, state_.stage, state_.temperature, state_.energy, acceptance, result.trials});

    const bool finest = state_.level + 1 == settings.levels;
    if (finest && (state_.best.size() == 0 || state_.energy < state_.best_energy)) {
        state_.best = state_.volume;
        state_.best_energy = state_.energy;
    }
    const Outcome outcome = outcome_of(state_.history.back());
    ++state_.stage;
    state_.temperature *= settings.schedule.cooling;
    if (outcome != Outcome::running && !finest) {
        ++state_.level;
        const Extent extent = settings.level_extent(state_.level);
        begin_level(refined(state_.volume, extent, phase_voxels(problem_.target(), extent), random_));
    } else {
        state_.outcome = outcome;
    }
    return state_.history.back();
}

std::size_t Reconstruction::memory() const {
    return sizeof *this + (candidates_ ? candidates_->memory() : 0) + (energy_ ? energy_->memory() : 0) +
           state_.volume.size() + state_.best.size() + state_.history.capacity() * sizeof(StageRecord);
}

}  // namespace protolith::anneal
