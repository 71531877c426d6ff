// Random tensors of a training: each item of each update draws from a place of its own, so that latents and mixing
// factors do not depend on the number of ranks or on restarts.
#pragma once

#include "base/communicator.hpp"
#include "base/random.hpp"
#include "tensor/tensor.hpp"

#include <span>

namespace protolith::train {

/// Standard normal values for the items `mine` of update `update`, as many for each.
void draw_normal(std::uint64_t seed, RandomPurpose purpose, std::uint64_t update, ItemRange mine,
                 std::span<float> values);
/// Uniform in [0, 1).
void draw_uniform(std::uint64_t seed, RandomPurpose purpose, std::uint64_t update, ItemRange mine,
                  std::span<float> values);

/// Standard normal values as a tensor: (items, …) with one item of shape `each`.
Tensor normal_draws(Queue& queue, DataType type, std::uint64_t seed, RandomPurpose purpose, std::uint64_t update,
                    ItemRange mine, const Shape& each);

}  // namespace protolith::train
