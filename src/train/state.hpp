// Tensors to and from checkpoints, bit for bit.
#pragma once

#include "io/checkpoint.hpp"
#include "tensor/tensor.hpp"

#include <string>

namespace protolith::train {

/// No NaN and no infinity.
bool finite(const Tensor& tensor);

/// A tensor (float32, float64) that every rank holds alike. Collective.
void save_tensor(io::CheckpointWriter& writer, const std::string& name, const Tensor& tensor);
/// Overwrites `to`; InputError naming file and tensor if it is not there or of another size.
void load_tensor(const io::Checkpoint& checkpoint, const std::string& name, const Tensor& to);

}  // namespace protolith::train
