// A new HDF5 file that all ranks of a communicator write together through MPI-IO. Every dataset is chunked with
// Fletcher32; every call is collective, and a failure on one rank is the same CollectiveError on all.
#pragma once

#include "base/communicator.hpp"
#include "io/hdf5/attributes.hpp"
#include "io/hdf5/element_type.hpp"
#include "io/hdf5/layout.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace protolith::io {

/// What kind of structure HDF5 keeps about the data.
enum class FileFormat {
    portable,     ///< HDF5 1.8 structures: read by netCDF-Java (Panoply), ParaView and everything newer
    checksummed,  ///< HDF5 1.10 structures: every one has a checksum, so that any flipped bit is noticed
};

/// A dataset under construction; obtained from ParallelFile and valid until the file is closed.
struct ParallelDataset {
    std::string name;
    ElementType type = ElementType::uint8;
    std::size_t element_size = 1;
    Shape shape, chunk;
    hid_t id = H5I_INVALID_HID;
    std::size_t number = 0;  ///< in the order of creation
};

class ParallelFile {
  public:
    /// Creates (or replaces) the file. The communicator must outlive this object.
    ParallelFile(const Communicator& comm, std::filesystem::path path, FileFormat format);
    /// Closes the file if all ranks are known to come here together; while an exception of one rank passes, nothing
    /// collective is done, so that the rank can end the job.
    ~ParallelFile();
    ParallelFile(const ParallelFile&) = delete;
    ParallelFile& operator=(const ParallelFile&) = delete;

    const std::filesystem::path& path() const noexcept { return path_; }
    const Communicator& communicator() const noexcept { return comm_; }
    hid_t id() const noexcept { return file_.get(); }

    /// Creates a group and those above it unless they exist.
    void group(const std::string& name);
    /// Creates a dataset of numbers; an empty `chunk` means chunk_shape(). An empty shape makes a scalar, which HDF5
    /// cannot chunk: it lies in the object header.
    ParallelDataset create(const std::string& name, ElementType type, const Shape& shape, Shape chunk = {});
    /// Creates a dataset of texts of at most `length` bytes.
    ParallelDataset create_text(const std::string& name, std::size_t length, const Shape& shape);
    /// Writes this rank's slab (row-major; count may hold zeros) in pieces of at most piece_bytes.
    void write(const ParallelDataset& dataset, const Slab& slab, const void* data);
    /// Writes the whole dataset from rank 0; a scalar must be the same on all ranks.
    void write_from_root(const ParallelDataset& dataset, const void* data);
    /// Sets attributes of an object ("/" is the root).
    void attributes(const std::string& object, const AttributeList& list);

    /// Runs one collective HDF5 operation; if it fails on any rank, every rank throws CollectiveError.
    void together(const std::function<void()>& operation);
    /// Makes sure that the disk has room for `bytes` more than what was asked for before.
    void reserve(hsize_t bytes);
    hsize_t reserved_bytes() const noexcept { return reserved_; }
    /// Writes each dataset's content_sum (content_sum.hpp); for when everything is written.
    void seal();
    /// Flushes everything to disk.
    void flush();
    /// Closes; on disk in full when it returns.
    void close();
    /// Closes without asking for success; for a file that is given up. All ranks must call it.
    void abandon() noexcept;

    /// Largest piece of one collective write of one rank (MPI counts are ints; HDF5 copies each piece).
    hsize_t piece_bytes = hsize_t{256} << 20;

  private:
    ParallelDataset add(ParallelDataset dataset, hid_t file_type);
    void transfer(const ParallelDataset& dataset, const Slab* piece, const void* data);
    std::string name() const { return path_.string(); }

    const Communicator& comm_;
    std::filesystem::path path_;
    FileHandle file_;
    std::vector<DatasetHandle> datasets_;
    std::vector<std::uint64_t> content_sums_;  // of what this rank has written
    hsize_t expected_ = 0, reserved_ = 0;
    int exceptions_at_start_ = 0;
    bool failed_together_ = false;
};

}  // namespace protolith::io
