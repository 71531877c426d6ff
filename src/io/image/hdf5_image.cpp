#include "io/image/hdf5_image.hpp"

#include "io/hdf5/handle.hpp"
#include "io/image/file.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

namespace protolith::io {

namespace {

using Axes = std::vector<hsize_t>;

/// The result of an HDF5 call, or an InputError with HDF5's innermost reason.
template <class T>
T readable(T result, const ImagePath& path, const char* action) {
    if (result < 0) throw InputError(fmt::format("{}: cannot {}: {}", to_string(path), action, take_hdf5_errors()));
    return result;
}

herr_t list_dataset(hid_t, const char* name, const H5O_info_t* info, void* list) {
    auto& names = *static_cast<std::string*>(list);
    if (info->type == H5O_TYPE_DATASET && names.size() < 400)
        names += (names.empty() ? "/" : ", /") + std::string(name);
    return 0;
}

/// The names of the datasets in a file, for the message about one that is not there.
std::string datasets_of(hid_t file) {
    std::string names;
    H5Ovisit2(file, H5_INDEX_NAME, H5_ITER_INC, list_dataset, &names, H5O_INFO_BASIC);
    return names.empty() ? "none" : names;
}

FileHandle open_file(const ImagePath& path) {
    quiet_hdf5_errors();
    open_to_read(path.file);
    return FileHandle(readable(H5Fopen(path.file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), path, "open the HDF5 file"));
}

DatasetHandle open_dataset(const FileHandle& file, const ImagePath& path, hid_t access) {
    require_input(!path.dataset.empty(), "{}: an HDF5 file; name the dataset as '{}:/dataset' (it holds: {})",
                  path.file, path.file, datasets_of(file.get()));
    DatasetHandle dataset(H5Dopen2(file.get(), path.dataset.c_str(), access));
    if (dataset.get() < 0) {
        H5Eclear2(H5E_DEFAULT);
        throw InputError(
            fmt::format("{}: no dataset '{}' (it holds: {})", path.file, path.dataset, datasets_of(file.get())));
    }
    return dataset;
}

Axes axes_of(const DatasetHandle& dataset, const ImagePath& path) {
    const SpaceHandle space(readable(H5Dget_space(dataset.get()), path, "read the shape"));
    Axes shape(static_cast<std::size_t>(readable(H5Sget_simple_extent_ndims(space.get()), path, "read the shape")));
    readable(H5Sget_simple_extent_dims(space.get(), shape.data(), nullptr), path, "read the shape");
    return shape;
}

/// How the samples are handed out, and as which type HDF5 converts them in memory.
struct SampleType {
    Sample sample;
    hid_t memory;  ///< owned by HDF5
    double maximum;
};

SampleType sample_type(const DatasetHandle& dataset, const ImagePath& path) {
    const TypeHandle type(readable(H5Dget_type(dataset.get()), path, "read the type"));
    const std::size_t bytes = H5Tget_size(type.get());
    switch (H5Tget_class(type.get())) {
        case H5T_INTEGER: {
            const bool is_signed = H5Tget_sign(type.get()) != H5T_SGN_NONE;
            if (bytes == 1 && !is_signed) return {Sample::uint8, H5T_NATIVE_UINT8, 255};
            if (bytes == 2 && !is_signed) return {Sample::uint16, H5T_NATIVE_UINT16, 65535};
            if (bytes <= 2) return {Sample::float32, H5T_NATIVE_FLOAT, 1};
            break;
        }
        case H5T_ENUM:  // h5py's boolean
            if (bytes == 1) return {Sample::uint8, H5T_NATIVE_UINT8, 1};
            break;
        case H5T_FLOAT:
            return {Sample::float32, H5T_NATIVE_FLOAT, 1};
        default:
            break;
    }
    throw InputError(fmt::format(
        "{}: {}-byte elements that are no image; integers of 8 or 16 bits, booleans or floating-point numbers "
        "expected",
        to_string(path), bytes));
}

/// The axes of one image in a dataset: the dataset's own, or without the leading one where an item is chosen.
Extent extent_of(const Axes& shape, const ImagePath& path) {
    const std::size_t leading = path.item ? 1 : 0, rank = shape.size() - std::min(shape.size(), leading);
    require_input(rank == 2 || rank == 3, "{}: a dataset of {} axes ({}); {} expected", to_string(path), shape.size(),
                  fmt::join(shape, " × "),
                  path.item ? "a batch of 2-D or 3-D images" : "a 2-D or 3-D image, or '[k]' for one item of a batch,");
    require_input(!path.item || *path.item < shape[0], "{}: the batch has {} items, counted from 0", to_string(path),
                  shape[0]);
    return {rank == 3 ? shape[leading] : 1, shape[leading + rank - 2], shape[leading + rank - 1]};
}

/// The dataset with a chunk cache that holds one row of chunks, so that bands of rows decompress every chunk once.
struct OpenDataset {
    DatasetHandle handle;
    std::size_t cache_bytes;
};

OpenDataset open_with_cache(const FileHandle& file, const ImagePath& path) {
    DatasetHandle plain = open_dataset(file, path, H5P_DEFAULT);
    const PropertyHandle layout(readable(H5Dget_create_plist(plain.get()), path, "read the layout"));
    if (H5Pget_layout(layout.get()) != H5D_CHUNKED) return {std::move(plain), 0};
    const Axes shape = axes_of(plain, path);
    Axes chunk(shape.size());
    readable(H5Pget_chunk(layout.get(), static_cast<int>(chunk.size()), chunk.data()), path, "read the chunks");
    const TypeHandle type(readable(H5Dget_type(plain.get()), path, "read the type"));
    std::size_t chunk_bytes = H5Tget_size(type.get());
    for (const hsize_t side : chunk) chunk_bytes *= side;
    const std::size_t across = shape.empty() ? 1 : (shape.back() + chunk.back() - 1) / chunk.back();
    constexpr std::size_t most = std::size_t{1} << 30;
    const std::size_t cache = std::min(chunk_bytes * across, most);
    const PropertyHandle access(readable(H5Pcreate(H5P_DATASET_ACCESS), path, "set the cache"));
    readable(H5Pset_chunk_cache(access.get(), 100 * across + 1, cache, 1.0), path, "set the cache");
    return {open_dataset(file, path, access.get()), cache};
}

class Hdf5Image final : public ImageSource {
  public:
    Hdf5Image(const ImagePath& path, FileHandle file, OpenDataset dataset, const Axes& shape, const SampleType& type)
        : ImageSource({to_string(path), extent_of(shape, path), type.sample, type.maximum, {}}),
          path_(path),
          rank_(shape.size()),
          type_(type),
          file_(std::move(file)),
          dataset_(std::move(dataset.handle)),
          cache_bytes_(dataset.cache_bytes) {}

