// How much memory a WGAN-GP takes, from its table of layers.
#pragma once

#include "models/wgan_gp_settings.hpp"
#include "nn/memory.hpp"
#include "tensor/tensor.hpp"

namespace protolith::models {

/// Of a rank that trains: parameters, Adam's moments, gradients, packed weights, and what the larger of the critic's
/// and the generator's step keeps. Data sets are not counted.
nn::MemoryNeed training_memory(const WganGpSettings& settings, DataType type);

/// Of a rank that generates images of the settings' size.
nn::MemoryNeed generation_memory(const WganGpSettings& settings, DataType type);

}  // namespace protolith::models
