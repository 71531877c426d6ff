// Many short copies at constant strides: the contiguous runs of a box. A call of memcpy costs more than the run when
// this is a few channels, so short runs are copied by pieces of fixed size.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace protolith::kernels::cpu {

/// A run of at least `Piece` and at most 2 · `Piece` bytes: the last piece overlaps the first.
template <std::size_t Piece>
void copy_overlapping(std::int64_t count, std::size_t run, const std::byte* from, std::ptrdiff_t from_stride,
                      std::byte* to, std::ptrdiff_t to_stride) {
    const std::size_t last = run - Piece;
    for (; count > 0; --count, from += from_stride, to += to_stride) {
        std::byte head[Piece], tail[Piece];
        std::memcpy(head, from, Piece);
        std::memcpy(tail, from + last, Piece);
        std::memcpy(to, head, Piece);
        std::memcpy(to + last, tail, Piece);
    }
}

/// Copies `count` runs of `run` bytes, the starts of which lie `from_stride` and `to_stride` bytes apart.
inline void copy_runs(std::int64_t count, std::size_t run, const std::byte* from, std::ptrdiff_t from_stride,
                      std::byte* to, std::ptrdiff_t to_stride) {
    if (run == 0) return;
    if (run >= 64) {
        if (run > 256) {
            for (; count > 0; --count, from += from_stride, to += to_stride) std::memcpy(to, from, run);
            return;
        }
        for (; count > 0; --count, from += from_stride, to += to_stride) {
            for (std::size_t at = 0; at + 32 < run; at += 32) std::memcpy(to + at, from + at, 32);
            std::memcpy(to + run - 32, from + run - 32, 32);
        }
        return;
    }
    if (run >= 32) return copy_overlapping<32>(count, run, from, from_stride, to, to_stride);
    if (run >= 16) return copy_overlapping<16>(count, run, from, from_stride, to, to_stride);
    if (run >= 8) return copy_overlapping<8>(count, run, from, from_stride, to, to_stride);
    if (run >= 4) return copy_overlapping<4>(count, run, from, from_stride, to, to_stride);
    if (run >= 2) return copy_overlapping<2>(count, run, from, from_stride, to, to_stride);
    copy_overlapping<1>(count, run, from, from_stride, to, to_stride);
}

}  // namespace protolith::kernels::cpu
