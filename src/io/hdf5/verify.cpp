// Reads every chunk of a dataset, so that Fletcher32 is checked everywhere and chunks lost from the index are noticed.
#include "io/hdf5/content_sum.hpp"
#include "io/hdf5/file_reader.hpp"

#include <algorithm>

namespace protolith::io {

namespace {
constexpr hsize_t piece_bytes = hsize_t{16} << 20;

// A chunk that the index has lost reads as zeros without an error: each must be there with its checksum's four bytes.
// (The index of the portable format has no checksum of its own.)
void require_every_chunk(hid_t dataset, const DatasetInfo& info, const std::string& file) {
    const hsize_t expected = Slab{{}, info.chunk}.elements() * info.element_bytes() + (info.checksummed ? 4 : 0);
    Shape at(info.shape.size(), 0);
    if (Slab{{}, info.shape}.elements() == 0) return;
    for (std::size_t axis = 0; axis < at.size();) {
        hsize_t stored = 0;
        const bool found = H5Dget_chunk_storage_size(dataset, at.data(), &stored) >= 0;
        const std::string reason = found ? "" : ": " + take_hdf5_errors();
        require_input(found && stored == expected,
                      "{}: dataset '{}' is damaged: its chunk at ({}) has {} bytes in the index, {} expected{}", file,
                      info.name, fmt::join(at, ", "), stored, expected, reason);
        // Count through the chunks, first axis fastest.
        for (axis = 0; axis < at.size(); ++axis) {
            at[axis] += info.chunk[axis];
            if (at[axis] < info.shape[axis]) break;
            at[axis] = 0;
        }
    }
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
    if (!found.chunk.empty()) require_every_chunk(opened.get(), found, name());
    const Slab all{Shape(found.shape.size(), 0), found.shape};
    const Shape step = found.chunk.empty() ? Shape(found.shape.size(), 1) : found.chunk;
    std::vector<char> bytes;
    std::uint64_t sum = 0;
    for (const Slab& piece : cut_slab(all, step, found.element_bytes(), piece_bytes)) {
        bytes.resize(piece.elements() * found.element_bytes());
        const SpaceHandle in_memory = memory_space(piece.count);
        if (!found.shape.empty())
            checked(H5Sselect_hyperslab(in_file.get(), H5S_SELECT_SET, piece.offset.data(), nullptr, piece.count.data(),
                                        nullptr),
                    name(), "verify '" + dataset + "'");
        if (H5Dread(opened.get(), type.get(), in_memory.get(), in_file.get(), H5P_DEFAULT, bytes.data()) < 0)
            throw_damaged(name(), found, piece);
        sum += content_sum(piece, found.shape, found.element_bytes(), bytes.data());
    }
    if (!io::has_attribute(opened.get(), content_sum_attribute) || int_attribute("/", "complete") != 1) return;
    const AttributeValue written = attribute(dataset, content_sum_attribute);
    require_input(written == AttributeValue{sum}, "{}: dataset '{}' is damaged: its content sum is {}, {} was written",
                  name(), dataset, sum, to_string(written));
}

}  // namespace protolith::io
