#include "anneal/terms/curve_views.hpp"

#include <algorithm>

namespace protolith::anneal {

namespace {

/// The unit step of a curve whose offsets are all r times it; {0, 0, 0} when there is none.
Direction unit_step(const OffsetCurve& curve, const Grid& grid) {
    if (curve.points.empty()) return {};
    for (int code = 0; code < 27; ++code) {
        const Direction step{code / 9 - 1, code / 3 % 3 - 1, code % 3 - 1};
        bool moves_in_place = false;  // along an axis of one voxel
        for (std::size_t a = 0; a < 3; ++a) moves_in_place = moves_in_place || (step[a] != 0 && grid.sides()[a] == 1);
        if (moves_in_place) continue;
        const bool same = std::all_of(curve.points.begin(), curve.points.end(), [&](const OffsetCurve::Point& point) {
            const std::int64_t r = point.r;
            return point.offset == grid.wrap({r * step[0], r * step[1], r * step[2]});
        });
        if (same) return step;
    }
    return {};
}

}  // namespace

CurveViews::CurveViews(const Extent& extent, const std::vector<OffsetCurve>& curves, std::size_t words)
    : grid_(extent), words_(words) {
    for (std::uint32_t c = 0; c < curves.size(); ++c)
        if (!add_line(c, curves[c], extent)) add_stored(c, curves[c]);
    masks_.resize(grid_.count() * constant_.size());
    assign(PhaseVolume(extent));
}

bool CurveViews::add_line(std::uint32_t number, const OffsetCurve& curve, const Extent& extent) {
    Direction step = unit_step(curve, grid_);
    const auto moving = std::find_if(step.begin(), step.end(), [](int s) { return s != 0; });
    if (moving == step.end()) return false;
    const bool ahead = *moving > 0;
    if (!ahead) step = {-step[0], -step[1], -step[2]};
    if (!PackedLines::closes(extent, step)) return false;
    const auto found = std::find(steps_.begin(), steps_.end(), step);
    line_curves_.push_back({number, static_cast<std::uint32_t>(found - steps_.begin()), ahead});
    if (found == steps_.end()) {
        steps_.push_back(step);
        lines_.emplace_back(extent, step, words_);
    }
    return true;
}

void CurveViews::add_stored(std::uint32_t number, const OffsetCurve& curve) {
    const auto first = static_cast<std::uint32_t>(constant_.size());
    stored_.push_back(number);
    constant_.resize(first + words_, ~std::uint64_t{0});
    for (const OffsetCurve::Point& point : curve.points) {
        const std::uint32_t word = first + (point.r - 1) / 64;
        const std::uint64_t bit = std::uint64_t{1} << ((point.r - 1) % 64);
        constant_[word] &= ~bit;
        viewers_.push_back({grid_.difference({}, point.offset), word, bit});
    }
}

void CurveViews::assign(const PhaseVolume& volume) {
    for (PackedLines& lines : lines_) lines.assign(volume);
    for (std::size_t i = 0; i < masks_.size(); ++i) masks_[i] = constant_[i % constant_.size()];
    for (std::uint32_t i = 0; i < volume.size(); ++i)
        if (volume[i] != 0) flip_stored(grid_.voxel(i));
}

void CurveViews::flip(const Voxel& voxel) noexcept {
    for (PackedLines& lines : lines_) lines.flip(voxel);
    flip_stored(voxel);
}

void CurveViews::flip_stored(const Voxel& voxel) noexcept {
    for (const Viewer& viewer : viewers_) {
        const std::size_t from = grid_.index(grid_.sum(voxel, viewer.back));
        masks_[from * constant_.size() + viewer.word] ^= viewer.bit;
    }
}

void CurveViews::read(const Voxel& voxel, std::uint64_t* views) const noexcept {
    for (const LineCurve& curve : line_curves_) {
        const PackedLines::Place place = lines_[curve.lines].place(voxel);
        const std::size_t start = curve.ahead ? place.ahead : place.behind;
        for (std::size_t w = 0; w < words_; ++w)
            views[curve.curve * words_ + w] = lines_[curve.lines].bits(start + 64 * w);
    }
    const std::uint64_t* const own = masks_.data() + grid_.index(voxel) * constant_.size();
    for (std::size_t s = 0; s < stored_.size(); ++s)
        for (std::size_t w = 0; w < words_; ++w) views[stored_[s] * words_ + w] = own[s * words_ + w];
}

std::size_t CurveViews::memory() const noexcept {
    std::size_t bytes = masks_.size() * sizeof(std::uint64_t) + viewers_.size() * sizeof(Viewer);
    for (const PackedLines& lines : lines_) bytes += lines.memory();
    return bytes;
}

}  // namespace protolith::anneal
