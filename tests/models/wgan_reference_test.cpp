// Two tiny WGAN-GP against PyTorch in float64: two critic steps, a generator step, evaluation, from given weights and
// noise (tests/reference/README.md).
#include "../reference/reference_file.hpp"
#include "autograd/arithmetic.hpp"
#include "autograd/reduce.hpp"
#include "models/wgan_gp.hpp"
#include "models/wgan_losses.hpp"
#include "nn/fold.hpp"
#include "optim/adam.hpp"

#include <cmath>
#include <map>

namespace protolith::models {
namespace {

using autograd::Var;

constexpr double parameter_tolerance = 1e-9;  // Adam's quotient is sensitive where a gradient is near its epsilon

/// Our names by PyTorch's.
using Names = std::map<std::string, std::string>;

struct Case {
    std::string file;
    WganVariant variant;
    Names generator, critic;

    friend void PrintTo(const Case& which, std::ostream* to) { *to << which.file; }
};

const Case micro{"wgan_gp_micro.h5",
                 WganVariant::companion,
                 {{"convt0", "0"},
                  {"norm0", "1"},
                  {"convt1", "3"},
                  {"norm1", "4"},
                  {"convt2", "6"},
                  {"norm2", "7"},
                  {"conv3", "9"},
                  {"norm3", "10"},
                  {"convt4", "12"}},
                 {{"conv0", "0"}, {"conv1", "2"}, {"conv2", "4"}, {"conv3", "6"}}};
const Case mantle{"wgan_gp_mantle.h5",
                  WganVariant::mantle,
                  {{"convt0", "0"},
                   {"norm0", "1"},
                   {"convt1", "3"},
                   {"norm1", "4"},
                   {"convt2", "6"},
                   {"norm2", "7"},
                   {"convt3", "9"}},
                  {{"conv0", "0"}, {"conv1", "2"}, {"norm1", "3"}, {"conv2", "5"}, {"norm2", "6"}, {"conv3", "8"}}};

class WganReference : public ::testing::TestWithParam<Case> {
  protected:
    WganReference()
        : file_(queue_, GetParam().file),
          settings_{.image_size = 32, .latent = 8, .width = 4, .critic_width = 4, .variant = GetParam().variant},
          generator_({queue_, DataType::float64}, settings_),
          critic_({queue_, DataType::float64}, settings_),
          critic_adam_(critic_.parameters(), adam),
          generator_adam_(generator_.parameters(), adam) {
        set("/init/", "G", generator_);
        set("/init/", "D", critic_);
    }

    static constexpr optim::AdamSettings adam{.learning_rate = 1e-3, .beta1 = 0.5, .beta2 = 0.999, .epsilon = 1e-8};
    static constexpr nn::Pass training{.training = true};

    /// PyTorch's dataset name ("D.conv1.weight") for ours ("2.weight").
    std::string theirs(const std::string& letter, const std::string& ours) const {
        const auto dot = ours.find('.');
        for (const auto& [their_layer, our_layer] : letter == "G" ? GetParam().generator : GetParam().critic)
            if (our_layer == ours.substr(0, dot)) return letter + "." + their_layer + ours.substr(dot);
        throw Error("no layer of PyTorch's for " + ours);
    }

    void set(const std::string& group, const std::string& letter, const nn::Module& network) {
        const auto assign = [&](const std::string& name, const Tensor& to) {
            to.assign(file_.tensor(group + theirs(letter, name), to.type()));
        };
        for (const auto& p : network.parameters()) assign(p.name, p.var.value());
        for (const auto& b : network.buffers()) assign(b.name, b.value);
    }

    void expect_parameters(const std::string& group, const std::string& letter, const nn::Module& network) const {
        for (const auto& p : network.parameters())
            file_.expect_equal(p.var.value(), group + theirs(letter, p.name), parameter_tolerance);
    }

    void expect_statistics(const std::string& group) const {
        for (const auto& b : generator_.buffers()) file_.expect_equal(b.value, group + theirs("G", b.name));
    }

