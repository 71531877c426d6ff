// The chains of one inversion after the other, with samples into a file as they come, and checkpoints.
#pragma once

#include "inversion_targets.hpp"
#include "run/supervisor.hpp"

namespace protolith::jobs {

/// What all inversions of a job share.
struct Surroundings {
    const InvertSettings& keys;
    const condition::LatentImages& generator;
    const TargetImages& images;
    std::vector<double> wavelengths;
    int threads;

    std::size_t inversions() const noexcept { return images.labels.size() * wavelengths.size(); }
    /// Targets first: inversion k is target k % targets at wavelength k / targets.
    std::size_t target_of(std::size_t k) const noexcept { return k % images.labels.size(); }
    double wavelength_of(std::size_t k) const noexcept { return wavelengths[k / images.labels.size()]; }
    elastic::HomogeniserSettings homogeniser(double wavelength) const;
};

/// Seconds that the parts of a likelihood took on this rank, and evaluations.
using Cost = condition::PosteriorCost;

/// Chains of all inversions: posterior_NN.h5 of each is complete at the end. Throws StoppedEarly with a checkpoint on
/// disk when the run is to stop. Collective.
std::vector<Inversion> invert_all(run::Run& run, const Surroundings& all, Cost& cost);

/// Removes the finished chains, which are kept for restarts until the job is done. Collective.
void remove_chains(run::Run& run, std::size_t inversions);

/// The sampler's settings for a latent of this size.
sampling::Settings sampler_settings(const InvertSettings& keys, std::size_t latent);

}  // namespace protolith::jobs
