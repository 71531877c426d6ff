// The batches of a training: item k of update u is the same image whatever the number of ranks.
#pragma once

#include "base/communicator.hpp"
#include "train/dihedral.hpp"
#include "train/epoch_order.hpp"
#include "train/samples.hpp"

#include <span>
#include <vector>

namespace protolith::train {

class Batches {
  public:
    /// Batches of `batch` items over all ranks, of which this rank loads `mine`. InputError for a symmetry that
    /// exchanges rows and columns of images that are not square.
    Batches(Samples samples, std::uint64_t seed, std::int64_t batch, ItemRange mine, Symmetry symmetry);

    /// Shape of this rank's items of a batch: (items, rows, columns, channels).
    Shape shape() const;
    /// Writes those of batch `update`.
    void load(std::uint64_t update, std::span<float> values);

  private:
    Samples samples_;
    std::uint64_t seed_;
    std::uint64_t batch_;
    ItemRange mine_;
    Symmetry symmetry_;
    EpochOrder order_;
    std::vector<float> as_stored_;
};

}  // namespace protolith::train
