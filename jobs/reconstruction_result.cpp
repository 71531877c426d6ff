#include "reconstruction_result.hpp"

#include <cstring>

namespace protolith::jobs {

namespace {

/// The records of all items in item order, on every rank.
std::vector<std::vector<anneal::StageRecord>> gather(const Communicator& comm,
                                                     const std::vector<std::vector<anneal::StageRecord>>& mine) {
    std::string bytes;
    for (const auto& records : mine) {
        const std::uint64_t size = records.size();
        bytes.append(reinterpret_cast<const char*>(&size), sizeof size);
        bytes.append(reinterpret_cast<const char*>(records.data()), size * sizeof(anneal::StageRecord));
    }
    std::vector<std::vector<anneal::StageRecord>> all;
    for (const auto& part : comm.all_gather(bytes))
        for (std::size_t at = 0; at < part.size();) {
            std::uint64_t size = 0;
            std::memcpy(&size, part.data() + at, sizeof size);
            at += sizeof size;
            auto& records = all.emplace_back(size);
            std::memcpy(records.data(), part.data() + at, size * sizeof(anneal::StageRecord));
            at += size * sizeof(anneal::StageRecord);
        }
    return all;
}

template <class T, class F>
std::vector<T> column(const std::vector<std::vector<anneal::StageRecord>>& history, F&& field) {
    std::vector<T> values;
    for (std::size_t item = 0; item < history.size(); ++item)
        for (const auto& record : history[item]) values.push_back(static_cast<T>(field(item, record)));
    return values;
}

}  // namespace

ReconstructionResult::ReconstructionResult(const Communicator& comm, const anneal::Batch& batch,
                                           const anneal::Problem& problem, std::size_t count)
    : store_(comm, count, problem.settings().extent, 2) {
    std::vector<std::vector<anneal::StageRecord>> mine;
    std::uint64_t converged = 0;
    for (std::size_t item = store_.items().first; item < store_.items().last; ++item) {
        const auto* state = batch.state(item);
        require(state != nullptr && state->finished(), "reconstruction {} is not finished", item);
        const bool has_best = state->best.size() > 0;
        store_.add(has_best ? state->best : state->volume,
                   {has_best ? state->best_energy : state->energy, static_cast<double>(state->outcome)});
        mine.push_back(state->history);
        converged += state->outcome == anneal::Outcome::energy_reached;
    }
    converged_ = comm.sum(converged);
    history_ = gather(comm, mine);
    std::vector<double> energies(count, 0.0), outcomes(count, 0.0);
    for (std::size_t item = store_.items().first; item < store_.items().last; ++item) {
        energies[item] = store_.number(item, 0);
        outcomes[item] = store_.number(item, 1);
    }
    comm.sum_in_place(energies.data(), count);
    comm.sum_in_place(outcomes.data(), count);
    energies_ = std::move(energies);
    outcomes_.assign(outcomes.begin(), outcomes.end());
}

void ReconstructionResult::write(run::Run& run, const anneal::Problem& problem) const {
    const auto timer = run.context.timers.phase("write result");
    auto file = io::ResultFile::create(run.context.comm, run.directory().file("result.h5"), run.provenance());
    file.dimension("image", store_.total(), "number of the reconstruction");
    store_.write(file, "phase", "phase of interest");
    file.write("energy", {"image"}, energies_, {"1", "energy of the reconstruction", {}});
    file.write("outcome", {"image"}, outcomes_, {"1", "1 energy reached, 2 stages done, 3 acceptance low", {}});

    const auto items = column<std::uint32_t>(history_, [](std::size_t item, const auto&) { return item; });
    file.dimension("record", items.size(), "stage of a reconstruction");
    file.write("history_image", {"record"}, items, {"1", "number of the reconstruction", {}});
    file.write("history_level", {"record"},
               column<std::uint32_t>(history_, [](auto, const auto& s) { return s.level; }),
               {"1", "multigrid level, 0 the coarsest", {}});
    file.write("history_stage", {"record"},
               column<std::uint32_t>(history_, [](auto, const auto& s) { return s.stage; }), {"1", "stage", {}});
    file.write("history_temperature", {"record"},
               column<double>(history_, [](auto, const auto& s) { return s.temperature; }),
               {"1", "temperature of the stage", {}});
    file.write("history_energy", {"record"}, column<double>(history_, [](auto, const auto& s) { return s.energy; }),
               {"1", "energy at the end of the stage", {}});
    file.write("history_acceptance", {"record"},
               column<double>(history_, [](auto, const auto& s) { return s.acceptance; }),
               {"1", "accepted share of the trials", {}});
    file.write("history_trials", {"record"},
               column<std::uint64_t>(history_, [](auto, const auto& s) { return s.trials; }), {"1", "swaps tried", {}});

    const auto& settings = problem.settings();
    for (std::size_t t = 0; t < settings.terms.size(); ++t) {
        const std::string kind(anneal::to_string(settings.terms[t].kind)), axis = fmt::format("target/r_{}", t);
        const std::vector<double> curve(
            problem.target().curves[t].begin(),
            problem.target().curves[t].begin() + static_cast<std::ptrdiff_t>(settings.terms[t].range) + 1);
        file.dimension(axis, curve.size(), "distance (pixel)");
        file.write(fmt::format("target/{}_{}", kind, t), {axis}, curve,
                   {"1", "target of term " + std::to_string(t) + ": " + kind, {}});
    }
    file.complete();
    store_.write_sidecar(run.context.comm, run.directory().file("result.h5"), "phase");
}

}  // namespace protolith::jobs
