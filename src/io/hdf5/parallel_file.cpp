#include "io/hdf5/parallel_file.hpp"

#include "io/durable.hpp"
#include "io/hdf5/content_sum.hpp"

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <numeric>

namespace protolith::io {

namespace {
// Room for what HDF5 writes about the data: object headers, creation-order indexes, dimension lists. Reservations are
// taken a good deal ahead, so that small datasets do not ask each time.
constexpr hsize_t header_bytes = hsize_t{16} << 10, structure_bytes = hsize_t{1} << 20;

// OpenMPI's MPI-IO makes shared file pointers, which nobody uses here, with a semaphore that is named after the file
// without its folder. A job killed while it opens a file leaves the semaphore taken, and every later job on that node
// that opens a file of this name waits for ever. Read by OpenMPI when the first file is opened; ignored by others.
void avoid_shared_file_pointers() { setenv("OMPI_MCA_sharedfp", "^sm", 0); }

PropertyHandle property(hid_t kind) { return PropertyHandle(checked(H5Pcreate(kind), "HDF5", "make a property list")); }

PropertyHandle access_properties(const Communicator& comm, FileFormat format) {
    PropertyHandle access = property(H5P_FILE_ACCESS);
    const auto version = format == FileFormat::portable ? H5F_LIBVER_V18 : H5F_LIBVER_V110;
    checked(H5Pset_fapl_mpio(access.get(), comm.handle(), MPI_INFO_NULL), "HDF5", "choose MPI-IO");
    checked(H5Pset_libver_bounds(access.get(), version, version), "HDF5", "choose the file format");
    checked(H5Pset_all_coll_metadata_ops(access.get(), true), "HDF5", "choose collective metadata");
    checked(H5Pset_coll_metadata_write(access.get(), true), "HDF5", "choose collective metadata");
    checked(H5Pset_fclose_degree(access.get(), H5F_CLOSE_STRONG), "HDF5", "choose how files close");
    return access;
}

// netCDF-4 readers list variables in the order of creation.
void keep_creation_order(hid_t group_properties) {
    checked(H5Pset_link_creation_order(group_properties, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "HDF5",
            "track the order of creation");
    checked(H5Pset_attr_creation_order(group_properties, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "HDF5",
            "track the order of creation");
}

// Unlimited axes only where the length is zero: HDF5 refuses chunks beyond a fixed length.
SpaceHandle file_space(const Shape& shape) {
    if (shape.empty()) return SpaceHandle(checked(H5Screate(H5S_SCALAR), "HDF5", "make a scalar space"));
    Shape limit = shape;
    std::replace(limit.begin(), limit.end(), hsize_t{0}, H5S_UNLIMITED);
    return SpaceHandle(checked(H5Screate_simple(static_cast<int>(shape.size()), shape.data(), limit.data()), "HDF5",
                               "make a data space"));
}

PropertyHandle dataset_properties(const Shape& chunk) {
    PropertyHandle create = property(H5P_DATASET_CREATE);
    checked(H5Pset_attr_creation_order(create.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "HDF5",
            "track the order of creation");
    if (chunk.empty()) {
        checked(H5Pset_layout(create.get(), H5D_COMPACT), "HDF5", "choose the layout of a scalar");
        return create;
    }
    checked(H5Pset_chunk(create.get(), static_cast<int>(chunk.size()), chunk.data()), "HDF5", "choose chunks");
    checked(H5Pset_fletcher32(create.get()), "HDF5", "choose checksums");
    return create;
}
}  // namespace

ParallelFile::ParallelFile(const Communicator& comm, std::filesystem::path path, FileFormat format)
    : comm_(comm), path_(std::move(path)), exceptions_at_start_(std::uncaught_exceptions()) {
    quiet_hdf5_errors();
    avoid_shared_file_pointers();
    // The system says plainly why a file cannot be made; MPI-IO does not.
    on_root(comm_, [&] {
        create_empty(path_);
        reserve_space(path_, 0, structure_bytes);
    });
    together([&] {
        PropertyHandle create = property(H5P_FILE_CREATE);
        keep_creation_order(create.get());
        const PropertyHandle access = access_properties(comm_, format);
        file_ = FileHandle(
            checked(H5Fcreate(path_.c_str(), H5F_ACC_TRUNC, create.get(), access.get()), name(), "create the file"));
    });
    reserve(0);
}

ParallelFile::~ParallelFile() {
    if (failed_together_ || std::uncaught_exceptions() == exceptions_at_start_) {
        abandon();
        return;
    }
    for (DatasetHandle& dataset : datasets_) dataset.release();
    file_.release();
}

void ParallelFile::together(const std::function<void()>& operation) {
    try {
        collectively(comm_, operation);
    } catch (const CollectiveError&) {
        failed_together_ = true;
        throw;
    }
}

void ParallelFile::reserve(hsize_t bytes) {
    expected_ += bytes + header_bytes;
    if (expected_ <= reserved_) return;
    const hsize_t wanted = expected_ + structure_bytes;
    together([&] {
        if (comm_.is_root()) reserve_space(path_, reserved_, wanted);
    });
    reserved_ = wanted;
}

void ParallelFile::group(const std::string& group_name) {
    reserve(0);
    together([&] {
        for (std::size_t end = 0; end != std::string::npos;) {
            end = group_name.find('/', end + 1);
            const std::string part = group_name.substr(0, end);
            if (H5Lexists(file_.get(), part.c_str(), H5P_DEFAULT) > 0) continue;
            PropertyHandle create = property(H5P_GROUP_CREATE);
            keep_creation_order(create.get());
            GroupHandle group(checked(H5Gcreate2(file_.get(), part.c_str(), H5P_DEFAULT, create.get(), H5P_DEFAULT),
                                      name(), "create group '" + part + "'"));
        }
    });
}

ParallelDataset ParallelFile::create(const std::string& dataset, ElementType type, const Shape& shape, Shape chunk) {
    const std::size_t size = element_size(type);
    if (chunk.empty() && !shape.empty()) chunk = chunk_shape(shape, size);
    return add({dataset, type, size, shape, chunk}, file_type(type));
}

ParallelDataset ParallelFile::create_text(const std::string& dataset, std::size_t length, const Shape& shape) {
    const TypeHandle type = text_type(length);
    const std::size_t size = std::max<std::size_t>(length, 1);
    return add({dataset, ElementType::text, size, shape, shape.empty() ? Shape{} : chunk_shape(shape, size)},
               type.get());
}

ParallelDataset ParallelFile::add(ParallelDataset dataset, hid_t type) {
    require(dataset.chunk.size() == dataset.shape.size(), "{}: '{}' has {} axes, its chunk has {}", name(),
            dataset.name, dataset.shape.size(), dataset.chunk.size());
    reserve(chunked_bytes(dataset.shape, dataset.chunk, dataset.element_size));
    const auto slash = dataset.name.find_last_of('/');
    if (slash != std::string::npos && slash > 0) group(dataset.name.substr(0, slash));
    together([&] {
        const SpaceHandle space = file_space(dataset.shape);
        const PropertyHandle create = dataset_properties(dataset.chunk);
        datasets_.emplace_back(checked(
            H5Dcreate2(file_.get(), dataset.name.c_str(), type, space.get(), H5P_DEFAULT, create.get(), H5P_DEFAULT),
            name(), "create dataset '" + dataset.name + "'"));
    });
    dataset.id = datasets_.back().get();
    dataset.number = content_sums_.size();
    content_sums_.push_back(0);
    return dataset;
}

void ParallelFile::write(const ParallelDataset& dataset, const Slab& slab, const void* data) {
    std::vector<Slab> pieces;
    together([&] {
        require(file_ && H5Iis_valid(dataset.id) > 0, "{}: '{}' was written after the file was closed", name(),
                dataset.name);
        require(slab.offset.size() == dataset.shape.size() && slab.count.size() == dataset.shape.size(),
                "{}: '{}' has {} axes, the slab has {}", name(), dataset.name, dataset.shape.size(), slab.count.size());
        for (std::size_t a = 0; a < dataset.shape.size() && slab.elements() > 0; ++a)
            require(slab.offset[a] + slab.count[a] <= dataset.shape[a],
                    "{}: '{}' has length {} along axis {}, the slab ends at {}", name(), dataset.name, dataset.shape[a],
                    a, slab.offset[a] + slab.count[a]);
        pieces = cut_slab(slab, dataset.chunk, dataset.element_size, piece_bytes);
    });
    content_sums_[dataset.number] += content_sum(slab, dataset.shape, dataset.element_size, data);
    const auto rounds = static_cast<std::size_t>(comm_.max(static_cast<double>(pieces.size())));
    const char* at = static_cast<const char*>(data);
    for (std::size_t i = 0; i < rounds; ++i) {
        const Slab* piece = i < pieces.size() ? &pieces[i] : nullptr;
        together([&] { transfer(dataset, piece, at); });
        if (piece) at += piece->elements() * dataset.element_size;
    }
}

void ParallelFile::transfer(const ParallelDataset& dataset, const Slab* piece, const void* data) {
    const std::string action = "write dataset '" + dataset.name + "'";
    SpaceHandle in_file(checked(H5Dget_space(dataset.id), name(), action));
    const SpaceHandle in_memory = memory_space(piece ? piece->count : dataset.shape);
    if (!piece) {
        checked(H5Sselect_none(in_file.get()), name(), action);
        checked(H5Sselect_none(in_memory.get()), name(), action);
    } else if (!dataset.shape.empty()) {
        checked(H5Sselect_hyperslab(in_file.get(), H5S_SELECT_SET, piece->offset.data(), nullptr, piece->count.data(),
                                    nullptr),
                name(), action);
    }
    PropertyHandle how = property(H5P_DATASET_XFER);
    checked(H5Pset_dxpl_mpio(how.get(), H5FD_MPIO_COLLECTIVE), name(), action);
    const TypeHandle text = dataset.type == ElementType::text ? text_type(dataset.element_size) : TypeHandle();
    const hid_t type = text ? text.get() : memory_type(dataset.type);
    const char nothing = 0;
    checked(H5Dwrite(dataset.id, type, in_memory.get(), in_file.get(), how.get(), piece ? data : &nothing), name(),
            action);
}

void ParallelFile::write_from_root(const ParallelDataset& dataset, const void* data) {
    if (dataset.shape.empty()) {
        // A scalar lies in the object header, which all ranks must write alike.
        const Slab scalar;
        together([&] { transfer(dataset, &scalar, data); });
        if (comm_.is_root()) content_sums_[dataset.number] = content_sum({}, {}, dataset.element_size, data);
        return;
    }
    Slab all{Shape(dataset.shape.size(), 0), dataset.shape};
    if (!comm_.is_root()) std::fill(all.count.begin(), all.count.end(), hsize_t{0});
    write(dataset, all, data);
}

void ParallelFile::attributes(const std::string& object, const AttributeList& list) {
    hsize_t bytes = 0;
    for (const auto& [key, value] : list) bytes += 2 * to_string(value).size();
    reserve(bytes);
    together([&] {
        ObjectHandle target(
            checked(H5Oopen(file_.get(), object.c_str(), H5P_DEFAULT), name(), "open '" + object + "'"));
        for (const auto& [key, value] : list) write_attribute(target.get(), key, value, name());
    });
}

void ParallelFile::seal() {
    std::vector<std::uint64_t> sums = content_sums_;
    comm_.sum_in_place(sums.data(), sums.size());
    together([&] {
        for (std::size_t i = 0; i < sums.size(); ++i)
            write_attribute(datasets_[i].get(), content_sum_attribute, sums[i], name());
    });
}

void ParallelFile::flush() {
    together([&] { checked(H5Fflush(file_.get(), H5F_SCOPE_GLOBAL), name(), "flush the file"); });
}

void ParallelFile::close() {
    flush();
    together([&] {
        for (DatasetHandle& dataset : datasets_) checked(H5Dclose(dataset.release()), name(), "close a dataset");
        checked(H5Fclose(file_.release()), name(), "close the file");
    });
    together([&] {
        if (comm_.is_root()) sync_file(path_);
    });
}

void ParallelFile::abandon() noexcept {
    datasets_.clear();
    file_.reset();
    H5Eclear2(H5E_DEFAULT);
}

}  // namespace protolith::io
