// One inversion of `protolith invert`: a target at a wavelength, its chains, and what comes of them.
#pragma once

#include "condition/elastic_posterior.hpp"
#include "condition/posterior_modes.hpp"
#include "condition/roughness.hpp"
#include "nearest_windows.hpp"
#include "run/run.hpp"
#include "sampling/diagnostics.hpp"
#include "sampling/moments.hpp"
#include "sampling/sampler.hpp"
#include "settings/invert.hpp"

#include <optional>

namespace protolith::jobs {

/// A target, as data and, where it is known, as an image.
struct Target {
    std::string label;
    std::vector<float> image;       ///< (rows, columns), 0 or 1; empty: not known
    std::vector<double> stiffness;  ///< (6, points) without noise, GPa
    std::vector<double> observed;   ///< with noise
    condition::Components variability{};
    condition::DataError error;
    condition::Components fitted{};  ///< what the closest fits leave: an estimate of σ_G; NaN: not known
    double closest_fit = 0;          ///< rms pixel difference of the generator's closest fit; NaN: not known
    std::optional<Nearest> nearest;  ///< in the training set
};

/// Curves of power against wave number, integrated over directions.
struct Spectra {
    std::vector<double> wavenumber, target, samples, mean, difference;  ///< of mean image and target
};

/// Images and misfit along lines of several directions; arrays are (directions, points).
struct Walk {
    std::vector<double> misfit;                   ///< −log L of the target's data, without its constant
    std::vector<double> from_middle;              ///< rms pixel difference to the line's middle
    std::vector<double> step;                     ///< rms pixel difference to the point before; NaN at the first
    std::vector<condition::Roughness> roughness;  ///< of the misfit, each direction
    std::vector<float> strip;                     ///< some images of the first direction, (shown, rows, columns)
};

/// Lines through the latents about the mode and through the simulator's inputs about the target's.
struct Lines {
    std::vector<double> positions;   ///< s of each point, standard deviations of the prior
    std::vector<std::size_t> shown;  ///< points whose images the strips hold
    Walk generator, simulator;
};

/// Chains whose R-hat is smaller count as converged.
constexpr double r_hat_limit = 1.05;

/// Everything that is told of an inversion; the same on every rank.
struct Inversion {
    double wavelength = 0, width = 0;  ///< λ0 in widths of the image; these in pixels
    elastic::OutputGrid grid;
    Target target;
    sampling::Moments moments;
    std::vector<sampling::VariableReport> variables;  ///< of the latent, last of the log-likelihood
    sampling::Report report;
    std::vector<double> log_posterior;                   ///< (ladders, draws)
    std::vector<std::vector<double>> latents;            ///< (ladders · draws) of each variable
    std::vector<float> image_of_mean, image_of_mode;     ///< G(z̄), G(z_mode)
    std::vector<double> mean, deviation, mode;           ///< of each pixel over the samples' images
    std::vector<float> drawn;                            ///< ten of them, (10, rows, columns)
    std::vector<double> predicted_mean, predicted_mode;  ///< stiffness of G(z̄) and G(z_mode), (6, points)
    double misfit_of_target = 0, misfit_of_mean = 0, misfit_of_mode = 0, misfit_of_samples = 0;  ///< χ² per datum
    Spectra spectra;
    std::optional<Lines> lines;          ///< of the first inversion, where they are asked for
    std::vector<condition::Mode> modes;  ///< where climbs from the samples end, best first
    std::vector<float> mode_images;      ///< of the first of them, (≤ 10, rows, columns)

    double largest_r_hat() const;
    bool converged() const { return largest_r_hat() < r_hat_limit; }  ///< not where R-hat is unknown
    double smallest_sample_size() const;
    double mean_deviation() const;
    /// Root mean square difference of the posterior's mean image from the target; NaN: no image is known.
    double error_of_mean() const;
};

}  // namespace protolith::jobs
