// The images of a batch that this rank makes, kept until the result is written; saved and taken up again by
// checkpoints.
#pragma once

#include "io/checkpoint.hpp"
#include "io/result_file.hpp"
#include "run/run.hpp"
#include "volume/volume.hpp"

#include <vector>

namespace protolith::jobs {

/// Equal-sized images with some numbers each. Items are this rank's share of the batch.
class ImageStore {
  public:
    ImageStore(const Communicator& comm, std::size_t total, Extent extent, std::size_t numbers_each);

    const ItemRange& items() const noexcept { return items_; }
    std::size_t total() const noexcept { return total_; }
    /// First item of this rank that is not there yet; items().last when all are.
    std::size_t next() const noexcept { return items_.first + done_; }
    bool finished() const noexcept { return done_ == items_.size(); }
    std::size_t done() const noexcept { return done_; }
    /// Adds the next item.
    void add(const PhaseVolume& image, const std::vector<double>& numbers);
    PhaseVolume image(std::size_t item) const;
    double number(std::size_t item, std::size_t which) const {
        return numbers_[(item - items_.first) * numbers_each_ + which];
    }
    std::vector<double> numbers(std::size_t which) const;

    /// Collective.
    void save(io::CheckpointWriter& writer) const;
    void load(const io::Checkpoint& checkpoint);
    /// Writes the images as dataset `name` (image, [z,] y, x) with its dimensions. Collective.
    void write(io::ResultFile& file, const std::string& name, const std::string& long_name) const;
    /// Volumes alone: result.xdmf beside the finished `result`, with which ParaView opens the first few. Collective.
    void write_sidecar(const Communicator& comm, const std::filesystem::path& result, const std::string& name) const;
    /// The first `count` images of the batch, on every rank. Collective.
    std::vector<PhaseVolume> first_everywhere(const Communicator& comm, std::size_t count) const;

  private:
    std::size_t total_;
    Extent extent_;
    std::size_t numbers_each_;
    ItemRange items_;
    std::size_t done_ = 0;
    std::vector<std::uint8_t> voxels_;
    std::vector<double> numbers_;
};

}  // namespace protolith::jobs
