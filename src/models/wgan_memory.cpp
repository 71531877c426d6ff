#include "models/wgan_memory.hpp"

#include "models/wgan_gp.hpp"
#include "nn/summary.hpp"

#include <algorithm>

#include <omp.h>

namespace protolith::models {
namespace {

/// Sums of bfloat16 products are float32 and stand beside what was unrolled for them, whatever the batch.
constexpr std::size_t bfloat16_sums = std::size_t{2} << 20;

/// Numbers of one image on its way through a network: all that is kept, and the largest of it.
struct Activations {
    std::size_t all, largest;
};

Activations activations(const nn::Summary& summary) {
    std::size_t largest = 0;
    for (const auto& row : summary.layers) largest = std::max(largest, static_cast<std::size_t>(row.output.elements()));
    return {static_cast<std::size_t>(summary.activations()), largest};
}

struct Networks {
    Networks(const WganGpSettings& s, DataType type)
        : generator(nn::summary(Generator({queue, type}, s), {1, 1, 1, s.latent})),
          critic(nn::summary(Critic({queue, type}, s), {1, s.image_size, s.image_size, s.channels})) {}

    // with the threads that the process has: a queue's number is also that of the products of all others
    Queue queue{kernels::Backend::cpu, omp_get_max_threads()};
    nn::Summary generator, critic;
};

}  // namespace

nn::MemoryNeed training_memory(const WganGpSettings& settings, DataType type) {
    const Networks networks(settings, type);
    const auto g = static_cast<std::size_t>(networks.generator.parameters);
    const auto d = static_cast<std::size_t>(networks.critic.parameters);
    const Activations of_g = activations(networks.generator), of_d = activations(networks.critic);
    const std::size_t number = kernels::size_of(type), sum = kernels::size_of(accumulator_of(type));
    // weights and two moments; a gradient (the critic's also in its two parts); weights prepared for products forwards
    // and backwards, about twice as large where minimal filtering multiplies them
    const bool half = type == DataType::bfloat16;
    const std::size_t prepared = 2 * number * (g + d) * (half ? 1 : 2);
    const std::size_t fixed = sum * (3 * (g + d) + std::max(g, 2 * d)) + prepared + (half ? bfloat16_sums : 0);
    // penalty: values, gradients before and behind their gate, the tangent; else values twice; and what is under way
    const std::size_t critic_step = std::max(3 * of_d.all, 2 * of_d.all + 2 * of_d.largest) + 2 * of_d.largest;
    const std::size_t generator_step = of_g.all + of_d.all + 2 * std::max(of_g.largest, of_d.largest);
    return {fixed, number * std::max(critic_step, generator_step)};
}

nn::MemoryNeed generation_memory(const WganGpSettings& settings, DataType type) {
    const Networks networks(settings, type);
    const auto g = static_cast<std::size_t>(networks.generator.parameters);
    const std::size_t number = kernels::size_of(type), sum = kernels::size_of(accumulator_of(type));
    // weights as trained and folded, packed for one direction; a layer's input and output
    return {(2 * sum + number) * g, 3 * number * activations(networks.generator).largest};
}

}  // namespace protolith::models
