// A job's result file: parallel HDF5 that reads as netCDF-4/CF, so that h5py, xarray, Panoply and ParaView show
// labelled axes. Dimensions are HDF5 dimension scales (netCDF-4 format specification; CF conventions 1.8).
#pragma once

#include "io/hdf5/parallel_file.hpp"
#include "io/provenance.hpp"

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace protolith::io {

class ResultFile;

/// A dataset that ranks fill slab by slab.
template <class T>
class Dataset {
  public:
    /// Writes this rank's box (row-major). Collective: a rank without elements passes counts of zero. Boxes of
    /// different ranks must not overlap.
    void write(const Shape& offset, const Shape& count, const T* data) {
        file_->write(dataset_, {offset, count}, data);
    }
    /// Writes items [first, last) along the first axis, each of the full extent of the other axes. Collective.
    void write_items(ItemRange items, std::span<const T> data) {
        Slab slab{Shape(dataset_.shape.size(), 0), dataset_.shape};
        slab.offset[0] = items.first;
        slab.count[0] = items.size();
        file_->together([&] {
            require(data.size() == slab.elements(), "'{}': {} elements given for items {} to {}, {} expected",
                    dataset_.name, data.size(), items.first, items.last, slab.elements());
        });
        file_->write(dataset_, slab, data.data());
    }
    const Shape& shape() const noexcept { return dataset_.shape; }

  private:
    friend class ResultFile;
    Dataset(std::shared_ptr<ParallelFile> file, ParallelDataset dataset)
        : file_(std::move(file)), dataset_(std::move(dataset)) {}
    std::shared_ptr<ParallelFile> file_;
    ParallelDataset dataset_;
};

/// All members are collective and end in the same CollectiveError on every rank. Names may hold groups ("curves/s2").
/// The file is written as NAME.tmp and takes its name in complete(); until then an older file of that name stays.
class ResultFile {
  public:
    /// The communicator must outlive the file.
    static ResultFile create(const Communicator& comm, const std::filesystem::path& path, const Provenance& provenance);

    /// A dimension with its coordinate values.
    void dimension(const std::string& name, std::span<const double> values, const std::string& units,
                   const std::string& long_name);
    /// A dimension that counts: its coordinates are 0, 1, …, size − 1.
    void dimension(const std::string& name, std::size_t size, const std::string& long_name);

    /// A dataset over dimensions of its own group or those above it, to be filled by slabs.
    template <class T>
    Dataset<T> dataset(const std::string& name, const std::vector<std::string>& dimensions,
                       const Attributes& attributes, const Shape& chunk = {}) {
        return {file_, create_dataset(name, element_type_of<T>(), dimensions, attributes, chunk)};
    }
    /// A whole dataset that every rank holds alike; rank 0 writes it. No dimensions: one number.
    template <class T>
    void write(const std::string& name, const std::vector<std::string>& dimensions, std::span<const T> values,
               const Attributes& attributes) {
        write_whole(create_dataset(name, element_type_of<T>(), dimensions, attributes, {}), values.data(),
                    values.size());
    }
    template <class T>
    void write(const std::string& name, const std::vector<std::string>& dimensions, const std::vector<T>& values,
               const Attributes& attributes) {
        write<T>(name, dimensions, std::span<const T>(values), attributes);
    }
    /// One number.
    template <class T>
    void scalar(const std::string& name, T value, const Attributes& attributes) {
        write<T>(name, {}, std::span<const T>(&value, 1), attributes);
    }
    /// Texts that every rank holds alike.
    void write_text(const std::string& name, const std::vector<std::string>& dimensions,
                    std::span<const std::string> texts, const Attributes& attributes);

    /// Sets an attribute of a dataset, a group or the file ("/").
    void attribute(const std::string& object, const std::string& name, const AttributeValue& value);

    /// Writes `complete = 1` after everything else is on disk, closes, and gives the file its name.
    void complete();

    const std::filesystem::path& path() const noexcept { return path_; }
    /// The parallel file beneath.
    ParallelFile& file() noexcept { return *file_; }

  private:
    struct Dimension {
        std::string name;  // absolute: "/curves/r"
        hsize_t size;
        hid_t scale;
    };
    ResultFile(std::shared_ptr<ParallelFile> file, std::filesystem::path path);
    ParallelDataset create_dataset(const std::string& name, ElementType type,
                                   const std::vector<std::string>& dimensions, const Attributes& attributes,
                                   const Shape& chunk);
    std::vector<Dimension> find(const std::string& dataset, const std::vector<std::string>& dimensions) const;
    void label(const ParallelDataset& dataset, const std::vector<Dimension>& axes, const Attributes& attributes);
    void write_whole(const ParallelDataset& dataset, const void* data, std::size_t count);
    void make_scale(const ParallelDataset& dataset, const Attributes& attributes);

    std::shared_ptr<ParallelFile> file_;
    std::filesystem::path path_;
    std::vector<Dimension> dimensions_;
};

/// The two-step commit that result files and checkpoints share: everything to disk, then `complete = 1`, then closed.
void close_complete(ParallelFile& file);
/// Root attributes and group /provenance of a new file; `kind` is "result" or "checkpoint".
void begin_file(ParallelFile& file, const std::string& kind, const Provenance& provenance);

}  // namespace protolith::io
