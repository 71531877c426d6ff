#include "io/hdf5/layout.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace protolith::io {

namespace {
hsize_t product(const Shape& shape) {
    return std::accumulate(shape.begin(), shape.end(), hsize_t{1}, std::multiplies<>());
}

void cut(const Slab& slab, const Shape& chunk, hsize_t element_size, hsize_t largest, std::vector<Slab>& pieces) {
    const auto axis = static_cast<std::size_t>(
        std::find_if(slab.count.begin(), slab.count.end(), [](hsize_t n) { return n > 1; }) - slab.count.begin());
    if (slab.elements() * element_size <= largest || axis == slab.count.size()) {
        pieces.push_back(slab);
        return;
    }
    const hsize_t row = slab.elements() / slab.count[axis] * element_size;
    const hsize_t fitting = std::max<hsize_t>(1, largest / row);
    const hsize_t end = slab.offset[axis] + slab.count[axis];
    for (hsize_t at = slab.offset[axis]; at < end;) {
        hsize_t next = std::min(end, at + fitting);
        const hsize_t boundary = next / chunk[axis] * chunk[axis];
        if (next < end && boundary > at) next = boundary;
        Slab piece = slab;
        piece.offset[axis] = at;
        piece.count[axis] = next - at;
        cut(piece, chunk, element_size, largest, pieces);
        at = next;
    }
}
}  // namespace

hsize_t Slab::elements() const noexcept { return product(count); }

Shape chunk_shape(const Shape& shape, std::size_t element_size) {
    Shape chunk = shape;
    for (hsize_t& n : chunk) n = std::max<hsize_t>(n, 1);
    if (chunk.size() >= 3) chunk[0] = 1;
    for (hsize_t& n : chunk) {
        const hsize_t bytes = product(chunk) * element_size;
        if (bytes <= largest_chunk) break;
        const hsize_t row = bytes / n;
        n = std::max<hsize_t>(1, largest_chunk / row);
    }
    return chunk;
}

hsize_t chunked_bytes(const Shape& shape, const Shape& chunk, std::size_t element_size) {
    constexpr hsize_t checksum = 4, index_node = 4096;
    hsize_t chunks = 1;
    for (std::size_t a = 0; a < shape.size(); ++a) chunks *= (shape[a] + chunk[a] - 1) / chunk[a];
    // A B-tree entry holds size, filter mask, address and one offset per axis; nodes may be half full.
    const hsize_t index = 2 * chunks * (24 + 8 * (shape.size() + 1)) + index_node;
    return chunks * (product(chunk) * element_size + checksum) + index;
}

std::vector<Slab> cut_slab(const Slab& slab, const Shape& chunk, std::size_t element_size, hsize_t largest) {
    std::vector<Slab> pieces;
    if (slab.elements() > 0) cut(slab, chunk, element_size, largest, pieces);
    return pieces;
}

SpaceHandle memory_space(const Shape& count) {
    if (count.empty()) return SpaceHandle(checked(H5Screate(H5S_SCALAR), "HDF5", "make a memory space"));
    return SpaceHandle(checked(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr), "HDF5",
                               "make a memory space"));
}

}  // namespace protolith::io
