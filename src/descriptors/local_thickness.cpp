// Balls are laid down from the largest to the smallest; every row remembers which of its voxels are still bare
// (Gabow & Tarjan's interval union–find), so that each voxel is written once however many balls overlap there.
#include "descriptors/local_thickness.hpp"

#include "descriptors/distance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

namespace protolith::descriptors {
namespace {

/// Rows of voxels that are given a value once each.
class BareRows {
  public:
    /// `values` holds the image's rows first … last − 1.
    BareRows(std::uint32_t* values, const ItemRange& rows, std::size_t length)
        : values_(values), rows_(rows), length_(length), next_(rows.size() * (length + 1)) {
        for (std::size_t row = 0; row < next_.size(); row += length_ + 1)
            std::iota(next_.begin() + static_cast<std::ptrdiff_t>(row),
                      next_.begin() + static_cast<std::ptrdiff_t>(row + length_ + 1), 0U);
    }

    /// Whether a row of the image is one of these.
    bool holds(std::size_t row) const noexcept { return row >= rows_.first && row < rows_.last; }
    /// Gives voxels first … last of a row the value, those that have none yet.
    void lay(std::size_t row, std::uint32_t first, std::uint32_t last, std::uint32_t value) {
        std::uint32_t* next = next_.data() + (row - rows_.first) * (length_ + 1);
        std::uint32_t* to = values_ + (row - rows_.first) * length_;
        for (std::uint32_t x = find(next, first); x <= last; x = find(next, x + 1)) {
            to[x] = value;
            next[x] = x + 1;
        }
    }

  private:
    /// First bare voxel at or behind x; the row's length if there is none.
    static std::uint32_t find(std::uint32_t* next, std::uint32_t x) {
        while (next[x] != x) {
            next[x] = next[next[x]];
            x = next[x];
        }
        return x;
    }

    std::uint32_t* values_;
    ItemRange rows_;
    std::size_t length_;
    LargeArray<std::uint32_t> next_;
};

/// Lays a ball's row: voxels x − half … x + half, cut off or wrapped at the edges.
void lay_chord(BareRows& rows, std::size_t row, std::int64_t x, std::int64_t half, std::int64_t length, bool periodic,
               std::uint32_t value) {
    const auto lay = [&](std::int64_t first, std::int64_t last) {
        rows.lay(row, static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last), value);
    };
    if (periodic && 2 * half + 1 >= length) return lay(0, length - 1);
    lay(std::max<std::int64_t>(x - half, 0), std::min(x + half, length - 1));
    if (periodic && x - half < 0) lay(x - half + length, length - 1);
    if (periodic && x + half >= length) lay(0, x + half - length);
}

void lay_ball(BareRows& rows, const Extent& n, const Ball& ball, bool periodic) {
    const auto planes = static_cast<std::int64_t>(n.z), lines = static_cast<std::int64_t>(n.y),
               length = static_cast<std::int64_t>(n.x);
    const auto centre = static_cast<std::int64_t>(ball.centre);
    const std::int64_t cz = centre / (length * lines), cy = centre / length % lines, cx = centre % length;
    // Largest h with h² < s.
    const auto below_root = [](std::int64_t s) {
        return static_cast<std::int64_t>(std::ceil(std::sqrt(static_cast<double>(s)))) - 1;
    };
    const auto squared = static_cast<std::int64_t>(ball.squared_radius);
    const std::int64_t reach = below_root(squared), z_reach = planes > 1 ? reach : 0;
    // A ball wider than a periodic image meets each of its rows once at its widest.
    const auto cut = [periodic](std::int64_t h, std::int64_t side) { return periodic ? std::min(h, side / 2) : h; };
    for (std::int64_t dz = -cut(z_reach, planes); dz <= cut(z_reach, planes); ++dz) {
        std::int64_t z = cz + dz;
        if (periodic) z = (z + planes) % planes;
        if (z < 0 || z >= planes) continue;
        const std::int64_t y_reach = cut(below_root(squared - dz * dz), lines);
        for (std::int64_t dy = -y_reach; dy <= y_reach; ++dy) {
            std::int64_t y = cy + dy;
            if (periodic) y = (y + lines) % lines;
            if (y < 0 || y >= lines || !rows.holds(static_cast<std::size_t>(z * lines + y))) continue;
            const std::int64_t half = below_root(squared - dz * dz - dy * dy);
            lay_chord(rows, static_cast<std::size_t>(z * lines + y), cx, half, length, periodic,
                      static_cast<std::uint32_t>(ball.squared_radius));
        }
    }
}

void lay_balls(BareRows& rows, const Extent& n, std::span<const Ball> largest_first, Boundary boundary,
               const Pause& pause) {
    constexpr std::size_t between_pauses = 1024;
    for (std::size_t i = 0; i < largest_first.size(); ++i) {
        if (pause && i % between_pauses == 0) pause();
        lay_ball(rows, n, largest_first[i], boundary == Boundary::periodic);
    }
}

}  // namespace

Volume<std::uint32_t> covering_ball(const Volume<std::uint32_t>& squared, Boundary boundary) {
    if (std::find(squared.begin(), squared.end(), infinite_distance) != squared.end()) return squared;
    const Extent n = squared.extent();
    Volume<std::uint32_t> covering(n);
    BareRows rows(covering.data(), {0, n.z * n.y}, n.x);
    lay_balls(rows, n, medial_balls(squared, boundary), boundary, {});
    return covering;
}

Volume<std::uint32_t> covering_ball(const Extent& extent, std::span<const Ball> balls, Boundary boundary,
                                    const ItemRange& rows, const Pause& pause) {
    Volume<std::uint32_t> covering({1, rows.size(), extent.x});
    BareRows bare(covering.data(), rows, extent.x);
    lay_balls(bare, extent, balls, boundary, pause);
    return covering;
}

Volume<float> local_thickness(const PhaseVolume& image, Boundary boundary) {
    const Volume<std::uint32_t> covering = covering_ball(squared_distance(image, boundary), boundary);
    Volume<float> thickness(image.extent());
    for (std::size_t i = 0; i < thickness.size(); ++i) {
        if (covering[i] == infinite_distance)
            thickness[i] = std::numeric_limits<float>::infinity();
        else if (covering[i] > 0)
            thickness[i] = static_cast<float>(thickness_of_radius(std::sqrt(static_cast<double>(covering[i]))));
    }
    return thickness;
}

}  // namespace protolith::descriptors
