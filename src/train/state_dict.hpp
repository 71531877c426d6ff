// Networks as PyTorch's users keep them: a state_dict in a safetensors file, with torch.nn's names ("main.0.weight")
// and layouts: convolutions (out, in, kernel…), transposed ones (in, out, kernel…). Our (K, kernel…, C) follow for both
// by moving the last axis to place 1; arrays of fewer than three axes are the same.
#pragma once

#include "io/safetensors.hpp"
#include "train/weights_file.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace protolith::train {

/// Names of the networks of a weights file, in the order of the file.
std::vector<std::string> networks_of(const WeightsFile& weights);

/// The shape that an array of a state_dict has here; of at most five axes.
Shape engine_shape(const io::TensorInfo& info);

/// Writes one network of a weights file; `prefix` goes before each name. `type`: float32, or bfloat16 (rounded).
void write_state_dict(const WeightsFile& weights, const std::string& network, const std::filesystem::path& path,
                      const std::string& prefix, io::TensorType type,
                      const std::map<std::string, std::string>& metadata);

/// Overwrites the network's parameters and statistics by those of a state_dict. InputError naming every difference:
/// tensors that are missing on either side (but batch norm's num_batches_tracked, which is passed over), other shapes,
/// values that are not finite.
void load_state_dict(const io::SafetensorsReader& file, const std::string& prefix, const NetworkWeights& network);

/// What stands before `name` ("0.weight") in the file: empty or ending with a dot. InputError if nothing does, or more
/// than one: then the user says which.
std::string prefix_of(const io::SafetensorsReader& file, const std::string& name);

}  // namespace protolith::train
