#include "inversion_chains.hpp"

#include "inversion_products.hpp"
#include "sampling/sample_file.hpp"

namespace protolith::jobs {

namespace {

/// The finished chains of inversion k, kept until the job is done.
std::filesystem::path finished_chains(run::Run& run, std::size_t k) {
    return run.directory().file(fmt::format("chains_{:02}.h5", k));
}

void save(run::Run& run, const std::filesystem::path& path, const sampling::Sampler& sampler, std::uint64_t sweeps) {
    io::CheckpointWriter writer(run.context.comm, path, run.provenance(), run.identity(), sweeps);
    sampler.save(writer);
    writer.commit();
}

class InversionRun {
  public:
    InversionRun(run::Run& run, const Surroundings& all)
        : run_(run),
          all_(all),
          settings_(sampler_settings(all.keys, all.generator.latent())),
          supervisor_(run, "Sampling", static_cast<double>(all.inversions() * settings_.all_sweeps()), "sweeps",
                      all.keys.checkpoint_interval, [this] { save_now(); }) {
        resumed_ = run.load_checkpoint();
    }

    Inversion invert(std::size_t k, Cost& cost) {
        const auto& comm = run_.context.comm;
        Inversion inversion;
        std::unique_ptr<elastic::Homogeniser<float>> homogeniser;
        std::unique_ptr<condition::ElasticPosterior> posterior;
        collectively(comm, [&] {
            homogeniser = std::make_unique<elastic::Homogeniser<float>>(all_.homogeniser(all_.wavelength_of(k)));
            inversion.wavelength = all_.wavelength_of(k);
            inversion.grid = homogeniser->grid();
            inversion.target = make_target(all_.keys, all_.images, all_.target_of(k), all_.generator, *homogeniser);
            const auto& observed = inversion.target.observed;
            posterior = std::make_unique<condition::ElasticPosterior>(
                all_.generator, *homogeniser,
                condition::Observation{{observed.begin(), observed.end()},
                                       inversion.target.error.weights(all_.keys.data_kind)});
        });
        number_ = k;
        auto settings = settings_;
        settings.seed = settings_.seed + k;
        sampling::Sampler sampler(comm, settings, std::cref(*posterior));
        sampler_ = &sampler;
        restore(k, sampler);
        sample(k, sampler);
        cost.evaluations += posterior->cost().evaluations;
        cost.generator_seconds += posterior->cost().generator_seconds;
        cost.elastic_seconds += posterior->cost().elastic_seconds;
        const auto timer = run_.context.timers.phase("images of the samples");
        derive_products(comm, all_.keys, sampler, all_.generator, *posterior, inversion);
        return inversion;
    }

  private:
    void restore(std::size_t k, sampling::Sampler& sampler) {
        if (!resumed_) return;
        const std::uint64_t before = resumed_->step() / settings_.all_sweeps();
        if (k == before && resumed_->step() % settings_.all_sweeps() > 0) sampler.restore(*resumed_);
        if (k >= before) return;
        const auto path = finished_chains(run_, k);
        const auto chains = io::load_checkpoint(run_.context.comm, path, run_.identity(),
                                                [&](const std::string& what) { run_.context.log.warning("{}", what); });
        collectively(run_.context.comm, [&] {
            require_input(chains.has_value(), "{}: no such file; the checkpoint to go on from needs it", path.string());
        });
        sampler.restore(*chains);
    }

    void sample(std::size_t k, sampling::Sampler& sampler) {
        const auto timer = run_.context.timers.phase("sample");
        auto file = io::ResultFile::create(
            run_.context.comm, run_.directory().file(fmt::format("posterior_{:02}.h5", k)), run_.provenance());
        sampling::SampleFile samples(file, sampler.settings(), sampler.samples());
        bool go_on = true;
        const bool fresh = !sampler.finished();
        sampler.run(0.5, [&](const sampling::Progress& progress) {
            samples.update();
            go_on = supervisor_.go_on(
                done(), fmt::format("inversion {} of {}, {}log L {:.4g}", k + 1, all_.inversions(),
                                    progress.burning_in ? "burn-in, " : "", progress.mean_log_likelihood));
            return go_on;
        });
        if (!go_on) supervisor_.stop();
        samples.update();
        file.complete();
        if (fresh) save(run_, finished_chains(run_, k), sampler, sampler.progress().sweep);
    }

    double done() const { return static_cast<double>(number_ * settings_.all_sweeps() + sampler_->progress().sweep); }
    void save_now() {
        if (sampler_->finished()) save(run_, finished_chains(run_, number_), *sampler_, sampler_->progress().sweep);
        save(run_, run_.directory().checkpoint(), *sampler_, static_cast<std::uint64_t>(done()));
    }

    run::Run& run_;
    const Surroundings& all_;
    sampling::Settings settings_;
    run::Supervisor supervisor_;
    std::optional<io::Checkpoint> resumed_;
    std::size_t number_ = 0;
    const sampling::Sampler* sampler_ = nullptr;
};

}  // namespace

elastic::HomogeniserSettings Surroundings::homogeniser(double wavelength) const {
    elastic::HomogeniserSettings s;
    s.image = {1, generator.rows(), generator.columns()};
    s.medium = keys.medium.medium();
    s.filter = keys.filter.filter;
    s.filter.wavelength = wavelength;
    s.solver.steps = static_cast<std::size_t>(keys.solver_steps);
    s.threads = threads;
    return s;
}

sampling::Settings sampler_settings(const InvertSettings& keys, std::size_t latent) {
    auto settings = keys.sampling.settings;
    settings.dimensions = latent;
    settings.seed = keys.seed;
    sampling::check(settings);
    return settings;
}

std::vector<Inversion> invert_all(run::Run& run, const Surroundings& all, Cost& cost) {
    InversionRun inversions(run, all);
    std::vector<Inversion> results;
    for (std::size_t k = 0; k < all.inversions(); ++k) results.push_back(inversions.invert(k, cost));
    return results;
}

void remove_chains(run::Run& run, std::size_t inversions) {
    for (std::size_t k = 0; k < inversions; ++k) io::remove_checkpoints(run.context.comm, finished_chains(run, k));
}

}  // namespace protolith::jobs
