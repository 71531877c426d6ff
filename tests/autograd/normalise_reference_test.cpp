// Batch and instance norm with affine parameters and LeakyReLU, their gradients and those of a gradient penalty,
// against PyTorch in float64 (normalise_reference.py).
#include "autograd/arithmetic.hpp"
#include "autograd/grad.hpp"
#include "autograd/normalise.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace protolith::autograd {
namespace {

using Values = std::vector<double>;

struct Reference {
    Per per;
    Values y, by_x, by_gamma, by_beta, penalty, penalty_by_x, penalty_by_gamma;  // of images the first six values
};

const Reference references[] = {
    {Per::channel,
     {0.169781510506382, -0.107590184085867, 0.215283179482846, 1.76727606326275, -0.00584611771257919,
      -0.116423417194153},
     {0.724277846217178, -0.151918768656487, -0.156295603814456, -0.659446549185068, 0.0375892557801829,
      0.0518113890495652},
     {-1.52760991582733, -0.564723578678277, 2.6559072634021},
     {-1.33610932741973, -0.211604761744114, 1.42732169663439},
     {2.95437556551347},
     {0.24416627448207, -0.0426415435077434, 0.0105651467370742, -0.726802802197943, -0.0125405558010386,
      -0.00148845099453683},
     {3.48829110648128, -0.846666143972538, 0.209120426310622}},
    {Per::instance,
     {0.377164800280426, -0.0890823148470394, 0.099196149792569, 2.10519297287617, 0.0413685339405211,
      -0.13411328720375},
     {0.835946497508194, -0.0943327722608779, -0.101212419557663, -0.38882650544301, 0.238887190590016,
      0.0411905476136796},
     {-1.62683250348105, -0.588351294272432, 2.79913780143375},
     {-1.33610932741973, -0.0641535013832023, 1.42732169663439},
     {2.41811508637719},
     {0.567512405932437, -0.0307860704316476, 0.00063288986890913, -0.778273339179754, 0.0207905509886863,
      0.00375066586461813},
     {3.0327555620181, -0.341694961393923, 0.119775891878712}},
};

Tensor wave(Queue& queue, double frequency, double phase, double size, double offset) {
    Values values(24);
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = size * std::sin(static_cast<double>(i) * frequency + phase) + offset;
    return Tensor::from(queue, {2, 2, 2, 3}, DataType::float64, values);
}

void expect_begins(const Var& found, const Values& wanted) {
    const auto values = found.value().to_doubles();
    for (std::size_t i = 0; i < wanted.size(); ++i) EXPECT_NEAR(values[i], wanted[i], 1e-12);
}

TEST(Normalise, EqualsPyTorchToSecondOrder) {
    Queue queue(kernels::Backend::cpu, 2);
    for (const auto& reference : references) {
        const Var x(wave(queue, 0.7, 0.1, 2, 0.3), true), g(wave(queue, 1.3, 0.5, 1, 0));
        const Var gamma(Tensor::from(queue, {3}, DataType::float64, Values{1.5, -0.7, 0.4}), true);
        const Var beta(Tensor::from(queue, {3}, DataType::float64, Values{0.2, 0.1, -0.3}), true);
        const Var y = normalise(x, gamma, beta, {reference.per, 1e-5, 0.2});
        expect_begins(y, reference.y);
        const auto first = grad(y, {x, gamma, beta}, g, {.create_graph = true});
        const auto fused = grad(y, {x, gamma, beta}, g, {.keep_graph = true});
        for (const auto& gradients : {first, fused}) {
            expect_begins(gradients[0], reference.by_x);
            expect_begins(gradients[1], reference.by_gamma);
            expect_begins(gradients[2], reference.by_beta);
        }
        const Var penalty = dot(first[0], first[0]);
        expect_begins(penalty, reference.penalty);
        const auto second = grad(penalty, {x, gamma});
        expect_begins(second[0], reference.penalty_by_x);
        expect_begins(second[1], reference.penalty_by_gamma);
    }
}

TEST(RunningStatistics, EqualPyTorchs) {
    Queue queue;
    Statistics found;
    const Statistics running{Tensor::zeros(queue, {3}, DataType::float64),
                             Tensor::full(queue, {3}, DataType::float64, 1)};
    (void)normalise(Var(wave(queue, 0.7, 0.1, 2, 0.3)), {}, {}, {}, &found);
    update_running(running, found, 8);
    expect_begins(Var(running.mean), {0.052647722209335, 0.0535591055416162, 0.0433902734164966});
    expect_begins(Var(running.variance), {1.10241035822666, 1.09785047202332, 1.13853459794943});
}

}  // namespace
}  // namespace protolith::autograd
