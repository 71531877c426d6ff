// The likelihood of effective stiffnesses given a latent vector: z → generator → image → elastic homogenization →
// misfit, log L = −½ Σ_i σ_i^-2 Σ_j r_ij² without its constant, and its gradient by the generator's backward pass and
// the elastic adjoint (GJI 2024, doi 10.1093/gji/ggae240).
#pragma once

#include "condition/data_error.hpp"
#include "condition/latent_images.hpp"
#include "sampling/target.hpp"

namespace protolith::condition {

/// What is observed of one target.
struct Observation {
    std::vector<float> stiffness;  ///< (6, grid.rows, grid.columns), GPa
    Components weights{};          ///< 1/σ_i²; 0: no datum
};

/// Seconds and evaluations of the parts, since construction.
struct PosteriorCost {
    double generator_seconds = 0, elastic_seconds = 0;
    std::uint64_t evaluations = 0;
};

class ElasticPosterior {
  public:
    /// Both must outlive the object. InputError naming both sizes if the generator's images are not those of the
    /// homogeniser, or the observation is not on its grid.
    ElasticPosterior(const LatentImages& generator, const elastic::Homogeniser<float>& homogeniser,
                     Observation observation);

    const Observation& observation() const noexcept { return observation_; }
    /// log L of each state and, if asked for, its gradient. The answer to a state does not depend on those beside it.
    void operator()(const sampling::Evaluation& evaluation) const;
    /// Effective stiffness of latents' images (count, 6, grid.rows, grid.columns).
    std::vector<float> stiffness(std::span<const double> latents) const;
    const PosteriorCost& cost() const noexcept { return cost_; }

  private:
    const LatentImages& generator_;
    const elastic::Homogeniser<float>& homogeniser_;
    Observation observation_;
    mutable PosteriorCost cost_;
};

/// The effective stiffness of images (count, rows, columns), in groups of `batch` filled up with the last image, so
/// that the bits of one do not depend on those beside it.
std::vector<float> stiffness_of_images(const elastic::Homogeniser<float>& homogeniser, std::span<const float> images,
                                       std::size_t batch);

}  // namespace protolith::condition
