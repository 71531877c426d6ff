// Reads every chunk of a dataset, so that Fletcher32 is checked everywhere and chunks lost from the index are noticed.
#include "io/hdf5/file_reader.hpp"

#include <algorithm>

namespace protolith::io {

namespace {
constexpr hsize_t piece_bytes = hsize_t{16} << 20;

hsize_t chunk_count(const DatasetInfo& info) {
    hsize_t count = 1;
    for (std::size_t a = 0; a < info.shape.size(); ++a) count *= (info.shape[a] + info.chunk[a] - 1) / info.chunk[a];
    return count;
}

[[noreturn]] void throw_damaged(const std::string& file, const DatasetInfo& info, const Slab& piece) {
    throw InputError(fmt::format("{}: dataset '{}' is damaged near element ({}): {}", file, info.name,
                                 fmt::join(piece.offset, ", "), take_hdf5_errors()));
}
}  // namespace

void FileReader::verify(const std::string& dataset) const {
    const DatasetInfo found = info(dataset);
    const DatasetHandle opened = open_dataset(dataset);
    const SpaceHandle in_file(checked(H5Dget_space(opened.get()), name(), "verify '" + dataset + "'"));
    const TypeHandle type(checked(H5Dget_type(opened.get()), name(), "verify '" + dataset + "'"));
    if (!found.chunk.empty()) {
        hsize_t present = 0;
        const herr_t status = H5Dget_num_chunks(opened.get(), in_file.get(), &present);
        const std::string reasons = status < 0 ? take_hdf5_errors() : "";
        require_input(status >= 0 && present == chunk_count(found), "{}: dataset '{}' has {} of {} chunks {}", name(),
                      dataset, present, chunk_count(found), reasons);
    }
    const Slab all{Shape(found.shape.size(), 0), found.shape};
    const Shape step = found.chunk.empty() ? Shape(found.shape.size(), 1) : found.chunk;
    std::vector<char> bytes;
    for (const Slab& piece : cut_slab(all, step, found.element_bytes(), piece_bytes)) {
        const hsize_t count = piece.elements();
        bytes.resize(count * found.element_bytes());
        const SpaceHandle in_memory(H5Screate_simple(1, &count, nullptr));
        if (!found.shape.empty())
            checked(H5Sselect_hyperslab(in_file.get(), H5S_SELECT_SET, piece.offset.data(), nullptr, piece.count.data(),
                                        nullptr),
                    name(), "verify '" + dataset + "'");
        if (H5Dread(opened.get(), type.get(), in_memory.get(), in_file.get(), H5P_DEFAULT, bytes.data()) < 0)
            throw_damaged(name(), found, piece);
    }
}

}  // namespace protolith::io
