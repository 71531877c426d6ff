#include "models/wgan_losses.hpp"

#include "autograd/accumulate.hpp"
#include "autograd/arithmetic.hpp"
#include "autograd/losses.hpp"
#include "autograd/reduce.hpp"
#include "base/error.hpp"

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
    const std::int64_t half = scores.shape()[0] / 2;
    const double weight = 1.0 / static_cast<double>(half);
    Tensor weights(scores.queue(), scores.shape(), scores.type());
    weights.rows(0, half).fill(-weight);
    weights.rows(half, 2 * half).fill(weight);
    return weights;
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
    result.parts = Tensor(real.queue(), {3}, accumulator_of(real.type()));
    result.penalty_weight = penalty_weight;
    // numbers are kept where they are: reading one would stop the host until the device has come so far
    const auto keep = [&](std::int64_t part, const Var& number) {
        result.parts.rows(part, part + 1).assign(number.value().reshaped({1}));
    };

    // λ · mean (‖∇D(x̂)‖₂ − 1)²
    {
        const Var penalty = gradient_penalty(critic, interpolate(real, fake, mix), pass);
        keep(2, penalty);
        result.gradients = grad(scale(penalty, penalty_weight), parameters);
    }

    // mean D(fake) − mean D(real)
    const Var scores = critic.forward(Var(stacked(real, fake)), pass);
    const std::int64_t samples = real.shape()[0];
    keep(0, mean(Var(scores.value().rows(0, samples))));
    keep(1, mean(Var(scores.value().rows(samples, 2 * samples))));
    (void)grad(scores, parameters, Var(score_weights(scores.value())),
               {.ready = [&](std::size_t i, const Var& gradient) {
                   accumulate(result.gradients[i], gradient);
                   if (ready) ready(i, result.gradients[i]);
               }});
    return result;
}

CriticLosses CriticGradients::losses() const {
    const auto numbers = parts.to_doubles();
    CriticLosses losses{.real_score = numbers[0], .fake_score = numbers[1], .penalty = numbers[2]};
    losses.loss = losses.fake_score - losses.real_score + penalty_weight * losses.penalty;
    return losses;
}

Var generator_loss(nn::Module& critic, const Var& fake, const nn::Pass& pass) {
    return autograd::generator_loss(critic.forward(fake, pass));
}

GeneratorGradients generator_gradients(nn::Module& generator, nn::Module& critic, const Tensor& z, const nn::Pass& pass,
                                       const GradientReady& ready) {
    const Var loss = generator_loss(critic, generator.forward(Var(z), pass), pass);
    return {grad(loss, variables(generator), {.ready = ready}), loss.value()};
}

}  // namespace protolith::models
