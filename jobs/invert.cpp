// protolith invert: from a smooth tomographic image to the ensemble of fine structures that explain it, by Markov
// chains in the latent space of a generator (GJI 2024, doi 10.1093/gji/ggae240).
#include "base/progress.hpp"
#include "inversion_chains.hpp"
#include "inversion_line.hpp"
#include "inversion_numbers.hpp"
#include "invert_report.hpp"
#include "jobs.hpp"
#include "models/wgan_memory.hpp"
#include "nn/fold.hpp"
#include "nn/initialise.hpp"
#include "train/draws.hpp"
#include "wgan_networks.hpp"

#include <algorithm>

namespace protolith::jobs {

namespace {

/// The generator of the weights, or for --check an untrained one of [network].
std::unique_ptr<condition::LatentImages> load_generator(const run::Run& run, const InvertSettings& keys, Queue& queue,
                                                        DataType type, models::WganGpSettings& settings) {
    require_input(
        !keys.weights.empty() || run.options.check,
        "weights is not set: a weights file of `protolith train wgan-gp` expected (only --check does without)");
    settings = keys.network.settings;
    if (!keys.weights.empty()) settings = wgan_settings(train::WeightsFile(keys.weights));
    models::validate(settings);
    const models::Generator generator(nn::Placement{queue, type}, settings);
    if (keys.weights.empty())
        nn::initialise(generator, keys.seed, models::generator_network);
    else
        train::WeightsFile(keys.weights).load(train::weights_of("generator", generator));
    return std::make_unique<condition::LatentImages>(nn::folded(generator), queue, type,
                                                     static_cast<std::size_t>(settings.latent),
                                                     static_cast<std::size_t>(keys.batch));
}

/// Evaluations per second over all ranks and how their time is spent, from two seconds of sweeps of as many chains as
/// each rank will have.
struct Rate {
    double evaluations = 0, generator_ms = 0, elastic_ms = 0;
};

Rate measure_rate(const Communicator& comm, const Surroundings& all, std::size_t inversions,
                  const sampling::Settings& settings) {
    Rate rate;
    collectively(comm, [&] {
        const elastic::Homogeniser<float> homogeniser(all.homogeniser(all.wavelengths.front()));
        condition::Components weights;
        weights.fill(1);
        const condition::ElasticPosterior posterior(all.generator, homogeniser,
                                                    {std::vector<float>(homogeniser.data_size(), 50.0F), weights});
        const auto ranks = static_cast<std::size_t>(comm.size());
        const std::size_t groups = group_count(static_cast<std::size_t>(all.keys.groups), inversions, ranks,
                                               settings.chains()),
                          of_group = std::max<std::size_t>(1, ranks / groups),
                          count = (settings.chains() + of_group - 1) / of_group, latent = all.generator.latent();
        std::vector<float> draws(count * latent);
        train::draw_normal(all.keys.seed, RandomPurpose::validation, 0, {0, count}, draws);
        const std::vector<double> states(draws.begin(), draws.end());
        std::vector<double> values(count), gradient(sampling::needs_gradient(settings.proposal) ? count * latent : 0);
        posterior({count, latent, states, values, gradient});  // prepares weights and plans
        const auto before = posterior.cost();
        const Clock clock;
        while (clock.seconds() < 2) posterior({count, latent, states, values, gradient});
        const auto done = static_cast<double>(posterior.cost().evaluations - before.evaluations);
        rate = {done / clock.seconds(), 1e3 * (posterior.cost().generator_seconds - before.generator_seconds) / done,
                1e3 * (posterior.cost().elastic_seconds - before.elastic_seconds) / done};
    });
    rate.evaluations = comm.sum(rate.evaluations);
    return rate;
}

void add_rate(const Rate& rate, double evaluations, run::Plan& plan) {
    plan.add("measured", fmt::format("{:.4g} evaluations/s over all ranks; an evaluation: generator {:.3g} ms, "
                                     "homogenization {:.3g} ms",
                                     rate.evaluations, rate.generator_ms, rate.elastic_ms));
    plan.add("expected", fmt::format("{:.3g} hours", evaluations / rate.evaluations / 3600));
}

run::Plan plan_of(const run::Run& run, const Surroundings& all, const models::WganGpSettings& network,
                  const sampling::Settings& s, DataType type, const Workplace& place) {
    const auto& keys = all.keys;
    const auto ranks = static_cast<std::size_t>(run.context.comm.size());
    const double inversions = static_cast<double>(keys.target.count) * static_cast<double>(all.wavelengths.size());
    run::Plan plan;
    plan.add("generator",
             fmt::format("{}, latent {}, {} × {} pixels", keys.weights.empty() ? "untrained" : keys.weights,
                         network.latent, network.image_size, network.image_size));
    for (const double wavelength : all.wavelengths) {
        const auto h = all.homogeniser(wavelength);
        elastic::check(h);
        const auto grid = elastic::half_wavelength_grid(h.image, h.filter);
        plan.add("data", fmt::format("λ0 = {:.4g} L: {} × {} points of {}", wavelength, grid.rows, grid.columns,
                                     keys.data_kind == condition::DataKind::isotropic ? "C11" : "six components"));
    }
    const auto groups =
        group_count(static_cast<std::size_t>(keys.groups), static_cast<std::size_t>(inversions), ranks, s.chains());
    plan.add("inversions", fmt::format("{:.0f}: {} targets at {} wavelengths, by {} groups of {:.0f} ranks", inversions,
                                       keys.target.count, all.wavelengths.size(), groups,
                                       static_cast<double>(ranks) / static_cast<double>(groups)));
    plan.add("chains", fmt::format("{}: {} × {} temperatures, {}", s.chains(), s.ladders, s.temperatures,
                                   sampling::name(s.proposal)));
    plan.add("sweeps", fmt::format("{} after {} of burn-in, {} evaluations in all", s.sweeps, s.burn_in,
                                   si(inversions * static_cast<double>(s.evaluations()))));
    plan.add("computed in", fmt::format("{}, {}", name_of(type), place.text()));
    const auto images = static_cast<double>(network.image_size * network.image_size);
    plan.memory_per_rank =
        static_cast<double>(models::generation_memory(network, type).of(keys.batch)) +
        (sampling::needs_gradient(s.proposal) ? 2.0 : 1.0) * 4 * 60 * images * static_cast<double>(keys.batch) +
        sampling::memory_per_rank(s, ranks) + 4 * images * static_cast<double>(keys.images) + place.beside();
    plan.files = {"result.h5",    "posterior_NN.h5", "report.html", "images_NN.png",
                  "summary.json", "status.json",     "log.txt",     "input.toml"};
    return plan;
}

void check_groups(const InvertSettings& keys, std::size_t wavelengths, const run::Run& run) {
    const auto inversions = keys.target.count * static_cast<std::int64_t>(wavelengths);
    require_input(keys.groups <= inversions, "groups = {}: more than the {} inversions", keys.groups, inversions);
    require_input(keys.groups <= run.context.comm.size() || run.options.check,
                  "groups = {}: more than the {} ranks that run", keys.groups, run.context.comm.size());
}

run::Summary summary_of(const Communicator& comm, const std::vector<Inversion>& inversions, const Cost& cost,
                        double seconds) {
    run::Summary summary;
    for (std::size_t k = 0; k < inversions.size(); ++k) {
        const auto& i = inversions[k];
        const std::string which = inversions.size() > 1 ? fmt::format(" of inversion {}", k) : "";
        summary.add("largest R-hat" + which, i.largest_r_hat(), "1");
        summary.add("mean pixel deviation" + which, i.mean_deviation(), "1");
    }
    const auto& of = cost.likelihood;
    const double evaluations = comm.sum(static_cast<double>(of.evaluations));
    summary.add("evaluations per second", evaluations / seconds, "1/s");
    summary.add("generator, per evaluation and rank", 1e3 * comm.sum(of.generator_seconds) / evaluations, "ms");
    summary.add("homogenization, per evaluation and rank", 1e3 * comm.sum(of.elastic_seconds) / evaluations, "ms");
    const double likelihood = comm.sum(of.generator_seconds + of.elastic_seconds);
    summary.add("rest of the sampler", 100 * std::max(0.0, 1 - likelihood / comm.sum(cost.sampler_seconds)), "%");
    if (!std::ranges::all_of(inversions, &Inversion::converged)) summary.status = "not converged";
    return summary;
}

void invert_body(const InvertSettings& keys, run::Run& run) {
    auto& context = run.context;
    const Workplace place = workplace(keys.compute, run);
    const DataType type = activation_type(keys.compute, place, context.log);
    models::WganGpSettings network;
    std::unique_ptr<condition::LatentImages> generator;
    const TargetImages none;
    run::Plan plan;
    const auto wavelengths =
        keys.wavelengths.empty() ? std::vector<double>{keys.filter.filter.wavelength} : keys.wavelengths;
    const int threads = place.queue->threads();
    sampling::Settings settings;
    collectively(context.comm, [&] {
        const auto timer = context.timers.phase("read weights");
        generator = load_generator(run, keys, *place.queue, type, network);
        check_targets(keys, *generator);
        check_lines(keys);
        settings = sampler_settings(keys, generator->latent());
        check_groups(keys, wavelengths.size(), run);
        for (const auto& result : keys.beside) read_numbers(result);  // what is wrong with it is said now
        plan = plan_of(run, {keys, *generator, none, wavelengths, threads}, network, settings, type, place);
    });
    if (run.options.check) {
        const std::size_t inversions = static_cast<std::size_t>(keys.target.count) * wavelengths.size();
        const auto rate =
            measure_rate(context.comm, {keys, *generator, none, wavelengths, threads}, inversions, settings);
        add_rate(rate, static_cast<double>(inversions) * static_cast<double>(settings.evaluations()), plan);
    }
    if (run.only_planned(plan)) return;
    run.open_directory();
    if (run.already_done()) return;

    TargetImages images;
    {
        const auto timer = context.timers.phase("closest fits");
        images = target_images(context.comm, keys, *generator);
    }
    const Surroundings all{keys, *generator, images, wavelengths, threads};
    Cost cost;
    const Clock clock;
    auto inversions = invert_all(run, all, cost);
    const double seconds = context.comm.max(clock.seconds());
    inversions.front().lines = walk_lines(run, all, inversions.front());
    write_inversions(run, all, inversions);
    const auto total = static_cast<double>(all.inversions() * settings.all_sweeps());
    run.interruptible([&] { report_inversions(run, all, inversions); }, [=] { return total; }, total,
                      [&] {
                          io::CheckpointWriter writer(context.comm, run.directory().checkpoint(), run.provenance(),
                                                      run.identity(), static_cast<std::uint64_t>(total));
                          writer.commit();
                      });
    io::remove_checkpoints(context.comm, run.directory().checkpoint());
    remove_chains(run, all.inversions());
    run.finish(summary_of(context.comm, inversions, cost, seconds), total);
}

}  // namespace

run::Job invert() {
    return run::make_job("invert", "fine structures that explain a smooth medium, by Markov chains", invert_body);
}

}  // namespace protolith::jobs
