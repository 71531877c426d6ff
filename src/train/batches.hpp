// The batches of a training: item k of update u is the same image whatever the number of ranks.
#pragma once

#include "base/communicator.hpp"
#include "tensor/tensor.hpp"
#include "train/dihedral.hpp"
#include "train/epoch_order.hpp"
#include "train/samples.hpp"

namespace protolith::train {

class Batches {
  public:
    /// Batches of `batch` items over all ranks, of which this rank loads `mine`. InputError for a symmetry that
    /// exchanges rows and columns of images that are not square.
    Batches(Samples samples, std::uint64_t seed, std::int64_t batch, ItemRange mine, Symmetry symmetry);

    /// This rank's items of batch `update`: (items, rows, columns, channels).
    Tensor load(Queue& queue, DataType type, std::uint64_t update);
    const Samples& samples() const noexcept { return samples_; }

  private:
    Samples samples_;
    std::uint64_t seed_;
    std::uint64_t batch_;
    ItemRange mine_;
    Symmetry symmetry_;
    EpochOrder order_;
    std::vector<float> as_stored_, values_;
};

}  // namespace protolith::train
