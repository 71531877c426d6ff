#include "inversion_chains.hpp"

#include "inversion_products.hpp"
#include "run/supervisor.hpp"
#include "sampling/sample_file.hpp"

#include <algorithm>

namespace protolith::jobs {

namespace {

std::string chains_file(std::size_t k) { return fmt::format("chains_{:02}.h5", k); }

/// Inversion k as it is posed, on every rank. Collective.
std::unique_ptr<PosedInversion> pose(const Communicator& comm, const Surroundings& all, std::size_t k) {
    std::unique_ptr<PosedInversion> posed;
    collectively(comm, [&] { posed = std::make_unique<PosedInversion>(all, k); });
    return posed;
}

/// Inversion k while its chains run on a group of ranks.
struct Current {
    Current(const Communicator& group, std::size_t k, std::unique_ptr<PosedInversion> of,
            const std::filesystem::path& samples_to, const io::Provenance& provenance)
        : number(k),
          posed(std::move(of)),
          sampler(group, posed->sampling, std::cref(posed->posterior)),
          file(io::ResultFile::create(group, samples_to, provenance)),
          samples(file, posed->sampling, sampler.samples()) {}

    std::size_t number;
    std::unique_ptr<PosedInversion> posed;
    sampling::Sampler sampler;
    io::ResultFile file;
    sampling::SampleFile samples;
};

/// The inversions that this rank's group samples.
class GroupChains {
  public:
    GroupChains(run::Run& run, const Surroundings& all, std::size_t groups)
        : run_(run),
          all_(all),
          group_(Communicator::split(run.context.comm, static_cast<int>(number_of(run.context.comm, groups)))),
          provenance_(run.provenance()),
          next_(0),
          last_(0) {
        const std::size_t number = number_of(run.context.comm, groups), n = all.inversions();
        next_ = number * n / groups;
        last_ = (number + 1) * n / groups;
    }

    /// Goes on from chains beside this checkpoint; before the first next(). Each rank for itself.
    void resume(const io::Checkpoint& checkpoint) { chains_from_ = checkpoint.path().parent_path(); }

    /// Samples for a moment; false when nothing is left. Collective over the group.
    bool next() {
        constexpr double moment = 0.5;  // s
        if (!current_ && next_ == last_) return false;
        if (!current_) begin();
        if (!current_->sampler.finished()) current_->sampler.advance(moment);
        current_->samples.update();
        if (current_->sampler.finished()) finish();
        return true;
    }

    /// Sweeps of this group, counted once.
    double done() const {
        const auto here = static_cast<double>(finished_sweeps_ + (current_ ? current_->sampler.progress().sweep : 0));
        return group_.is_root() ? here : 0;
    }
    std::string detail() const {
        if (!current_) return "";
        const auto progress = current_->sampler.progress();
        return fmt::format("inversion {} of {}, {}log L {:.4g}", current_->number + 1, all_.inversions(),
                           progress.burning_in ? "burn-in, " : "", progress.mean_log_likelihood);
    }
    const Cost& cost() const noexcept { return cost_; }

    /// The chains at hand, in one file that takes its name at once. Collective over the group.
    void save() const {
        if (!current_) return;
        const auto& sampler = current_->sampler;
        io::CheckpointWriter writer(group_, run_.directory().file(chains_file(current_->number)), provenance_,
                                    run_.identity(), sampler.progress().sweep);
        sampler.save(writer);
        writer.commit();
    }

  private:
    static std::size_t number_of(const Communicator& comm, std::size_t groups) {
        return static_cast<std::size_t>(comm.rank()) * groups / static_cast<std::size_t>(comm.size());
    }

    void begin() {
        const std::size_t k = next_++;
        current_ = std::make_unique<Current>(group_, k, pose(group_, all_, k),
                                             run_.directory().file(fmt::format("posterior_{:02}.h5", k)), provenance_);
        if (!chains_from_) return;
        const auto chains = io::load_checkpoint(group_, *chains_from_ / chains_file(k), run_.identity(),
                                                [&](const std::string& what) { run_.context.log.warning("{}", what); });
        if (chains) current_->sampler.restore(*chains);
    }

