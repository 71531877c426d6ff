// Reads HDF5 files: each process on its own, whole datasets or boxes. Checksums are verified by what is read.
#pragma once

#include "base/communicator.hpp"
#include "io/hdf5/attributes.hpp"
#include "io/hdf5/element_type.hpp"
#include "io/hdf5/layout.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace protolith::io {

/// What is known about a dataset without reading it.
struct DatasetInfo {
    std::string name;  ///< absolute: "/curves/s2"
    ElementType type = ElementType::uint8;
    Shape shape, chunk;         ///< chunk is empty if not chunked
    std::size_t text_size = 0;  ///< bytes of each text
    bool checksummed = false;   ///< has Fletcher32
    std::size_t element_bytes() const { return type == ElementType::text ? text_size : element_size(type); }
    hsize_t bytes() const { return Slab{{}, shape}.elements() * element_bytes(); }
};

/// Everything wrong with the file or a name is an InputError that names the file.
class FileReader {
  public:
    /// Opens for this process alone.
    explicit FileReader(std::filesystem::path path);
    /// Opens on every rank; if it fails on one, all throw. The reading that follows is each rank's own. Collective.
    FileReader(const Communicator& comm, std::filesystem::path path);

    const std::filesystem::path& path() const noexcept { return path_; }
    bool contains(const std::string& name) const;
    /// Absolute names of all datasets, in the order of their creation where the file has kept it.
    std::vector<std::string> datasets() const;
    DatasetInfo info(const std::string& name) const;

    /// The whole dataset, row-major. T must be the stored type; double reads every number.
    template <class T>
    std::vector<T> read(const std::string& name) const {
        const DatasetInfo found = info(name);
        std::vector<T> values(Slab{{}, found.shape}.elements());
        read_numbers(found, {Shape(found.shape.size(), 0), found.shape}, element_type_of<T>(), values.data());
        return values;
    }
    /// A box of it into `out`.
    template <class T>
    void read(const std::string& name, const Shape& offset, const Shape& count, T* out) const {
        read_numbers(info(name), {offset, count}, element_type_of<T>(), out);
    }
    std::vector<std::string> read_text(const std::string& name) const;
    /// Attributes of a dataset, a group or the file ("/").
    AttributeList attributes(const std::string& object) const;
    AttributeValue attribute(const std::string& object, const std::string& name) const;
    bool has_attribute(const std::string& object, const std::string& name) const;
    /// An attribute that must be a text or an integer.
    std::string text_attribute(const std::string& object, const std::string& name) const;
    std::int64_t int_attribute(const std::string& object, const std::string& name) const;

    /// Reads every chunk: InputError names the dataset whose checksum is wrong or of which a chunk is missing.
    void verify(const std::string& name) const;

  private:
    void read_numbers(const DatasetInfo& info, const Slab& slab, ElementType type, void* out) const;
    DatasetHandle open_dataset(const std::string& name) const;
    ObjectHandle open_object(const std::string& name) const;
    std::string name() const { return path_.string(); }

    std::filesystem::path path_;
    FileHandle file_;
};

}  // namespace protolith::io
