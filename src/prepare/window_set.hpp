// The images of a data set as a network takes them: read by number, as floats from −1 to 1, from any file of equal
// images that Protolith writes (prepare, generate, reconstruct, simulate).
#pragma once

#include "io/hdf5/file_reader.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace protolith::prepare {

struct WindowSetOptions {
    /// Dataset in the file; empty: `phase`, else `images`, else the file's only dataset of 3 or 4 axes.
    std::string dataset;
    /// Stored values that become −1 and 1; not given: the dataset's attribute `valid_range`, else 0 and 1 for whole
    /// numbers, −1 and 1 for real ones.
    std::optional<std::pair<double, double>> range;
    /// The set is held in memory as it is stored if it takes no more bytes; otherwise items are read when asked for.
    std::size_t memory_limit = std::size_t{2} << 30;
};

/// Images (item, row, column) or (item, row, column, channel), uint8 or float32. Each rank opens and reads by itself.
/// Errors (InputError naming file and dataset): no such dataset; other types or axes; an unfinished file; a value
/// outside the range or not finite, with its item, row and column.
class WindowSet {
  public:
    explicit WindowSet(const std::filesystem::path& file, const WindowSetOptions& options = {});

    std::size_t count() const noexcept { return count_; }
    std::size_t rows() const noexcept { return rows_; }
    std::size_t columns() const noexcept { return columns_; }
    std::size_t channels() const noexcept { return channels_; }
    /// Values of one item.
    std::size_t item_size() const noexcept { return rows_ * columns_ * channels_; }
    /// Stored values that become −1 and 1.
    std::pair<double, double> range() const noexcept { return range_; }
    /// The file and the dataset, as messages name them: "runs/windows/result.h5:/phase".
    const std::string& name() const noexcept { return name_; }
    bool in_memory() const noexcept { return in_memory_; }

    /// Item `item`: (rows, columns, channels).
    void read(std::size_t item, float* out) const;
    /// Several items in the order given: (items, rows, columns, channels).
    void read(std::span<const std::size_t> items, float* out) const;

    /// Refuses a set whose images a network of this size cannot take, with both shapes.
    void require_shape(std::size_t rows, std::size_t columns, std::size_t channels) const;

  private:
    void find_dataset(const std::string& asked);
    void read_shape();
    void choose_range(const WindowSetOptions& options);
    template <class T>
    void fetch(std::size_t item, std::vector<T>& values) const;
    template <class T>
    void check(std::size_t item, const T* values) const;
    template <class T>
    void scale(const T* values, float* out) const;
    template <class T>
    void load(std::vector<T>& values);

    io::FileReader file_;
    io::DatasetInfo info_;
    std::string name_;
    std::size_t count_ = 0, rows_ = 0, columns_ = 0, channels_ = 1;
    std::pair<double, double> range_;
    bool in_memory_ = false;
    std::vector<std::uint8_t> bytes_;  // the whole set, or empty
    std::vector<float> reals_;
};

}  // namespace protolith::prepare