    std::size_t held_bytes() const noexcept override { return cache_bytes_; }

  private:
    void read_samples(const Block& block, std::byte* out) override {
        // Slowest first, then only as many axes as the dataset has: item, plane, row, column; plane, row, column; row,
        // column.
        const std::array<hsize_t, 4> first{path_.item.value_or(0), block.offset.z, block.offset.y, block.offset.x};
        const std::array<hsize_t, 4> count{1, block.extent.z, block.extent.y, block.extent.x};
        Axes offset(first.end() - static_cast<std::ptrdiff_t>(rank_), first.end());
        const Axes size(count.end() - static_cast<std::ptrdiff_t>(rank_), count.end());
        if (path_.item) offset[0] = *path_.item;
        const SpaceHandle space(readable(H5Dget_space(dataset_.get()), path_, "read the shape"));
        readable(H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, offset.data(), nullptr, size.data(), nullptr), path_,
                 "select a block");
        const SpaceHandle memory(
            readable(H5Screate_simple(static_cast<int>(rank_), size.data(), nullptr), path_, "select a block"));
        // A boolean is read as what it is stored as: HDF5 does not convert an enumeration to a number.
        const TypeHandle stored(readable(H5Dget_type(dataset_.get()), path_, "read the type"));
        const hid_t type = H5Tget_class(stored.get()) == H5T_ENUM ? stored.get() : type_.memory;
        readable(H5Dread(dataset_.get(), type, memory.get(), space.get(), H5P_DEFAULT, out), path_,
                 "read it (damaged or truncated?)");
    }

    ImagePath path_;
    std::size_t rank_;
    SampleType type_;
    FileHandle file_;
    DatasetHandle dataset_;
    std::size_t cache_bytes_;
};

}  // namespace

std::unique_ptr<ImageSource> open_hdf5_image(const ImagePath& path) {
    FileHandle file = open_file(path);
    OpenDataset dataset = open_with_cache(file, path);
    const Axes shape = axes_of(dataset.handle, path);
    const SampleType type = sample_type(dataset.handle, path);
    return std::make_unique<Hdf5Image>(path, std::move(file), std::move(dataset), shape, type);
}

std::vector<std::size_t> hdf5_shape(const ImagePath& path) {
    const FileHandle file = open_file(path);
    const Axes shape = axes_of(open_dataset(file, path, H5P_DEFAULT), path);
    return {shape.begin(), shape.end()};
}

}  // namespace protolith::io
