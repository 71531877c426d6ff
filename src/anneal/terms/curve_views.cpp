#include "anneal/terms/curve_views.hpp"

#include <algorithm>

namespace protolith::anneal {

namespace {

/// The step of the packed lines that the curve runs along, all its offsets being r times it; {0, 0, 0} when there is
/// none.
Direction line_step(const OffsetCurve& curve, const Extent& extent) {
    if (curve.points.empty()) return {};
    const Grid grid(extent);
    const Voxel& sides = grid.sides();
    for (int code = 0; code < 27; ++code) {
        const Direction step{code / 9 - 1, code / 3 % 3 - 1, code % 3 - 1};
        std::uint32_t length = 0;  // sides of the moving axes: all the same and more than one voxel, or no line
        bool closes = true;
        for (std::size_t a = 0; a < 3; ++a) {
            if (step[a] == 0) continue;
            closes = closes && sides[a] > 1 && (length == 0 || sides[a] == length);
            length = sides[a];
        }
        const bool along =
            closes && std::all_of(curve.points.begin(), curve.points.end(), [&](const OffsetCurve::Point& point) {
                const std::int64_t r = point.r;
                return point.offset == grid.wrap({r * step[0], r * step[1], r * step[2]});
            });
        if (along) return step;
    }
    return {};
}

/// The step or its reverse, whichever first moves ahead: the lines are the same.
Direction forwards(const Direction& step) {
    const int leading = step[0] != 0 ? step[0] : step[1] != 0 ? step[1] : step[2];
    return leading < 0 ? Direction{-step[0], -step[1], -step[2]} : step;
}

}  // namespace

CurveViews::CurveViews(const Extent& extent, const std::vector<OffsetCurve>& curves, std::size_t words)
    : grid_(extent), words_(words) {
    for (std::uint32_t c = 0; c < curves.size(); ++c) {
        const Direction step = line_step(curves[c], extent);
        if (step != Direction{}) {
            add_line(c, step, extent);
        } else {
            add_stored(c, curves[c]);
        }
    }
    viewers_.resize(bit_.size());
    masks_.resize(grid_.count() * constant_.size());
    assign(PhaseVolume(extent));
}

std::size_t CurveViews::estimate_memory(const Extent& extent, const std::vector<OffsetCurve>& curves,
                                        std::size_t words) {
    std::size_t bytes = 0;
    std::vector<Direction> lines;
    for (const OffsetCurve& curve : curves) {
        const Direction step = forwards(line_step(curve, extent));
        if (step == Direction{}) {
            bytes += extent.count() * words * sizeof(std::uint64_t);
        } else if (std::find(lines.begin(), lines.end(), step) == lines.end()) {
            lines.push_back(step);
            bytes += PackedLines::estimate_memory(extent, step, words);
        }
    }
    return bytes;
}

void CurveViews::add_line(std::uint32_t number, const Direction& along, const Extent& extent) {
    const Direction step = forwards(along);
    const bool ahead = step == along;
    auto found =
        std::find_if(lines_.begin(), lines_.end(), [&](const LineCurves& lines) { return lines.step == step; });
    if (found == lines_.end()) found = lines_.insert(found, {PackedLines(extent, step, words_), step});
    (ahead ? found->ahead : found->behind) = number;
}

void CurveViews::add_stored(std::uint32_t number, const OffsetCurve& curve) {
    const auto first = static_cast<std::uint32_t>(constant_.size());
    stored_.push_back(number);
    constant_.resize(first + words_, ~std::uint64_t{0});
    for (const OffsetCurve::Point& point : curve.points) {
        const Voxel back = grid_.difference({}, point.offset);
        for (std::size_t a = 0; a < 3; ++a) back_[a].push_back(back[a]);
        word_.push_back(first + (point.r - 1) / 64);
        bit_.push_back(std::uint64_t{1} << ((point.r - 1) % 64));
        constant_[word_.back()] &= ~bit_.back();
    }
}

void CurveViews::assign(const PhaseVolume& volume) {
    for (LineCurves& lines : lines_) lines.lines.assign(volume);
    for (std::size_t i = 0; i < masks_.size(); i += constant_.size())
        std::copy(constant_.begin(), constant_.end(), masks_.begin() + static_cast<std::ptrdiff_t>(i));
    for (std::uint32_t i = 0; i < volume.size(); ++i)
        if (volume[i] != 0) flip_stored(grid_.voxel(i));
}

void CurveViews::flip(const Voxel& voxel) noexcept {
    for (LineCurves& lines : lines_) lines.lines.flip(voxel);
    flip_stored(voxel);
}

void CurveViews::flip_stored(const Voxel& voxel) noexcept {
    const Voxel& sides = grid_.sides();
    const auto wrapped = [&](std::size_t axis, std::size_t k) {
        const std::uint32_t c = voxel[axis] + back_[axis][k];
        return std::min(c, c - sides[axis]);  // c below the side: c − side is huge
    };
    for (std::size_t k = 0; k < viewers_.size(); ++k)
        viewers_[k] = (wrapped(0, k) * sides[1] + wrapped(1, k)) * sides[2] + wrapped(2, k);
    for (std::size_t k = 0; k < viewers_.size(); ++k)
        masks_[std::size_t{viewers_[k]} * constant_.size() + word_[k]] ^= bit_[k];
}

/// `words` is words_: known to the compiler where it is 1, nearly always.
inline void CurveViews::read_words(const Voxel& voxel, std::size_t words, std::uint64_t* views) const noexcept {
    for (const LineCurves& curves : lines_) {
        const PackedLines::Place place = curves.lines.place(voxel);
        for (std::size_t w = 0; w < words; ++w) {
            if (curves.ahead != none) views[curves.ahead * words + w] = curves.lines.bits(place.ahead + 64 * w);
            if (curves.behind != none) views[curves.behind * words + w] = curves.lines.bits(place.behind + 64 * w);
        }
    }
    const std::uint64_t* const own = masks_.data() + grid_.index(voxel) * constant_.size();
    for (std::size_t s = 0; s < stored_.size(); ++s)
        for (std::size_t w = 0; w < words; ++w) views[stored_[s] * words + w] = own[s * words + w];
}

void CurveViews::read(const Voxel& voxel, std::uint64_t* views) const noexcept {
    if (words_ == 1) {
        read_words(voxel, 1, views);
    } else {
        read_words(voxel, words_, views);
    }
}

std::size_t CurveViews::memory() const noexcept {
    std::size_t bytes =
        masks_.size() * sizeof(std::uint64_t) + bit_.size() * (sizeof(std::uint64_t) + 5 * sizeof(std::uint32_t));
    for (const LineCurves& lines : lines_) bytes += lines.lines.memory();
    return bytes;
}

}  // namespace protolith::anneal
