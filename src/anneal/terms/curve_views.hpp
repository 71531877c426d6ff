// What every voxel sees along a set of offset curves, one bit for each r: lines and diagonals are read from packed
// lines, any other curve has its words stored with every voxel and corrected when a voxel changes.
#pragma once

#include "anneal/terms/offset_curves.hpp"
#include "anneal/terms/packed_lines.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace protolith::anneal {

class CurveViews {
  public:
    /// Views of an empty volume along curves of `words` words.
    CurveViews(const Extent& extent, const std::vector<OffsetCurve>& curves, std::size_t words);

    void assign(const PhaseVolume& volume);
    /// Exchanges the phase of a voxel in every view. O(R) per curve that is no line.
    void flip(const Voxel& voxel) noexcept;
    /// Word w of curve c as seen from the voxel goes to views[c · words + w]. Bits past R, and of edges where the curve
    /// is not defined, hold anything; where its offset is zero they hold 1 if the curve is no line.
    void read(const Voxel& voxel, std::uint64_t* views) const noexcept;
    /// Brings the words of a voxel near before they are read.
    void prefetch(const Voxel& voxel) const noexcept {
        if (!masks_.empty()) __builtin_prefetch(masks_.data() + grid_.index(voxel) * constant_.size());
    }
    std::size_t memory() const noexcept;
    /// memory() of views that have not been made.
    static std::size_t estimate_memory(const Extent& extent, const std::vector<OffsetCurve>& curves, std::size_t words);

  private:
    /// The curves that run along packed lines, forwards and backwards.
    struct LineCurves {
        PackedLines lines;
        Direction step;
        std::uint32_t ahead = none, behind = none;
    };
    static constexpr std::uint32_t none = ~0u;
    void add_line(std::uint32_t number, const Direction& along, const Extent& extent);
    void add_stored(std::uint32_t number, const OffsetCurve& curve);
    void flip_stored(const Voxel& voxel) noexcept;
    void read_words(const Voxel& voxel, std::size_t words, std::uint64_t* views) const noexcept;

    Grid grid_;
    std::size_t words_;
    std::vector<LineCurves> lines_;
    std::vector<std::uint32_t> stored_;    // curves with stored words
    std::vector<std::uint64_t> constant_;  // words of a voxel in an empty volume: 1 where the offset is zero
    // where a changed voxel is seen from along the stored curves: −o(r) modulo the extent, by axis, and the bit there
    std::array<std::vector<std::uint32_t>, 3> back_;
    std::vector<std::uint32_t> word_;
    std::vector<std::uint64_t> bit_;
    std::vector<std::uint32_t> viewers_;  // scratch: word indices
    std::vector<std::uint64_t> masks_;    // [voxel][stored curve][word]
};

}  // namespace protolith::anneal
