#include "models/wgan_gp.hpp"

#include "../reference/reference_file.hpp"
#include "base/error.hpp"
#include "nn/fold.hpp"
#include "nn/initialise.hpp"
#include "nn/summary.hpp"
#include "noise.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

namespace protolith::models {
namespace {

using autograd::NoRecord;
using autograd::Var;

const nn::Pass training{}, inference{.training = false};

WganGpSettings tiny(std::int64_t width = 2) {
    return {.image_size = 32, .latent = 3, .width = width, .critic_width = width};
}

std::vector<std::string> names(const std::vector<nn::Parameter>& parameters) {
    std::vector<std::string> result;
    for (const auto& parameter : parameters) result.push_back(parameter.name);
    return result;
}

TEST(WganGp, HasTheParametersOfTheCompanion) {
    Queue queue;
    const WganGpSettings companion;
    EXPECT_EQ(nn::parameter_count(Generator({queue}, companion)), 19'538'944);
    EXPECT_EQ(nn::parameter_count(Critic({queue}, companion)), 11'158'528);
}

TEST(WganGp, HasTheParametersOfTheMantlePaper) {
    Queue queue;
    const WganGpSettings mantle{.latent = 30, .width = 128, .critic_width = 32, .variant = WganVariant::mantle};
    // Σ 4·4·in·out, two numbers for each normalised channel, one bias
    const std::int64_t transposed = 16 * (30 * 2048 + 2048 * 1024 + 1024 * 512 + 512 * 256 + 256 * 128 + 128);
    EXPECT_EQ(nn::parameter_count(Generator({queue}, mantle)), transposed + 2 * (2048 + 1024 + 512 + 256 + 128) + 1);
    const std::int64_t convolutions = 16 * (32 + 32 * 64 + 64 * 128 + 128 * 256 + 256 * 512 + 512);
    EXPECT_EQ(nn::parameter_count(Critic({queue}, mantle)), convolutions + 32 + 2 * (64 + 128 + 256 + 512) + 1);
}

TEST(WganGp, NamesParametersAsTorchSequentialDoes) {
    Queue queue;
    EXPECT_EQ(names(Generator({queue}, tiny()).parameters()),
              (std::vector<std::string>{"0.weight", "1.weight", "1.bias", "3.weight", "4.weight", "4.bias", "6.weight",
                                        "7.weight", "7.bias", "9.weight", "10.weight", "10.bias", "12.weight"}));
    EXPECT_EQ(names(Critic({queue}, tiny()).parameters()),
              (std::vector<std::string>{"0.weight", "2.weight", "4.weight", "6.weight"}));
    EXPECT_EQ(Generator({queue}, tiny()).buffers()[1].name, "1.running_var");
}

TEST(WganGp, IsThePapersTable) {
    Queue queue;
    const std::string table = nn::summary(Generator({queue}, WganGpSettings{}), {1, 1, 1, 512}).text();
    for (const char* line : {"ConvT 4×4 s1 p0", "(1, 4, 4, 1024)", "(1, 64, 64, 64)", "(1, 128, 128, 1)", "8,388,608",
                             "BatchNorm, ReLU", "Conv 1×1 s1 p0", "tanh", "19,538,944"})
        EXPECT_NE(table.find(line), std::string::npos) << line << '\n' << table;
    const auto critic = nn::summary(Critic({queue}, WganGpSettings{}), {7, 128, 128, 1});
    EXPECT_EQ(nn::chain(critic),
              "(7, 128, 128, 1) → (7, 64, 64, 64) → (7, 32, 32, 128) → (7, 16, 16, 256) → (7, 8, 8, 512) → "
              "(7, 4, 4, 1024) → (7, 1, 1, 1)");
}

TEST(WganGp, MakesEverySizeFrom32To512) {
    Queue queue;
    for (const std::int64_t size : {32, 64, 128, 256, 512}) {
        const WganGpSettings settings{.image_size = size, .latent = 2, .width = 1, .critic_width = 1};
        const Shape image{2, size, size, 1};
        EXPECT_EQ(Generator({queue}, settings).output_shape({2, 1, 1, 2}), image);
        EXPECT_EQ(Critic({queue}, settings).output_shape(image), (Shape{2, 1, 1, 1}));
    }
}

TEST(WganGp, MakesLargerImagesFromLargerLatents) {
    Queue queue;
    const nn::Placement place{queue};
    Generator generator(place, tiny());
    nn::initialise(generator, 1, generator_network);
    const Shape z = latent_shape(tiny(), 1, 40, 32);
    EXPECT_EQ(z, (Shape{1, 2, 1, 3}));
    EXPECT_EQ(generator.output_shape(z), (Shape{1, 40, 32, 1}));
    const NoRecord no_record;
    const Var image = generator.forward(Var(noise(queue, z, place.type)), inference);
    EXPECT_EQ(image.shape(), (Shape{1, 40, 32, 1}));
}

TEST(WganGp, RefusesSizesThatItCannotMakeWithTheChainOfSizes) {
    const auto message = [](auto&& call) {
        try {
            call();
        } catch (const InputError& error) {
            return std::string(error.what());
        }
        return std::string("nothing was thrown");
    };
    WganGpSettings odd;
    odd.image_size = 100;
    EXPECT_NE(message([&] { validate(odd); }).find("1 → 4 → 8 → 16 → 32 → 64 → 128 → 256 → 512"), std::string::npos);
    odd.image_size = 1024;
    EXPECT_NE(message([&] { validate(odd); }).find("image_size = 1024"), std::string::npos);
    EXPECT_NE(message([] { (void)latent_shape(tiny(), 1, 32, 36); }).find("1 → 4 → 8 → 16 → 32"), std::string::npos);
    EXPECT_THROW((void)latent_shape(tiny(), 1, 16, 32), InputError);
    EXPECT_THROW(validate({.width = 0}), InputError);
    Queue queue;
    EXPECT_THROW((void)Generator({queue}, tiny()).output_shape({1, 1, 1, 4}), InputError);
}

TEST(WganGp, WorksWithWidthOneAndBatchOne) {
    Queue queue;
    for (const DataType type : {DataType::float32, DataType::bfloat16, DataType::float64}) {
        if (!reference::computes_in(queue, type)) continue;
        Generator generator({queue, type}, tiny(1));
        Critic critic({queue, type}, tiny(1));
        nn::initialise(generator, 1, generator_network);
        nn::initialise(critic, 1, critic_network);
        const NoRecord no_record;
        const Var image = generator.forward(Var(noise(queue, {1, 1, 1, 3}, type)), training);
        for (const float value : image.value().to_floats()) EXPECT_LE(std::abs(value), 1.0F);
        EXPECT_TRUE(std::isfinite(critic.forward(image, training).value().item()));
    }
}

/// Generators whose running statistics have seen something.
std::unique_ptr<Generator> trained(const nn::Placement& place, WganVariant variant) {
    WganGpSettings settings = tiny(3);
    settings.variant = variant;
    auto generator = std::make_unique<Generator>(place, settings);
    nn::initialise(*generator, 1, generator_network);
    const NoRecord no_record;
    for (std::uint32_t pass = 0; pass < 3; ++pass)
        (void)generator->forward(Var(noise(place.queue, {4, 1, 1, 3}, place.type, pass)), training);
    return generator;
}

TEST(FoldedGenerator, EqualsTheInferencePassToRounding) {
    Queue queue;
    for (const WganVariant variant : {WganVariant::companion, WganVariant::mantle}) {
        const auto generator = trained({queue, DataType::float64}, variant);
        const auto folded = nn::folded(*generator);
        EXPECT_LT(folded->entries().size(), generator->entries().size());
        const NoRecord no_record;
        const Var z(noise(queue, {3, 2, 1, 3}, DataType::float64, 9));
        const auto expected = generator->forward(z, inference).value().to_doubles();
        const auto found = folded->forward(z, inference).value().to_doubles();
        ASSERT_EQ(found.size(), expected.size());
        double worst = 0, largest = 0;
        for (std::size_t i = 0; i < found.size(); ++i) {
            worst = std::max(worst, std::abs(found[i] - expected[i]));
            largest = std::max(largest, std::abs(expected[i]));
        }
        EXPECT_GT(largest, 1e-4);
        EXPECT_LT(worst, 1e-13);
    }
}

}  // namespace
}  // namespace protolith::models
