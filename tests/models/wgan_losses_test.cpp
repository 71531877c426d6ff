// The critic's whole objective by central differences, the passes that its gradients take, and what the parts are.
#include "models/wgan_losses.hpp"

#include "models/wgan_gp.hpp"
#include "nn/initialise.hpp"
#include "noise.hpp"
#include "queue/profile.hpp"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

namespace protolith::models {
namespace {

using autograd::NoRecord;
using autograd::Var;

constexpr double weight = 10.0;

/// A tiny WGAN-GP in double with weights large enough for the penalty's gradient to matter.
struct Tiny {
    explicit Tiny(WganVariant variant, std::int64_t width = 2)
        : settings{.image_size = 32, .latent = 3, .width = width, .critic_width = width, .variant = variant},
          place{queue, DataType::float64},
          generator(place, settings),
          critic(place, settings),
          real(noise(queue, {2, 32, 32, 1}, DataType::float64, 100)),
          fake(noise(queue, {2, 32, 32, 1}, DataType::float64, 200)),
          mix(Tensor::from(queue, {2}, DataType::float64, std::vector{0.3, 0.8})) {
        nn::initialise(generator, 3, generator_network);
        nn::initialise(critic, 3, critic_network);
        for (const auto& parameter : critic.parameters()) {
            const auto own = parameter.var.value().to_doubles();
            auto values = noise(queue, parameter.var.shape(), DataType::float64, 300).to_doubles();
            for (std::size_t i = 0; i < own.size(); ++i) values[i] = own[i] + 0.3 * values[i];
            parameter.var.value().assign(Tensor::from(queue, parameter.var.shape(), DataType::float64, values));
        }
    }

    CriticGradients gradients() { return critic_gradients(critic, real, fake, mix, weight, {}); }

