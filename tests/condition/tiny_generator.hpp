// A small generator with random weights, folded for drawing.
#pragma once

#include "condition/latent_images.hpp"
#include "models/wgan_gp.hpp"
#include "nn/fold.hpp"
#include "nn/initialise.hpp"

namespace protolith::condition {

inline models::WganGpSettings tiny_settings() {
    return {.image_size = 32,
            .latent = 5,
            .width = 4,
            .critic_width = 2,
            .batch_norm = false,
            .variant = models::WganVariant::mantle};
}

/// Weights are scaled up so that images are neither flat nor saturated.
inline LatentImages tiny_generator(Queue& queue, std::size_t batch) {
    const models::Generator generator(nn::Placement{queue, DataType::float32}, tiny_settings());
    nn::initialise(generator, 3, models::generator_network);
    for (const auto& parameter : generator.parameters()) {
        auto values = parameter.var.value().to_floats();
        for (float& value : values) value *= 7;
        parameter.var.value().assign(
            Tensor::from(queue, parameter.var.shape(), DataType::float32, std::span<const float>(values)));
    }
    return {nn::folded(generator), queue, DataType::float32, 5, batch};
}

}  // namespace protolith::condition