    void expect_gradients(const std::string& group, const std::string& letter, const nn::Module& network,
                          const std::vector<Var>& gradients, double tolerance = 1e-11) const {
        const auto parameters = network.parameters();
        ASSERT_EQ(parameters.size(), gradients.size());
        for (std::size_t i = 0; i < gradients.size(); ++i)
            file_.expect_equal(gradients[i].value(), group + theirs(letter, parameters[i].name), tolerance);
    }

    /// ‖found − expected‖ / ‖expected‖ over all gradients together.
    double distance_of_gradients(const std::string& group, const std::string& letter, const nn::Module& network,
                                 const std::vector<Var>& gradients) {
        const auto parameters = network.parameters();
        double difference = 0, size = 0;
        for (std::size_t i = 0; i < gradients.size(); ++i) {
            const auto found = gradients[i].value().to_doubles();
            const auto expected = file_.tensor(group + theirs(letter, parameters[i].name)).to_doubles();
            for (std::size_t k = 0; k < found.size(); ++k) {
                difference += (found[k] - expected[k]) * (found[k] - expected[k]);
                size += expected[k] * expected[k];
            }
        }
        return std::sqrt(difference / size);
    }

    std::vector<Var> variables(const nn::Module& network) const {
        std::vector<Var> result;
        for (const auto& p : network.parameters()) result.push_back(p.var);
        return result;
    }

    Tensor latent(const std::string& name) const { return file_.tensor(name); }

    void critic_step(const std::string& step) {
        const std::string group = "/" + step + "/";
        const Tensor real = file_.tensor(group + "real"), mix = file_.tensor(group + "eps");
        Tensor fake;
        {
            const autograd::NoRecord no_record;
            fake = generator_.forward(Var(latent(group + "z")), training).value();
        }
        file_.expect_equal(fake, group + "fake");
        expect_statistics(group + "after/");
        expect_scores(group, real, fake, interpolate(real, fake, mix));
        const auto found = critic_gradients(critic_, real, fake, mix, 10.0, training);
        EXPECT_NEAR(found.losses().penalty, file_.number(group + "penalty"), 1e-11);
        EXPECT_NEAR(found.losses().loss, file_.number(group + "loss"), 1e-11);
        expect_gradients(group + "grad/", "D", critic_, found.gradients);
        critic_adam_.step(found.gradients);
        settle_cancelled_bias(group);
        expect_parameters(group + "after/", "D", critic_);
    }

    /// Scores, x̂, its gradient and norm, and the penalty's own gradients.
    void expect_scores(const std::string& group, const Tensor& real, const Tensor& fake, const Tensor& between) {
        file_.expect_equal(between, group + "x_hat");
        file_.expect_equal(critic_.forward(Var(real), training).value(), group + "D_real");
        file_.expect_equal(critic_.forward(Var(fake), training).value(), group + "D_fake");
        const Var x(between, true);
        const Var scores = critic_.forward(x, training);
        file_.expect_equal(scores.value(), group + "D_hat");
        const Var gradient =
            autograd::grad(scores, {x}, Var(Tensor::full(queue_, scores.shape(), DataType::float64, 1)))[0];
        file_.expect_equal(gradient.value(), group + "grad_x_hat");
        file_.expect_equal(norm(gradient, autograd::Per::sample).value(), group + "grad_norm");
        const Var penalty = autograd::scale(gradient_penalty(critic_, between, training), 10);
        expect_gradients(group + "grad_penalty_term/", "D", critic_, autograd::grad(penalty, variables(critic_)));
    }

    /// The last bias of the mantle critic has the gradient 0 (real and generated cancel), of which Adam's quotient
    /// makes a step of up to the learning rate from the rounding error that is left: it is set to PyTorch's.
    void settle_cancelled_bias(const std::string& group) {
        for (const auto& p : critic_.parameters())
            if (theirs("D", p.name) == "D.conv3.bias") p.var.value().assign(file_.tensor(group + "after/D.conv3.bias"));
    }

