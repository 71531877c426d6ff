#include "models/wgan_losses.hpp"

#include "autograd/accumulate.hpp"
#include "autograd/arithmetic.hpp"
#include "autograd/losses.hpp"
#include "autograd/reduce.hpp"
#include "base/error.hpp"

#include <algorithm>

namespace protolith::models {

using autograd::Per;
using autograd::Var;

namespace {

/// (2N, …): the samples of a, then those of b.
Tensor stacked(const Tensor& a, const Tensor& b) {
    require(a.shape() == b.shape() && a.type() == b.type(), "real images {} {} and generated ones {} {}",
            name_of(a.type()), a.shape().text(), name_of(b.type()), b.shape().text());
    const std::int64_t samples = a.shape()[0];
    Tensor both(a.queue(), a.shape().with(0, 2 * samples), a.type());
    both.rows(0, samples).assign(a);
    both.rows(samples, 2 * samples).assign(b);
    return both;
}

/// The derivative of mean D(fake) − mean D(real) by each score: −1/n for the first half, 1/n for the second.
Tensor score_weights(const Tensor& scores) {
    const auto half = static_cast<std::size_t>(scores.elements() / 2);
    std::vector<double> weights(2 * half, 1.0 / static_cast<double>(half));
    std::fill_n(weights.begin(), half, -1.0 / static_cast<double>(half));
    return Tensor::from(scores.queue(), scores.shape(), scores.type(), weights);
}

std::vector<Var> variables(const nn::Module& module) {
    std::vector<Var> result;
    for (const auto& parameter : module.parameters()) result.push_back(parameter.var);
    return result;
}

}  // namespace

Tensor interpolate(const Tensor& real, const Tensor& fake, const Tensor& mix) {
    const autograd::NoRecord no_record;
    const Var m(mix), rest = shift(scale(m, -1), 1);
    return add(multiply(Var(real), m, Per::sample), multiply(Var(fake), rest, Per::sample)).value();
}

Var gradient_penalty(nn::Module& critic, const Tensor& between, const nn::Pass& pass) {
    const Var x(between, true);
    const Var scores = critic.forward(x, pass);
    const Var ones(Tensor::full(x.queue(), scores.shape(), scores.type(), 1.0));
    const Var gradient = autograd::grad(scores, {x}, ones, {.create_graph = true})[0];
    return autograd::gradient_penalty(gradient);
}

CriticGradients critic_gradients(nn::Module& critic, const Tensor& real, const Tensor& fake, const Tensor& mix,
                                 double penalty_weight, const nn::Pass& pass, const GradientReady& ready) {
    const std::vector<Var> parameters = variables(critic);
    CriticGradients result;

    // λ · mean (‖∇D(x̂)‖₂ − 1)²
    {
        const Var penalty = gradient_penalty(critic, interpolate(real, fake, mix), pass);
        result.penalty = penalty.value().item();
        result.gradients = grad(scale(penalty, penalty_weight), parameters);
    }

    // mean D(fake) − mean D(real)
    const Var scores = critic.forward(Var(stacked(real, fake)), pass);
    const std::int64_t samples = real.shape()[0];
    result.real_score = mean(Var(scores.value().rows(0, samples))).value().item();
    result.fake_score = mean(Var(scores.value().rows(samples, 2 * samples))).value().item();
    result.loss = result.fake_score - result.real_score + penalty_weight * result.penalty;
    (void)grad(scores, parameters, Var(score_weights(scores.value())),
               {.ready = [&](std::size_t i, const Var& gradient) {
                   accumulate(result.gradients[i], gradient);
                   if (ready) ready(i, result.gradients[i]);
               }});
    return result;
}

Var generator_loss(nn::Module& critic, const Var& fake, const nn::Pass& pass) {
    return autograd::generator_loss(critic.forward(fake, pass));
}

GeneratorGradients generator_gradients(nn::Module& generator, nn::Module& critic, const Tensor& z, const nn::Pass& pass,
                                       const GradientReady& ready) {
    const Var loss = generator_loss(critic, generator.forward(Var(z), pass), pass);
    return {loss.value().item(), grad(loss, variables(generator), {.ready = ready})};
}

}  // namespace protolith::models