    Queue queue;
    WganGpSettings settings;
    nn::Placement place;
    Generator generator;
    Critic critic;
    Tensor real, fake, mix;
};

/// Largest error of the gradients against central differences of `loss` at a few entries of every parameter, relative
/// to the largest entry of that gradient.
template <class Loss>
double worst_error(const std::vector<nn::Parameter>& parameters, const std::vector<Var>& gradients, Loss&& loss) {
    double worst = 0;
    for (std::size_t k = 0; k < parameters.size(); ++k) {
        const Tensor& value = parameters[k].var.value();
        const auto gradient = gradients[k].value().to_doubles();
        double largest = 1e-6;
        for (const double g : gradient) largest = std::max(largest, std::abs(g));
        const std::int64_t stride = std::max<std::int64_t>(1, value.elements() / 5);
        for (std::int64_t i = 0; i < value.elements(); i += stride) {
            double* const element = value.data<double>() + i;
            const double original = *element, step = 1e-6;
            const auto at = [&](double x) {
                *element = x;
                value.changed();
                return loss();
            };
            const double above = at(original + step), below = at(original - step);
            at(original);
            worst = std::max(worst,
                             std::abs((above - below) / (2 * step) - gradient[static_cast<std::size_t>(i)]) / largest);
        }
    }
    return worst;
}

class WganLosses : public testing::TestWithParam<WganVariant> {};

TEST_P(WganLosses, CriticGradientsEqualCentralDifferences) {
    Tiny net(GetParam());
    const auto found = net.gradients();
    EXPECT_GT(found.losses().penalty, 0.1);
    EXPECT_LT(worst_error(net.critic.parameters(), found.gradients, [&] { return net.gradients().losses().loss; }),
              1e-6);
}

TEST_P(WganLosses, PenaltyAloneHasTheGradientOfCentralDifferences) {
    Tiny net(GetParam());
    const auto between = interpolate(net.real, net.fake, net.mix);
    const auto penalty = [&] { return gradient_penalty(net.critic, between, {}); };
    std::vector<Var> variables;
    for (const auto& parameter : net.critic.parameters()) variables.push_back(parameter.var);
    const auto gradients = autograd::grad(penalty(), variables);
    EXPECT_LT(worst_error(net.critic.parameters(), gradients, [&] { return penalty().value().item(); }), 1e-6);
}

TEST_P(WganLosses, GeneratorGradientsEqualCentralDifferences) {
    Tiny net(GetParam());
    const Tensor z = noise(net.queue, {3, 1, 1, 3}, DataType::float64);
    const auto found = generator_gradients(net.generator, net.critic, z, {});
    EXPECT_LT(worst_error(net.generator.parameters(), found.gradients,
                          [&] {
                              const NoRecord no_record;
                              const Var fake = net.generator.forward(Var(z), {});
                              return generator_loss(net.critic, fake, {}).value().item();
                          }),
              1e-6);
}

INSTANTIATE_TEST_SUITE_P(Variants, WganLosses, testing::Values(WganVariant::companion, WganVariant::mantle),
                         [](const auto& test) {
                             return test.param == WganVariant::companion ? "Companion" : "Mantle";
                         });

TEST(CriticGradients, TakeNoPassTooMany) {
    Tiny net(WganVariant::companion);
    const kernels::Profile profile(net.queue);
    (void)net.gradients();
    // four layers; forward: real and generated together, interpolated, and the penalty's tangent but for the last layer
    EXPECT_EQ(profile.calls("convolve"), 4 + 4 + 3);
    // data: interpolated down to the image, real and generated down to the second layer
    EXPECT_EQ(profile.calls("convolve_data"), 4 + 3);
    EXPECT_EQ(profile.calls("convolve_weights"), 4 + 4);
}

TEST(GeneratorGradients, TakeNoPassTooMany) {
    Tiny net(WganVariant::companion);
    const Tensor z = noise(net.queue, {3, 1, 1, 3}, DataType::float64);
    const kernels::Profile profile(net.queue);
    (void)generator_gradients(net.generator, net.critic, z, {});
    // the generator has four transposed convolutions (forward by data) and one 1×1, the critic four convolutions
    EXPECT_EQ(profile.calls("convolve_data"), 4 + 4 + 1);  // G forward; D down to the image; the 1×1 backward
    EXPECT_EQ(profile.calls("convolve"), 1 + 4 + 3);       // the 1×1; D forward; G's backward but for its first layer
    EXPECT_EQ(profile.calls("convolve_weights"), 5);
}

TEST(CriticGradients, ArePartsOfTheObjective) {
    Tiny net(WganVariant::companion);
    const auto losses = net.gradients().losses();
    const NoRecord no_record;
    const auto mean_score = [&](const Tensor& images) {
        const auto scores = net.critic.forward(Var(images), {}).value().to_doubles();
        return std::accumulate(scores.begin(), scores.end(), 0.0) / static_cast<double>(scores.size());
    };
    EXPECT_NEAR(losses.real_score, mean_score(net.real), 1e-12);
    EXPECT_NEAR(losses.fake_score, mean_score(net.fake), 1e-12);
    EXPECT_NEAR(losses.loss, losses.fake_score - losses.real_score + weight * losses.penalty, 1e-12);
}

TEST(CriticGradients, SayWhenEachIsComplete) {
    Tiny net(WganVariant::mantle);
    std::vector<std::vector<double>> ready(net.critic.parameters().size());
    const auto found = critic_gradients(net.critic, net.real, net.fake, net.mix, weight, {},
                                        [&](std::size_t i, const Var& g) { ready[i] = g.value().to_doubles(); });
    for (std::size_t i = 0; i < ready.size(); ++i) EXPECT_EQ(ready[i], found.gradients[i].value().to_doubles());
}

TEST(Interpolate, LiesBetweenRealAndFake) {
    Queue queue;
    const std::vector<double> real{1, 2, 3, 4}, fake{-1, 0, 5, 8}, mix{0.25, 1.0};
    const Tensor between = interpolate(Tensor::from(queue, {2, 1, 2, 1}, DataType::float64, real),
                                       Tensor::from(queue, {2, 1, 2, 1}, DataType::float64, fake),
                                       Tensor::from(queue, {2}, DataType::float64, mix));
    EXPECT_EQ(between.to_doubles(), (std::vector<double>{-0.5, 0.5, 3, 4}));
}

TEST(GradientPenalty, IsTheDistanceOfTheGradientNormsFromOne) {
    Tiny net(WganVariant::companion, 1);
    const auto zero = interpolate(net.real, net.real, net.mix);
    const double penalty = gradient_penalty(net.critic, zero, {}).value().item();
    const Var x(net.real, true);
    const auto g = autograd::grad(net.critic.forward(x, {}), {x},
                                  Var(Tensor::full(net.queue, {2, 1, 1, 1}, DataType::float64, 1.0)))[0]
                       .value()
                       .to_doubles();
    double expected = 0;
    for (int sample = 0; sample < 2; ++sample) {
        double squares = 0;
        for (int i = 0; i < 1024; ++i) squares += g[sample * 1024 + i] * g[sample * 1024 + i];
        expected += std::pow(std::sqrt(squares) - 1, 2) / 2;
    }
    EXPECT_NEAR(penalty, expected, 1e-12);
}

}  // namespace
}  // namespace protolith::models
