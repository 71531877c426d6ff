// Bit packing: rows by SIMD (pack_line); other axes by transposing 64 × 64 blocks of bits.
#include "volume/bit_rows.hpp"

#include "volume/pack_line.hpp"

#include <algorithm>
#include <array>

namespace protolith {
namespace {

BitRows pack_along_x(const PhaseVolume& volume) {
    const Extent& e = volume.extent();
    BitRows rows(e.z, e.y, e.x);
    for (std::size_t i = 0; i < rows.lines(); ++i) pack_line(volume.data() + i * e.x, e.x, rows.line(i));
    return rows;
}

// Transposes 64 × 64 bits in place by exchanging off-diagonal blocks of 32, 16, … 1 (Warren, Hacker's Delight, 7-3).
void transpose_block(std::array<std::uint64_t, 64>& a) noexcept {
    std::uint64_t mask = 0x00000000FFFFFFFFu;
    for (std::size_t j = 32; j != 0; j >>= 1, mask ^= mask << j) {
        for (std::size_t k = 0; k < 64; k = (k + j + 1) & ~j) {
            const std::uint64_t t = ((a[k] >> j) ^ a[k + j]) & mask;
            a[k] ^= t << j;
            a[k + j] ^= t;
        }
    }
}

// Lines along the direction in which `rows` are stacked: source line first + k · step, k < count, gives voxel k of the
// `rows.length()` destination lines that begin at `target`.
void transpose_lines(const BitRows& rows, std::size_t first, std::size_t step, std::size_t count, BitRows& out,
                     std::size_t target) {
    const std::size_t length = rows.length();
    std::array<std::uint64_t, 64> block;
    for (std::size_t k0 = 0; k0 < count; k0 += 64) {
        for (std::size_t x0 = 0; x0 < length; x0 += 64) {
            for (std::size_t k = 0; k < 64; ++k) {
                block[k] = k0 + k < count ? rows.line(first + (k0 + k) * step)[x0 / 64] : 0;
            }
            transpose_block(block);
            const std::size_t last = std::min<std::size_t>(64, length - x0);
            for (std::size_t x = 0; x < last; ++x) out.line(target + x0 + x)[k0 / 64] = block[x];
        }
    }
}

}  // namespace

BitRows::BitRows(std::size_t outer, std::size_t inner, std::size_t length)
    : outer_(outer), inner_(inner), length_(length), stride_(((length + 63) / 64 + padding_words + 7) / 8 * 8) {
    storage_.resize(lines() * stride_ / 8);
}

BitRows pack_lines(const PhaseVolume& volume, Axis axis) {
    const Extent& e = volume.extent();
    BitRows rows = pack_along_x(volume);
    if (axis == Axis::x) return rows;
    if (axis == Axis::y) {
        BitRows columns(e.z, e.x, e.y);
        for (std::size_t z = 0; z < e.z; ++z) transpose_lines(rows, z * e.y, 1, e.y, columns, z * e.x);
        return columns;
    }
    BitRows piles(e.y, e.x, e.z);
    for (std::size_t y = 0; y < e.y; ++y) transpose_lines(rows, y, e.y, e.z, piles, y * e.x);
    return piles;
}

BitRows doubled(const BitRows& rows) {
    const std::size_t length = rows.length(), words = (length + 63) / 64, bit = length % 64;
    BitRows twice(rows.outer(), rows.inner(), 2 * length);
    for (std::size_t i = 0; i < rows.lines(); ++i) {
        const std::uint64_t* from = rows.line(i);
        std::uint64_t* to = twice.line(i);
        std::copy_n(from, words, to);
        for (std::size_t w = 0; w < words; ++w) {
            to[length / 64 + w] |= from[w] << bit;
            if (bit != 0) to[length / 64 + w + 1] |= from[w] >> (64 - bit);
        }
    }
    return twice;
}

BitRows complement(const BitRows& rows) {
    const std::size_t length = rows.length();
    BitRows inverse(rows.outer(), rows.inner(), length);
    for (std::size_t i = 0; i < rows.lines(); ++i) {
        for (std::size_t w = 0; w < length / 64; ++w) inverse.line(i)[w] = ~rows.line(i)[w];
        if (length % 64 != 0) {
            const std::uint64_t inside = (std::uint64_t{1} << (length % 64)) - 1;
            inverse.line(i)[length / 64] = ~rows.line(i)[length / 64] & inside;
        }
    }
    return inverse;
}

}  // namespace protolith
