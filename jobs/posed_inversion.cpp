#include "posed_inversion.hpp"

namespace protolith::jobs {

namespace {

condition::Observation observation(const Target& target, condition::DataKind kind) {
    return {{target.observed.begin(), target.observed.end()}, target.error.weights(kind)};
}

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

PosedInversion::PosedInversion(const Surroundings& all, std::size_t k)
    : homogeniser(all.homogeniser(all.wavelength_of(k))),
      target(make_target(all.keys, all.images, all.target_of(k), all.generator, homogeniser)),
      posterior(all.generator, homogeniser, observation(target, all.keys.data_kind)),
      sampling(sampler_settings(all.keys, all.generator.latent())) {
    sampling.seed += k;
}

sampling::Settings sampler_settings(const InvertSettings& keys, std::size_t latent) {
    auto settings = keys.sampling.settings;
    settings.dimensions = latent;
    settings.seed = keys.seed;
    sampling::check(settings);
    return settings;
}

}  // namespace protolith::jobs
