// What is said of memory before a training against what its steps then take from the pool.
#include "models/wgan_memory.hpp"

#include "models/wgan_gp.hpp"
#include "models/wgan_losses.hpp"
#include "nn/initialise.hpp"
#include "noise.hpp"
#include "optim/adam.hpp"

#include <gtest/gtest.h>

namespace protolith::models {
namespace {

/// Most bytes that two steps of each kind hold.
double measured(const WganGpSettings& settings, DataType type, std::int64_t batch) {
    Queue queue;
    const nn::Placement place{queue, type};
    Generator generator(place, settings);
    Critic critic(place, settings);
    nn::initialise(generator, 1, generator_network);
    nn::initialise(critic, 1, critic_network);
    optim::Adam generator_adam(generator.parameters(), {}), critic_adam(critic.parameters(), {});
    const Tensor z = noise(queue, {batch, 1, 1, settings.latent}, type);
    const Tensor real = noise(queue, {batch, settings.image_size, settings.image_size, 1}, type, 1);
    const Tensor mix = Tensor::full(queue, {batch}, accumulator_of(type), 0.5);
    for (int step = 0; step < 2; ++step) {
        critic_adam.step(critic_gradients(critic, real, real, mix, 10.0, {}).gradients);
        generator_adam.step(generator_gradients(generator, critic, z, {}).gradients);
    }
    return static_cast<double>(queue.pool()->use().peak_held);
}

class WganMemory : public testing::TestWithParam<DataType> {};

TEST_P(WganMemory, IsSaidNearEnoughToRefuse) {
    const WganGpSettings many_weights{.image_size = 32, .latent = 64, .width = 32, .critic_width = 32};
    const WganGpSettings large_images{.image_size = 128, .latent = 16, .width = 4, .critic_width = 4};
    for (const auto& [settings, batch] : {std::pair{many_weights, 2}, std::pair{large_images, 16}}) {
        const auto said = static_cast<double>(training_memory(settings, GetParam()).of(batch));
        const double taken = measured(settings, GetParam(), batch);
        EXPECT_GT(said, 0.75 * taken) << settings.image_size;
        EXPECT_LT(said, 1.75 * taken) << settings.image_size;
    }
}

INSTANTIATE_TEST_SUITE_P(Types, WganMemory, testing::Values(DataType::float32, DataType::bfloat16),
                         [](const auto& test) { return std::string(name_of(test.param)); });

TEST(WganMemory, GrowsWithBatchAndWidth) {
    const WganGpSettings narrow{.image_size = 64, .width = 16, .critic_width = 16}, companion;
    const auto small = training_memory(narrow, DataType::float32),
               large = training_memory(companion, DataType::float32);
    EXPECT_GT(large.fixed, 10 * small.fixed);
    EXPECT_GT(large.per_image, small.per_image);
    EXPECT_LT(generation_memory(companion, DataType::float32).of(64), large.of(64));
    EXPECT_LT(training_memory(companion, DataType::bfloat16).per_image, large.per_image);
}

}  // namespace
}  // namespace protolith::models
