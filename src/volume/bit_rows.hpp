// Lines of a segmented volume packed 64 voxels to a word (bit k of word w is voxel 64 w + k), each line followed by
// zero words, so that kernels may read whole vectors beyond its end.
#pragma once

#include "volume/volume.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace protolith {

/// Axis of a volume; lines along x are the rows of an image, lines along y its columns.
enum class Axis { x, y, z };

/// A grid of bit-packed lines of equal length, outer × inner: line(o, i) is line o · inner + i.
class BitRows {
  public:
    /// Readable zero words behind every line: two vectors of 512 bits.
    static constexpr std::size_t padding_words = 16;

    BitRows() = default;
    BitRows(std::size_t outer, std::size_t inner, std::size_t length);

    std::size_t outer() const noexcept { return outer_; }
    std::size_t inner() const noexcept { return inner_; }
    std::size_t lines() const noexcept { return outer_ * inner_; }
    /// Voxels in a line.
    std::size_t length() const noexcept { return length_; }
    /// Words from one line to the next; a multiple of 8, and lines begin on 64 bytes.
    std::size_t stride() const noexcept { return stride_; }

    std::uint64_t* line(std::size_t i) noexcept { return words() + i * stride_; }
    const std::uint64_t* line(std::size_t i) const noexcept { return words() + i * stride_; }
    bool get(std::size_t i, std::size_t voxel) const noexcept { return (line(i)[voxel / 64] >> (voxel % 64)) & 1; }
    void set(std::size_t i, std::size_t voxel) noexcept { line(i)[voxel / 64] |= std::uint64_t{1} << (voxel % 64); }

  private:
    struct alignas(64) CacheLine {
        std::uint64_t words[8] = {};
    };
    std::uint64_t* words() noexcept { return reinterpret_cast<std::uint64_t*>(storage_.data()); }
    const std::uint64_t* words() const noexcept { return reinterpret_cast<const std::uint64_t*>(storage_.data()); }

    std::size_t outer_ = 0, inner_ = 0, length_ = 0, stride_ = 0;
    std::vector<CacheLine> storage_;
};

/// Packs the lines along `axis`. Grid (outer, inner) of lines: along x (z, y), along y (z, x), along z (y, x).
BitRows pack_lines(const PhaseVolume& volume, Axis axis = Axis::x);

/// Every line followed by a copy of itself (length doubled): a shifted read then wraps around.
BitRows doubled(const BitRows& rows);

/// The other phase: every voxel inverted, padding still zero.
BitRows complement(const BitRows& rows);

}  // namespace protolith
