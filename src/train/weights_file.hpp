// Networks on disk, for whoever uses them after the training: HDF5 with the model's name and settings (so that the
// networks can be built again), every parameter and running statistic under its name, and where they come from.
// /model: attributes. /networks/NETWORK/NAME: a dataset in the engine's layout, convolutions (K, kernel…, C).
#pragma once

#include "io/hdf5/file_reader.hpp"
#include "io/provenance.hpp"
#include "nn/module.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace protolith::train {

/// What is stored of one network.
struct NetworkWeights {
    std::string name;  ///< "generator"
    std::vector<nn::Parameter> parameters;
    std::vector<nn::Buffer> buffers;
};
NetworkWeights weights_of(std::string name, const nn::Module& network);

/// Attributes of group /model: name, the settings that build it, step and error of the training.
struct ModelFacts {
    std::string model;  ///< "wgan-gp"
    io::AttributeList settings;
};

/// Writes NAME.tmp, then renames. Every rank holds the same values. Collective.
void write_weights(const Communicator& comm, const std::filesystem::path& path, const io::Provenance& provenance,
                   const ModelFacts& facts, std::span<const NetworkWeights> networks);

class WeightsFile {
  public:
    /// Opens and checks every byte: InputError naming the file if it is not a weights file, incomplete or damaged.
    explicit WeightsFile(const std::filesystem::path& path);

    const std::filesystem::path& path() const noexcept { return file_.path(); }
    const std::string& model() const noexcept { return model_; }
    std::int64_t integer(const std::string& setting) const;
    double real(const std::string& setting) const;
    bool has_network(const std::string& network) const;
    const io::FileReader& file() const noexcept { return file_; }

    /// Overwrites the network's parameters and statistics. InputError naming every difference: tensors that are missing
    /// on either side, other shapes, values that are not finite.
    void load(const NetworkWeights& network) const;

  private:
    io::FileReader file_;
    std::string model_;
};

}  // namespace protolith::train