    void finish() {
        current_->file.complete();
        save();
        const auto& here = current_->posed->posterior.cost();
        cost_.likelihood.evaluations += here.evaluations;
        cost_.likelihood.generator_seconds += here.generator_seconds;
        cost_.likelihood.elastic_seconds += here.elastic_seconds;
        cost_.sampler_seconds += current_->sampler.report().seconds;
        finished_sweeps_ += current_->sampler.progress().sweep;
        current_.reset();
    }

    run::Run& run_;
    const Surroundings& all_;
    Communicator group_;
    io::Provenance provenance_;
    std::size_t next_, last_;
    std::optional<std::filesystem::path> chains_from_;
    std::unique_ptr<Current> current_;
    std::uint64_t finished_sweeps_ = 0;
    Cost cost_;
};

void sample_all(run::Run& run, const Surroundings& all, Cost& cost) {
    const auto& comm = run.context.comm;
    const auto settings = sampler_settings(all.keys, all.generator.latent());
    GroupChains chains(run, all,
                       group_count(static_cast<std::size_t>(all.keys.groups), all.inversions(),
                                   static_cast<std::size_t>(comm.size()), settings.chains()));
    if (const auto checkpoint = run.load_checkpoint()) chains.resume(*checkpoint);
    const auto timer = run.context.timers.phase("sample");
    const auto sum = [&] { return comm.sum(chains.done()); };
    run::Supervisor supervisor(run, "Sampling", static_cast<double>(all.inversions() * settings.all_sweeps()), "sweeps",
                               all.keys.checkpoint_interval, [&] {
                                   collectively(comm, [&] { chains.save(); });
                                   io::CheckpointWriter marks(comm, run.directory().checkpoint(), run.provenance(),
                                                              run.identity(), static_cast<std::uint64_t>(sum()));
                                   marks.commit();
                               });
    while (true) {
        bool more = false;
        collectively(comm, [&] { more = chains.next(); });
        if (!comm.any(more)) break;
        if (!supervisor.go_on(sum(), chains.detail())) supervisor.stop();
    }
    cost = chains.cost();
}

/// Everything that is told of inversion k, from its finished chains.
Inversion finished_inversion(run::Run& run, const Surroundings& all, std::size_t k) {
    const auto& comm = run.context.comm;
    const auto timer = run.context.timers.phase("images of the samples");
    const auto posed = pose(comm, all, k);
    sampling::Sampler sampler(comm, posed->sampling, std::cref(posed->posterior));
    const auto path = run.directory().file(chains_file(k));
    const auto chains = io::load_checkpoint(comm, path, run.identity(),
                                            [&](const std::string& what) { run.context.log.warning("{}", what); });
    require(chains.has_value(), "{}: the chains that have just been written are not there", path.string());
    sampler.restore(*chains);
    Inversion inversion;
    inversion.wavelength = all.wavelength_of(k);
    inversion.width = static_cast<double>(all.generator.columns());
    inversion.grid = posed->homogeniser.grid();
    inversion.target = posed->target;
    derive_products(comm, all.keys, sampler, all.generator, posed->posterior, inversion);
    return inversion;
}

}  // namespace

std::size_t group_count(std::size_t asked, std::size_t inversions, std::size_t ranks, std::size_t chains) {
    if (asked > 0) return asked;
    const auto time = [&](std::size_t groups) {
        const std::size_t one_after_another = (inversions + groups - 1) / groups;
        return static_cast<double>(one_after_another) / static_cast<double>(std::min(ranks / groups, chains));
    };
    std::size_t best = 1;
    for (std::size_t groups = 2; groups <= std::min(inversions, ranks); ++groups)
        if (time(groups) <= time(best)) best = groups;
    return best;
}

std::vector<Inversion> invert_all(run::Run& run, const Surroundings& all, Cost& cost) {
    sample_all(run, all, cost);
    std::vector<Inversion> results;
    for (std::size_t k = 0; k < all.inversions(); ++k) results.push_back(finished_inversion(run, all, k));
    return results;
}

void remove_chains(run::Run& run, std::size_t inversions) {
    for (std::size_t k = 0; k < inversions; ++k)
        io::remove_checkpoints(run.context.comm, run.directory().file(chains_file(k)));
}

}  // namespace protolith::jobs
