// The images that this rank draws from a generator: grey values as the network gives them, then phases. Saved and taken
// up again by checkpoints.
#pragma once

#include "io/checkpoint.hpp"
#include "io/result_file.hpp"
#include "volume/volume.hpp"

#include <vector>

namespace protolith::jobs {

class GeneratedImages {
  public:
    /// Items are this rank's share of the batch.
    GeneratedImages(const Communicator& comm, std::size_t total, Extent extent);

    const ItemRange& items() const noexcept { return items_; }
    std::size_t total() const noexcept { return total_; }
    const Extent& extent() const noexcept { return extent_; }
    std::size_t done() const noexcept { return done_; }
    std::size_t next() const noexcept { return items_.first + done_; }
    bool finished() const noexcept { return done_ == items_.size(); }
    /// Adds the grey values of the next images, one after the other.
    void add(const std::vector<float>& values);
    const std::vector<float>& grey() const noexcept { return grey_; }

    /// From now on images are phases by this threshold.
    void set_threshold(double threshold) noexcept { threshold_ = threshold; }
    double threshold() const noexcept { return threshold_; }
    /// Image `item` of this rank.
    PhaseVolume phase(std::size_t item) const;
    /// The first `count` images of the batch, on every rank. Collective.
    std::vector<PhaseVolume> first_everywhere(const Communicator& comm, std::size_t count) const;

    /// Collective.
    void save(io::CheckpointWriter& writer) const;
    void load(const io::Checkpoint& checkpoint);
    /// phase, phase_fraction, threshold and, if asked for, grey, over (image, y, x). Collective.
    void write(io::ResultFile& file, bool with_grey) const;

  private:
    std::size_t total_;
    Extent extent_;
    ItemRange items_;
    std::vector<float> grey_;
    std::size_t done_ = 0;
    double threshold_ = 0;
};

}  // namespace protolith::jobs
