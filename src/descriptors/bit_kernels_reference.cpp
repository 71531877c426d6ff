// Plain texts of the bit kernels, voxel by voxel.
#include "descriptors/bit_kernels.hpp"

namespace protolith::descriptors {
namespace {

bool bit(const std::uint64_t* line, std::size_t x) { return (line[x / 64] >> (x % 64)) & 1; }

}  // namespace

std::uint64_t count_all_set_reference(std::span<const Vertex> vertices, std::size_t lines, std::size_t length) {
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < lines; ++i) {
        for (std::size_t x = 0; x < length; ++x) {
            bool all = true;
            for (const Vertex& v : vertices) all = all && bit(v.line + i * v.stride, x + v.shift);
            count += all;
        }
    }
    return count;
}

void count_segments_along_reference(const std::uint64_t* line, const std::uint64_t* next, std::size_t length,
                                    std::span<std::uint64_t> counts, std::uint64_t*) {
    for (std::size_t x = 0; x < length; ++x) {
        for (std::size_t r = 0; r < counts.size() && (r == 0 ? bit(line, x) : bit(next, x + r)); ++r) ++counts[r];
    }
}

void count_segments_across_reference(std::span<const std::uint64_t* const> lines, std::size_t length,
                                     std::span<std::uint64_t> counts, std::uint64_t*) {
    for (std::size_t x = 0; x < length; ++x) {
        for (std::size_t r = 0; r < lines.size() && bit(lines[r], x); ++r) ++counts[r];
    }
}

}  // namespace protolith::descriptors
