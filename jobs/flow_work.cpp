#include "flow_work.hpp"

#include "flow/local_gas.hpp"
#include "flow/steady.hpp"
#include "flow_fields.hpp"
#include "run/supervisor.hpp"

#include <cstring>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

namespace protolith::jobs {

namespace {

template <class T>
std::string bytes_of(const std::vector<T>& values) {
    return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

template <class T>
std::vector<T> values_of(const std::string& bytes) {
    std::vector<T> values(bytes.size() / sizeof(T));
    if (!bytes.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
}

/// The part of the flows that this rank's group computes.
template <class T>
class GroupWork {
  public:
    GroupWork(run::Run& run, const FlowSettings& keys, const std::vector<Rock>& rocks,
              const std::vector<FlowCase>& cases, const std::vector<PoreSizes>& sizes)
        : run_(run),
          keys_(keys),
          rocks_(rocks),
          cases_(cases),
          group_number_(static_cast<std::size_t>(run.context.comm.rank()) * groups() /
                        static_cast<std::size_t>(run.context.comm.size())),
          group_(Communicator::split(run.context.comm, static_cast<int>(group_number_))),
          provenance_(run.provenance()) {
        const std::size_t n = cases.size(), each = n / groups(), more = n % groups();
        const std::size_t first = group_number_ * each + std::min(group_number_, more);
        mine_ = {first, first + each + (group_number_ < more ? 1 : 0)};
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            Block block;  // empty, if none of this group's flows needs these sizes
            for (std::size_t k = mine_.first; k < mine_.last; ++k)
                if (cases[k].sizes == i)
                    block = decomposition(cases[k].rock).blocks[static_cast<std::size_t>(group_.rank())];
            sizes_.push_back(pore_sizes_in(run.context.comm, sizes[i], block));
        }
    }

    /// Computes for a moment; false when nothing is left. Collective over the group.
    bool next() {
        constexpr double moment = 0.5;  // s
        if (!solver_ && !begin()) return false;
        flow::SteadyCriteria criteria;
        criteria.tolerance = keys_.convergence.tolerance;
        criteria.max_steps = static_cast<std::uint64_t>(keys_.convergence.max_steps);
        criteria.viscous_time = viscous_time_;
        const Clock clock;
        auto steady = flow::run_until_steady(*solver_, criteria, [&](const flow::Look&) {
            return group_.any(group_.is_root() && clock.seconds() > moment);
        });
        seconds_ += steady.seconds;
        change_ = steady.last.change;
        if (steady.converged || steady.last.steps >= criteria.max_steps) finish(steady);
        return true;
    }

    /// Flows that this group has finished, counted once.
    double done() const { return group_.is_root() ? static_cast<double>(outcomes_.size()) : 0; }
    std::uint64_t steps() const { return solver_ ? solver_->steps() : 0; }
    double change() const { return change_; }

    void save() const {
        const auto& comm = run_.context.comm;
        io::CheckpointWriter writer(comm, run_.directory().checkpoint(), run_.provenance(), run_.identity(), steps());
        writer.replicated("layout", layout());
        std::vector<std::string> finished;
        const ItemRange held = group_.is_root() ? mine_ : ItemRange{mine_.first, mine_.first};
        for (std::size_t k = held.first; k < held.last; ++k) {
            const auto at = outcomes_.find(k);
            finished.push_back(at == outcomes_.end() ? "" : bytes_of(at->second.packed()));
        }
        writer.blobs("flows", cases_.size(), held, finished);
        const auto rank = static_cast<std::size_t>(comm.rank()), ranks = static_cast<std::size_t>(comm.size());
        const std::vector<std::uint64_t> state{current(), steps()};
        writer.items("state", ranks, {rank, rank + 1}, {2}, std::span<const std::uint64_t>(state));
        const std::vector<std::string> populations{solver_ ? bytes_of(solver_->populations()) : ""};
        writer.blobs("populations", ranks, {rank, rank + 1}, populations);
        writer.commit();
    }

    void restore(const io::Checkpoint& checkpoint) {
        const auto finished = checkpoint.blobs("flows", mine_);
        for (std::size_t k = mine_.first; k < mine_.last; ++k)
            if (!finished[k - mine_.first].empty())
                outcomes_[k] = FlowOutcome::unpacked(values_of<double>(finished[k - mine_.first]));
        if (checkpoint.replicated<std::uint64_t>("layout") != layout()) {
            run_.context.log.warning("The checkpoint is of {} ranks: flows that had not ended begin anew",
                                     checkpoint.replicated<std::uint64_t>("layout").front());
            return;
        }
        const auto rank = static_cast<std::size_t>(run_.context.comm.rank());
        const auto state = checkpoint.items<std::uint64_t>("state", {rank, rank + 1});
        if (state[1] > 0 && state[0] == current() && begin())
            solver_->restore(values_of<T>(checkpoint.blobs("populations", {rank, rank + 1}).front()), state[1]);
        first_step_ = steps();
    }

    /// The outcomes of all groups, in order. Collective over all ranks.
    std::vector<FlowOutcome> all() const {
        std::vector<FlowOutcome> outcomes(cases_.size());
        for (std::size_t k = 0; k < cases_.size(); ++k) {
            const auto at = outcomes_.find(k);
            const bool here = group_.is_root() && at != outcomes_.end();
            for (const auto& bytes : run_.context.comm.all_gather(here ? bytes_of(at->second.packed()) : ""))
                if (!bytes.empty()) outcomes[k] = FlowOutcome::unpacked(values_of<double>(bytes));
        }
        return outcomes;
    }

  private:
    std::size_t groups() const { return static_cast<std::size_t>(keys_.groups); }
    std::vector<std::uint64_t> layout() const {
        return {static_cast<std::uint64_t>(run_.context.comm.size()), groups()};
    }
    /// The first flow that has not ended.
    std::size_t current() const { return mine_.first + outcomes_.size(); }

    const flow::Decomposition& decomposition(std::size_t rock) {
        auto& kept = decompositions_[rock];
        if (kept.blocks.empty()) kept = flow::decompose(group_, rocks_[rock].extent, rocks_[rock].read);
        return kept;
    }

    bool begin() {
        if (current() == mine_.last) return false;
        const auto& flow = cases_[current()];
        const auto& rock = rocks_[flow.rock];
        solver_.emplace(group_, decomposition(flow.rock), rock.read, flow.settings);
        viscous_time_ = flow::viscous_time(*solver_);
        if (flow.sizes) relax_locally(flow, rock.voxel_size);
        seconds_ = 0;
        first_step_ = 0;
        say_blocks(flow);
        return true;
    }

    void relax_locally(const FlowCase& flow, double voxel_size) {
        flow::LocalRelaxation times;
        collectively(group_, [&] {
            times =
                flow::local_relaxation(solver_->sites(), sizes_[*flow.sizes], flow.free_path / voxel_size,
                                       keys_.slip.mean_free_path, flow::slip_coefficients(keys_.slip.accommodation));
        });
        solver_->relax_locally(times);
        // Shorter free paths lower the viscosity, and what it carries takes longer.
        const double sum = group_.sum(std::accumulate(times.even.begin(), times.even.end(), 0.0));
        const double mean = sum / static_cast<double>(solver_->sites().volume_sites);
        viscous_time_ *= flow::viscosity(flow.settings.relaxation_time) / flow::viscosity(mean);
    }

    void say_blocks(const FlowCase& flow) {
        const auto& parts = decomposition(flow.rock);
        const double crossing = group_.max(static_cast<double>(solver_->crossing()));
        const auto& log = run_.context.log;
        log.info("{}: {}", flow.label, to_string(parts));
        if (parts.blocks.size() == 1 || std::exchange(said_, flow.rock) == flow.rock) return;
        for (std::size_t r = 0; r < std::min<std::size_t>(parts.blocks.size(), 16); ++r)
            log.info("  block {}: {}, {} pore voxels, {} in the halo", r, to_string(parts.blocks[r]), parts.pores[r],
                     parts.halo[r]);
        log.info("  at most {:.0f} populations of a block cross in a step", crossing);
    }

    void finish(flow::SteadyResult& steady) {
        const auto& flow = cases_[current()];
        const auto& rock = rocks_[flow.rock];
        const Scales scales = scales_of(keys_, flow, rock);
        const auto fields = solver_->fields();
        steady.mlups = 1e-6 * static_cast<double>(solver_->sites().volume_sites) *
                       static_cast<double>(solver_->steps() - first_step_) / std::max(seconds_, 1e-9);
        auto outcome = measure_flow(*solver_, fields, flow, rock, keys_.fluid.viscosity, scales, steady);
        if (keys_.output.fields)
            write_fields<T>(group_, run_.directory().file(fields_file(current())), provenance_, solver_->sites().block,
                            fields, flow, rock, scales);
        outcomes_[current()] = std::move(outcome);
        solver_.reset();
    }

    run::Run& run_;
    const FlowSettings& keys_;
    const std::vector<Rock>& rocks_;
    const std::vector<FlowCase>& cases_;
    std::size_t group_number_;
    Communicator group_;
    io::Provenance provenance_;
    ItemRange mine_;
    std::map<std::size_t, flow::Decomposition> decompositions_;  // of rocks
    std::vector<Volume<float>> sizes_;                           // in this rank's block; empty where not needed
    std::optional<std::size_t> said_;                            // the rock whose blocks were said
    std::map<std::size_t, FlowOutcome> outcomes_;
    std::optional<flow::Solver<T>> solver_;
    double viscous_time_ = 0, seconds_ = 0, change_ = 0;
    std::uint64_t first_step_ = 0;
};

template <class T>
std::vector<FlowOutcome> compute(run::Run& run, const FlowSettings& keys, const std::vector<Rock>& rocks,
                                 const std::vector<FlowCase>& cases, const std::vector<PoreSizes>& sizes) {
    const auto& comm = run.context.comm;
    GroupWork<T> work(run, keys, rocks, cases, sizes);
    if (const auto checkpoint = run.load_checkpoint()) work.restore(*checkpoint);
    const auto timer = run.context.timers.phase("flow");
    run::Supervisor supervisor(run, "Flow", static_cast<double>(cases.size()), "flows", keys.checkpoint_interval,
                               [&] { work.save(); });
    while (true) {
        bool more = false;
        try {
            more = work.next();
        } catch (const flow::Diverged& e) {
            const auto& kept = run.directory().checkpoint();
            throw Error(fmt::format("{}{}", e.what(),
                                    std::filesystem::exists(kept) ? "; the last good checkpoint is " + kept.string()
                                                                  : "; there was no checkpoint yet"));
        }
        if (!comm.any(more)) break;
        const auto detail = fmt::format("step {}, change {:.2e}", work.steps(), work.change());
        if (!supervisor.go_on(comm.sum(work.done()), detail)) supervisor.stop();
    }
    return work.all();
}

}  // namespace

std::string fields_file(std::size_t flow) { return fmt::format("fields_{:02}.h5", flow); }

std::vector<FlowOutcome> compute_flows(run::Run& run, const FlowSettings& keys, const std::vector<Rock>& rocks,
                                       const std::vector<FlowCase>& cases, const std::vector<PoreSizes>& sizes) {
    return keys.lattice.precision == LatticeKeys::Precision::float64 ? compute<double>(run, keys, rocks, cases, sizes)
                                                                     : compute<float>(run, keys, rocks, cases, sizes);
}

}  // namespace protolith::jobs
