// What every voxel sees along a set of offset curves, one bit for each r: lines and diagonals are read from packed
// lines, any other curve has its words stored with every voxel and corrected when a voxel changes.
#pragma once

#include "anneal/terms/offset_curves.hpp"
#include "anneal/terms/packed_lines.hpp"

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
    std::size_t memory() const noexcept;

  private:
    /// A curve that runs along packed lines.
    struct LineCurve {
        std::uint32_t curve, lines;
        bool ahead;
    };
    /// Where a changed voxel is seen from along one stored curve.
    struct Viewer {
        Voxel back;          // −o(r) modulo the extent
        std::uint32_t word;  // within the words of a voxel
        std::uint64_t bit;
    };
    bool add_line(std::uint32_t number, const OffsetCurve& curve, const Extent& extent);
    void add_stored(std::uint32_t number, const OffsetCurve& curve);
    void flip_stored(const Voxel& voxel) noexcept;

    Grid grid_;
    std::size_t words_;
    std::vector<PackedLines> lines_;
    std::vector<Direction> steps_;  // of each of lines_
    std::vector<LineCurve> line_curves_;
    std::vector<std::uint32_t> stored_;    // curves with stored words
    std::vector<std::uint64_t> constant_;  // words of a voxel in an empty volume: 1 where the offset is zero
    std::vector<Viewer> viewers_;
    std::vector<std::uint64_t> masks_;  // [voxel][stored curve][word]
};

}  // namespace protolith::anneal
