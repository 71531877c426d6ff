// What the two networks of a WGAN-GP minimise (Gulrajani et al. 2017, eq. 3), and its gradients with no pass too many.
#pragma once

#include "autograd/grad.hpp"
#include "nn/module.hpp"

namespace protolith::models {

/// The critic's objective mean D(fake) − mean D(real) + λ · penalty, in parts.
struct CriticLosses {
    double real_score = 0.0, fake_score = 0.0;  ///< mean D(real), mean D(fake)
    double penalty = 0.0;                       ///< mean (‖∇D(x̂)‖₂ − 1)²
    double loss = 0.0;
};

struct CriticGradients {
    std::vector<autograd::Var> gradients;  ///< in the order of the critic's parameters
    Tensor parts;                          ///< real score, fake score and penalty, where they were computed
    double penalty_weight = 0.0;

    /// Waits for the device.
    CriticLosses losses() const;
};

/// Says that the gradient of parameter i is complete, while the backward goes on.
using GradientReady = std::function<void(std::size_t i, const autograd::Var& gradient)>;

/// x̂ = mix · real + (1 − mix) · fake with one number of (0, 1) for each sample: mix (N), of the type of sums.
Tensor interpolate(const Tensor& real, const Tensor& fake, const Tensor& mix);

/// Gradients of the critic's objective for real and fake (N, H, W, C). Real and fake images go through the critic in
/// one batch, interpolated ones by themselves, and each of the two parts gives its memory back before the other begins:
/// four forward passes of N images (with the penalty's tangent), three data passes and three weight passes.
CriticGradients critic_gradients(nn::Module& critic, const Tensor& real, const Tensor& fake, const Tensor& mix,
                                 double penalty_weight, const nn::Pass& pass, const GradientReady& ready = {});

/// The penalty mean (‖∇D(x̂)‖₂ − 1)² as a recorded number; the norm's derivative at 0 is taken as 0.
autograd::Var gradient_penalty(nn::Module& critic, const Tensor& between, const nn::Pass& pass);

struct GeneratorGradients {
    std::vector<autograd::Var> gradients;  ///< in the order of the generator's parameters
    Tensor objective;                      ///< one number, where it was computed

    /// −mean D(G(z)); waits for the device.
    double loss() const { return objective.item(); }
};

/// Gradients of the generator's objective for z (N, h, w, latent); the critic is left as it is.
GeneratorGradients generator_gradients(nn::Module& generator, nn::Module& critic, const Tensor& z, const nn::Pass& pass,
                                       const GradientReady& ready = {});

/// −mean D(fake), recorded.
autograd::Var generator_loss(nn::Module& critic, const autograd::Var& fake, const nn::Pass& pass);

}  // namespace protolith::models