    void expect_moments(const std::string& group, const std::string& letter, const optim::Adam& optimiser) const {
        for (const auto& b : optimiser.state()) {
            const auto dot = b.name.find('.');
            const std::string moment = b.name.substr(0, dot), ours = b.name.substr(dot + 1);
            const std::string name = theirs(letter, ours);
            if (name == "D.conv3.bias") continue;
            file_.expect_equal(b.value, group + "adam/" + moment + "/" + name);
        }
    }

    void generator_step() {
        const std::string group = "/step3_generator/";
        const Var fake = generator_.forward(Var(latent(group + "z")), training);
        file_.expect_equal(fake.value(), group + "fake");
        expect_statistics(group + "after/");
        file_.expect_equal(critic_.forward(fake.detached(), training).value(), group + "D_fake");
        const Var loss = generator_loss(critic_, fake, training);
        EXPECT_NEAR(loss.value().item(), file_.number(group + "loss"), 1e-11);
        std::vector<Var> wanted = variables(generator_);
        wanted.push_back(fake);
        auto gradients = autograd::grad(loss, wanted);
        file_.expect_equal(gradients.back().value(), group + "grad_fake");
        gradients.pop_back();
        expect_gradients(group + "grad/", "G", generator_, gradients);
        generator_adam_.step(gradients);
        expect_parameters(group + "after/", "G", generator_);
    }

    Queue queue_;
    reference::ReferenceFile file_;
    WganGpSettings settings_;
    Generator generator_;
    Critic critic_;
    optim::Adam critic_adam_, generator_adam_;
};

TEST_P(WganReference, StepsAndEvaluationEqualPyTorchs) {
    critic_step("step1_critic");
    critic_step("step2_critic");
    expect_moments("/step2_critic/", "D", critic_adam_);
    generator_step();
    expect_moments("/step3_generator/", "G", generator_adam_);
    const autograd::NoRecord no_record;
    const Var z(latent("/eval/z"));
    const nn::Pass evaluation{.training = false};
    file_.expect_equal(generator_.forward(z, evaluation).value(), "/eval/fake", parameter_tolerance);
    file_.expect_equal(nn::folded(generator_)->forward(z, evaluation).value(), "/eval/fake", parameter_tolerance);
}

TEST_P(WganReference, CriticGradientsInWorkingPrecisionsAreNearPyTorchs) {
    const std::string group = "/step1_critic/";
    // bfloat16: a few operations of 0.4 to 0.5 % each on the way down and back; 3 % and 1.4 % together
    for (const auto& [type, tolerance] : {std::pair(DataType::float32, 2e-6), std::pair(DataType::bfloat16, 0.05)}) {
        if (!reference::computes_in(queue_, type)) GTEST_SKIP() << "this processor does not multiply bfloat16";
        Critic critic({queue_, type}, settings_);
        set("/init/", "D", critic);
        const auto found =
            critic_gradients(critic, file_.tensor(group + "real", type), file_.tensor(group + "fake", type),
                             file_.tensor(group + "eps", accumulator_of(type)), 10.0, training);
        const double penalty = file_.number(group + "penalty");
        EXPECT_NEAR(found.losses().penalty, penalty, tolerance * std::max(penalty, 1.0));
        EXPECT_LT(distance_of_gradients(group + "grad/", "D", critic, found.gradients), tolerance);
    }
}

TEST_P(WganReference, GeneratorGradientsOfTheModelAreThoseOfItsLoss) {
    set("/step3_generator/after/", "G", generator_);
    const Tensor z = latent("/step3_generator/z");
    const auto found = generator_gradients(generator_, critic_, z, training);
    const Var loss = generator_loss(critic_, generator_.forward(Var(z), training), training);
    EXPECT_EQ(found.loss(), loss.value().item());
    const auto gradients = autograd::grad(loss, variables(generator_));
    for (std::size_t i = 0; i < gradients.size(); ++i)
        EXPECT_EQ(found.gradients[i].value().to_doubles(), gradients[i].value().to_doubles());
}

INSTANTIATE_TEST_SUITE_P(, WganReference, ::testing::Values(micro, mantle),
                         [](const auto& which) { return which.param.file.substr(8, which.param.file.find('.') - 8); });

}  // namespace
}  // namespace protolith::models
