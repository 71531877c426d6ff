#include "io/hdf5/content_sum.hpp"

#include <cstring>

namespace protolith::io {

namespace {
// Multiply, fold, multiply: neighbouring indices get unrelated weights.
std::uint64_t weight(std::uint64_t index) {
    std::uint64_t w = (index + 1) * 0x9e3779b97f4a7c15u;
    w = (w ^ (w >> 32)) * 0xd6e8feb86659fd93u;
    return w | 1;
}

template <class Word>
std::uint64_t sum_run(std::uint64_t first, std::size_t count, const char* data) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
        Word value;
        std::memcpy(&value, data + i * sizeof(Word), sizeof(Word));
        sum += value * weight(first + i);
    }
    return sum;
}

std::uint64_t sum_run(std::uint64_t first, std::size_t count, std::size_t element_size, const char* data) {
    switch (element_size) {
        case 4:
            return sum_run<std::uint32_t>(first, count, data);
        case 8:
            return sum_run<std::uint64_t>(first, count, data);
        default:
            return sum_run<std::uint8_t>(first * element_size, count * element_size, data);
    }
}
}  // namespace

std::uint64_t content_sum(const Slab& slab, const Shape& shape, std::size_t element_size, const void* data) {
    const char* at = static_cast<const char*>(data);
    if (shape.empty()) return sum_run(0, 1, element_size, at);
    const std::size_t last = shape.size() - 1;
    const hsize_t elements = slab.elements(), run = slab.count[last];
    Shape row(shape.size(), 0);
    std::uint64_t sum = 0;
    for (hsize_t done = 0; done < elements; done += run, at += run * element_size) {
        hsize_t first = 0;
        for (std::size_t a = 0; a <= last; ++a) first = first * shape[a] + slab.offset[a] + row[a];
        sum += sum_run(first, run, element_size, at);
        for (std::size_t a = last; a-- > 0;) {
            if (++row[a] < slab.count[a]) break;
            row[a] = 0;
        }
    }
    return sum;
}

}  // namespace protolith::io
