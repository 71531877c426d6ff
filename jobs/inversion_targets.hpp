// The targets of `protolith invert`: their images, data and errors.
#pragma once

#include "inversion.hpp"

namespace protolith::jobs {

/// What an image is compared and fitted with; the same at every wavelength.
struct TargetImages {
    std::vector<std::string> labels;
    std::vector<std::vector<float>> images;  ///< of each target; none for kind = 'stiffness'
    std::vector<std::vector<float>> unseen;  ///< cakes for σ_G
    std::vector<std::vector<float>> fitted;  ///< the generator's closest fits to them
    double fit_error = 0;                    ///< rms pixel difference of the closest fits
    std::vector<std::optional<Nearest>> nearest;
};

/// InputError for settings of the target that contradict each other or the generator, naming both.
void check_targets(const InvertSettings& keys, const condition::LatentImages& generator);

/// Draws or reads images, fits the generator to unseen cakes (ranks share them). InputError naming both sizes if an
/// image is not of the generator's. Collective.
TargetImages target_images(const Communicator& comm, const InvertSettings& keys,
                           const condition::LatentImages& generator);

/// Target `which` as the homogeniser's wavelength leaves it, with errors and noise. InputError naming both grids if
/// given stiffness is not on the homogeniser's. Every rank by itself.
Target make_target(const InvertSettings& keys, const TargetImages& images, std::size_t which,
                   const condition::LatentImages& generator, const elastic::Homogeniser<float>& homogeniser);

}  // namespace protolith::jobs
