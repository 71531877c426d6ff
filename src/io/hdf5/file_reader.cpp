#include "io/hdf5/file_reader.hpp"

#include <algorithm>

namespace protolith::io {

namespace {
template <class T>
T readable(T value, const std::string& file, const std::string& action) {
    if (value < 0) throw InputError(fmt::format("{}: cannot {}: {}", file, action, take_hdf5_errors()));
    return value;
}

herr_t remember_dataset(hid_t, const char* name, const H5O_info_t* object, void* names) {
    if (object->type == H5O_TYPE_DATASET)
        static_cast<std::vector<std::string>*>(names)->push_back(fmt::format("/{}", name));
    return 0;
}

PropertyHandle access_properties() {
    PropertyHandle access(checked(H5Pcreate(H5P_FILE_ACCESS), "HDF5", "make a property list"));
    checked(H5Pset_fclose_degree(access.get(), H5F_CLOSE_STRONG), "HDF5", "choose how files close");
    // Reading needs no lock, and cluster file systems often have none.
    checked(H5Pset_file_locking(access.get(), false, true), "HDF5", "choose no file lock");
    return access;
}

// Rewords what HDF5 throws about a file that a user gave.
template <class Work>
auto as_input(const Work& work) {
    try {
        return work();
    } catch (const InputError&) {
        throw;
    } catch (const Error& e) {
        throw InputError(e.what());
    }
}
}  // namespace

FileReader::FileReader(std::filesystem::path path) : path_(std::move(path)) {
    quiet_hdf5_errors();
    std::error_code error;
    const auto status = std::filesystem::status(path_, error);
    require_input(std::filesystem::exists(status), "{}: no such file", name());
    require_input(std::filesystem::is_regular_file(status), "{}: not a file", name());
    const htri_t is_hdf5 = H5Fis_hdf5(path_.c_str());
    H5Eclear2(H5E_DEFAULT);
    require_input(is_hdf5 > 0, "{}: not an HDF5 file, or one without its beginning", name());
    const PropertyHandle access = access_properties();
    file_ = FileHandle(readable(H5Fopen(path_.c_str(), H5F_ACC_RDONLY, access.get()), name(), "open the file"));
}

FileReader::FileReader(const Communicator& comm, std::filesystem::path path) : path_(path) {
    collectively(comm, [&] { file_ = std::move(FileReader(path).file_); });
}

bool FileReader::contains(const std::string& object) const {
    // Every group on the way must exist before the next may be asked for.
    for (std::size_t slash = object.find('/', 1); slash != std::string::npos; slash = object.find('/', slash + 1))
        if (H5Lexists(file_.get(), object.substr(0, slash).c_str(), H5P_DEFAULT) <= 0) return false;
    return object == "/" || H5Lexists(file_.get(), object.c_str(), H5P_DEFAULT) > 0;
}

std::vector<std::string> FileReader::datasets() const {
    // A file that tracks the order of creation in its root (all of ours do) must have it everywhere.
    unsigned tracked = 0;
    const GroupHandle root(readable(H5Gopen2(file_.get(), "/", H5P_DEFAULT), name(), "list the contents"));
    const PropertyHandle create(readable(H5Gget_create_plist(root.get()), name(), "list the contents"));
    readable(H5Pget_link_creation_order(create.get(), &tracked), name(), "list the contents");
    const H5_index_t order = (tracked & H5P_CRT_ORDER_INDEXED) != 0 ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME;
    std::vector<std::string> names;
    readable(H5Ovisit2(file_.get(), order, H5_ITER_INC, remember_dataset, &names, H5O_INFO_BASIC), name(),
             "list the contents");
    return names;
}

DatasetHandle FileReader::open_dataset(const std::string& dataset) const {
    require_input(contains(dataset), "{}: no dataset '{}'", name(), dataset);
    return DatasetHandle(
        readable(H5Dopen2(file_.get(), dataset.c_str(), H5P_DEFAULT), name(), "open dataset '" + dataset + "'"));
}

ObjectHandle FileReader::open_object(const std::string& object) const {
    require_input(contains(object), "{}: no group or dataset '{}'", name(), object);
    return ObjectHandle(readable(H5Oopen(file_.get(), object.c_str(), H5P_DEFAULT), name(), "open '" + object + "'"));
}

DatasetInfo FileReader::info(const std::string& dataset) const {
    const std::string action = "read the description of dataset '" + dataset + "'";
    const DatasetHandle opened = open_dataset(dataset);
    const TypeHandle type(readable(H5Dget_type(opened.get()), name(), action));
    const SpaceHandle space(readable(H5Dget_space(opened.get()), name(), action));
    const PropertyHandle create(readable(H5Dget_create_plist(opened.get()), name(), action));
    DatasetInfo info;
    info.name = dataset;
    info.type = as_input([&] { return classify(type.get(), name(), dataset); });
    if (info.type == ElementType::text) info.text_size = H5Tget_size(type.get());
    info.shape.resize(static_cast<std::size_t>(readable(H5Sget_simple_extent_ndims(space.get()), name(), action)));
    readable(H5Sget_simple_extent_dims(space.get(), info.shape.data(), nullptr), name(), action);
    if (H5Pget_layout(create.get()) == H5D_CHUNKED) {
        info.chunk.resize(info.shape.size());
        readable(H5Pget_chunk(create.get(), static_cast<int>(info.chunk.size()), info.chunk.data()), name(), action);
    }
    std::size_t parameters = 0;
    info.checksummed = H5Pget_filter_by_id2(create.get(), H5Z_FILTER_FLETCHER32, nullptr, &parameters, nullptr, 0,
                                            nullptr, nullptr) >= 0;
    H5Eclear2(H5E_DEFAULT);
    return info;
}

void FileReader::read_numbers(const DatasetInfo& info, const Slab& slab, ElementType type, void* out) const {
    const std::string action = "read dataset '" + info.name + "'";
    require_input(info.type == type || (type == ElementType::float64 && info.type != ElementType::text),
                  "{}: dataset '{}' holds {}, {} is needed", name(), info.name, to_string(info.type), to_string(type));
    require(slab.offset.size() == info.shape.size() && slab.count.size() == info.shape.size(),
            "{}: dataset '{}' has {} axes, {} were asked for", name(), info.name, info.shape.size(), slab.count.size());
    for (std::size_t a = 0; a < info.shape.size(); ++a)
        require_input(slab.offset[a] + slab.count[a] <= info.shape[a],
                      "{}: dataset '{}' has length {} along axis {}, {} is needed", name(), info.name, info.shape[a], a,
                      slab.offset[a] + slab.count[a]);
    if (slab.elements() == 0) return;
    const DatasetHandle dataset = open_dataset(info.name);
    const SpaceHandle in_file(readable(H5Dget_space(dataset.get()), name(), action));
    if (!info.shape.empty())
        readable(
            H5Sselect_hyperslab(in_file.get(), H5S_SELECT_SET, slab.offset.data(), nullptr, slab.count.data(), nullptr),
            name(), action);
    const SpaceHandle in_memory = memory_space(slab.count);
    readable(H5Dread(dataset.get(), memory_type(type), in_memory.get(), in_file.get(), H5P_DEFAULT, out), name(),
             action);
}

std::vector<std::string> FileReader::read_text(const std::string& dataset) const {
    const DatasetInfo found = info(dataset);
    require_input(found.type == ElementType::text, "{}: dataset '{}' holds {}, text is needed", name(), dataset,
                  to_string(found.type));
    std::string padded(found.bytes(), '\0');
    const DatasetHandle opened = open_dataset(dataset);
    const TypeHandle type = text_type(found.text_size);
    if (!padded.empty())
        readable(H5Dread(opened.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, padded.data()), name(),
                 "read dataset '" + dataset + "'");
    std::vector<std::string> texts;
    for (std::size_t at = 0; at < padded.size(); at += found.text_size) {
        const std::string text = padded.substr(at, found.text_size);
        texts.push_back(text.substr(0, text.find('\0')));
    }
    return texts;
}

AttributeList FileReader::attributes(const std::string& object) const {
    return as_input([&] { return read_attributes(open_object(object).get(), name()); });
}

AttributeValue FileReader::attribute(const std::string& object, const std::string& attribute) const {
    const ObjectHandle opened = open_object(object);
    require_input(io::has_attribute(opened.get(), attribute), "{}: '{}' has no attribute '{}'", name(), object,
                  attribute);
    return as_input([&] { return read_attribute(opened.get(), attribute, name()); });
}

bool FileReader::has_attribute(const std::string& object, const std::string& attribute) const {
    return contains(object) && io::has_attribute(open_object(object).get(), attribute);
}

std::string FileReader::text_attribute(const std::string& object, const std::string& name_) const {
    const AttributeValue value = attribute(object, name_);
    require_input(std::holds_alternative<std::string>(value), "{}: attribute '{}' of '{}' is not a text", name(), name_,
                  object);
    return std::get<std::string>(value);
}

std::int64_t FileReader::int_attribute(const std::string& object, const std::string& name_) const {
    const AttributeValue value = attribute(object, name_);
    require_input(std::holds_alternative<std::int64_t>(value), "{}: attribute '{}' of '{}' is not an integer", name(),
                  name_, object);
    return std::get<std::int64_t>(value);
}

}  // namespace protolith::io
