// From samples of a posterior to images, spectra and fits.
#pragma once

#include "inversion.hpp"

namespace protolith::jobs {

/// Fills everything of `inversion` that follows from its target and the sampler's draws. Numbers over ranks are sums of
/// whole numbers: the same on any number of ranks. Collective.
void derive_products(const Communicator& comm, const InvertSettings& keys, const sampling::Sampler& sampler,
                     const condition::LatentImages& generator, const condition::ElasticPosterior& posterior,
                     Inversion& inversion);

}  // namespace protolith::jobs
