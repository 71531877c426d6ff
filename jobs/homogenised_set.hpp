// The images of a set with their effective stiffnesses: this rank's share, kept until the result is written; saved and
// taken up again by checkpoints.
#pragma once

#include "elastic/bounds.hpp"
#include "elastic/homogeniser.hpp"
#include "io/checkpoint.hpp"
#include "io/result_file.hpp"
#include "volume/volume.hpp"

#include <array>
#include <vector>

namespace protolith::jobs {

/// One image, homogenized.
struct Homogenised {
    std::vector<double> image;                               ///< grey values (rows, columns), 0 … 1
    std::vector<double> tensors;                             ///< (6, grid.rows, grid.columns), GPa
    std::array<double, elastic::tensor_components> whole{};  ///< of the whole image as one point, λ0 = L
    double error = 0;                                        ///< estimated, of the strain
};

/// Homogenizes at the filter's wavelength and as a whole.
class HomogenisedSet {
  public:
    HomogenisedSet(const Communicator& comm, std::size_t total, const elastic::HomogeniserSettings& settings);

    const elastic::HomogeniserSettings& settings() const noexcept { return fine_.settings(); }
    const elastic::OutputGrid& grid() const noexcept { return fine_.grid(); }
    std::size_t total() const noexcept { return total_; }
    const ItemRange& items() const noexcept { return items_; }
    /// Items of this rank that are there.
    std::size_t done() const noexcept;
    /// The next items that are missing, at most `most`; empty: all are there.
    std::vector<std::size_t> missing(std::size_t most) const;
    /// Homogenizes these images together; Error naming the item if conjugate gradients do not converge.
    void add(const std::vector<std::size_t>& items, std::vector<std::vector<double>> images);
    const Homogenised& item(std::size_t item) const { return done_[item - items_.first]; }
    /// One item on every rank. Collective.
    Homogenised everywhere(const Communicator& comm, std::size_t item) const;
    /// Worst estimated error over ranks. Collective.
    double worst_error(const Communicator& comm) const;

    void save(io::CheckpointWriter& writer) const;
    void load(const io::Checkpoint& checkpoint);
    /// Datasets image, stiffness, anisotropy, whole_stiffness and their dimensions. Collective.
    void write(io::ResultFile& file) const;

  private:
    std::size_t packed_size() const noexcept;
    std::string pack(const Homogenised& one) const;
    Homogenised unpack(const std::string& bytes) const;

    std::size_t total_;
    ItemRange items_;
    elastic::Homogeniser<double> fine_, whole_;
    std::vector<Homogenised> done_;  // empty tensors: not there yet
};

}  // namespace protolith::jobs
