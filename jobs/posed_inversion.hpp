// An inversion as it is posed: a target's data at one wavelength, and the posterior that they leave.
#pragma once

#include "inversion_targets.hpp"

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

/// Inversion k, without its chains. What it refers to must outlive it. Every rank by itself.
struct PosedInversion {
    PosedInversion(const Surroundings& all, std::size_t k);
    PosedInversion(const PosedInversion&) = delete;
    PosedInversion& operator=(const PosedInversion&) = delete;

    elastic::Homogeniser<float> homogeniser;
    Target target;
    condition::ElasticPosterior posterior;
    sampling::Settings sampling;  ///< with a seed of its own
};

/// The sampler's settings for a latent of this size. InputError if they cannot be used.
sampling::Settings sampler_settings(const InvertSettings& keys, std::size_t latent);

}  // namespace protolith::jobs
