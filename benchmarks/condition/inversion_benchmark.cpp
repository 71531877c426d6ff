// Proposals per second of the whole inversion and its parts, one core: the paper's size (45.5 million parameters of the
// generator, 128², bfloat16, 16 chains; GJI 2024, ggae240) and the narrow one of inputs/train_mantle_64.toml. Networks
// are untrained: their arithmetic is that of trained ones. To reach: generator 6 ms an image on a core with AMX, rest
// of the sampler below 2 %. "hours" are those of 16 chains of 100,000 states on two cores at this rate each.
#include "condition/elastic_posterior.hpp"
#include "models/wgan_gp.hpp"
#include "nn/fold.hpp"
#include "nn/initialise.hpp"
#include "sampling/sampler.hpp"

#include <benchmark/benchmark.h>

namespace protolith::condition {
namespace {

const Communicator& alone() {
    static const MpiEnvironment environment(nullptr, nullptr);
    static const Communicator communicator;
    return communicator;
}

constexpr std::size_t batch = 8;  // half of the 16 chains, as on two ranks

models::WganGpSettings network(std::int64_t size, std::int64_t width) {
    models::WganGpSettings s;
    s.variant = models::WganVariant::mantle;
    s.image_size = size;
    s.latent = 30;
    s.width = width;
    return s;
}

sampling::Settings chains(sampling::Proposal proposal) {
    sampling::Settings s;
    s.dimensions = 30;
    s.ladders = 2;
    s.temperatures = 8;
    s.proposal = proposal;
    s.burn_in = 40;
    s.sweeps = 1'000'000;
    return s;
}

void inversion(benchmark::State& bench, std::int64_t size, std::int64_t width, DataType type,
               sampling::Proposal proposal) {
    Queue queue;
    const auto settings = network(size, width);
    const models::Generator generator(nn::Placement{queue, type}, settings);
    nn::initialise(generator, 1, models::generator_network);
    const LatentImages images(nn::folded(generator), queue, type, 30, batch);
    elastic::HomogeniserSettings medium;
    medium.image = {1, images.rows(), images.columns()};
    medium.filter.wavelength = 0.2;
    medium.solver.steps = 2;
    const elastic::Homogeniser<float> homogeniser(medium);
    const std::vector<double> truth(30, 0.3);
    Components weights;
    weights.fill(0.01);
    const ElasticPosterior posterior(images, homogeniser,
                                     {stiffness_of_images(homogeniser, images.images(truth), batch), weights});
    sampling::Sampler sampler(alone(), chains(proposal), std::cref(posterior));
    sampler.advance(1e9, sampler.settings().burn_in);  // weights packed, plans made, steps near their acceptance
    const auto cost = posterior.cost();
    const double before = sampler.report().seconds;
    for (auto _ : bench) sampler.advance(4);
    const double seconds = sampler.report().seconds - before;
    const auto evaluations = static_cast<double>(posterior.cost().evaluations - cost.evaluations);
    const double of_generator = posterior.cost().generator_seconds - cost.generator_seconds,
                 of_elastic = posterior.cost().elastic_seconds - cost.elastic_seconds;
    bench.counters["proposals/s"] = evaluations / seconds;
    bench.counters["generator, ms"] = 1e3 * of_generator / evaluations;
    bench.counters["homogenization, ms"] = 1e3 * of_elastic / evaluations;
    bench.counters["rest, %"] = 100 * (1 - (of_generator + of_elastic) / seconds);
    bench.counters["hours"] = 16 * 100'000 / (2 * evaluations / seconds) / 3600;
}

using sampling::Proposal;
BENCHMARK_CAPTURE(inversion, narrow_float32_pcn, 64, 32, DataType::float32, Proposal::pcn)->Iterations(1);
BENCHMARK_CAPTURE(inversion, narrow_float32_infinity_mala, 64, 32, DataType::float32, Proposal::infinity_mala)
    ->Iterations(1);
BENCHMARK_CAPTURE(inversion, paper_float32_pcn, 128, 128, DataType::float32, Proposal::pcn)->Iterations(1);
BENCHMARK_CAPTURE(inversion, paper_bfloat16_pcn, 128, 128, DataType::bfloat16, Proposal::pcn)->Iterations(1);
BENCHMARK_CAPTURE(inversion, paper_bfloat16_infinity_mala, 128, 128, DataType::bfloat16, Proposal::infinity_mala)
    ->Iterations(1);

}  // namespace
}  // namespace protolith::condition

BENCHMARK_MAIN();
