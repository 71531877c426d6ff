// Counts pairs of runs instead of pairs of voxels: two runs of one line overlap, shifted by r, in a trapezoid of r,
// which is four kinks. Kinks are collected and summed up twice at the end; all integers.
#include "descriptors/cluster_function.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace protolith::descriptors {
namespace {

/// Sum of piecewise linear functions of r = 0 … max_r.
class Trapezoids {
  public:
    explicit Trapezoids(int max_r) : kinks_(static_cast<std::size_t>(max_r) + 1) {}

    /// A run with itself: max(length − r, 0).
    void add_run(std::int64_t length) {
        start_ += length;
        --slope_;
        kink(length, 1);
    }
    /// Runs a = [a_first, a_last) and b, b behind a: voxels of a that r moves into b.
    void add_pair(std::int64_t a_first, std::int64_t a_last, std::int64_t b_first, std::int64_t b_last) {
        kink(b_first - a_last, 1);
        kink(b_first - a_first, -1);
        kink(b_last - a_last, -1);
        kink(b_last - a_first, 1);
    }
    std::vector<std::uint64_t> values() const {
        std::vector<std::uint64_t> result;
        std::int64_t value = start_, slope = slope_;
        for (const std::int64_t change : kinks_) {
            result.push_back(static_cast<std::uint64_t>(value));
            slope += change;
            value += slope;
        }
        return result;
    }

  private:
    void kink(std::int64_t r, std::int64_t change) {
        if (r < static_cast<std::int64_t>(kinks_.size())) kinks_[static_cast<std::size_t>(r)] += change;
    }

    std::int64_t start_ = 0, slope_ = 0;
    std::vector<std::int64_t> kinks_;
};

/// Pairs on one line. `period` is the length after which the line repeats, 0 if it does not.
void add_line(const Run* runs, const std::uint32_t* label, std::size_t count, std::int64_t period, std::int64_t max_r,
              Trapezoids& sum) {
    for (std::size_t i = 0; i < count; ++i) {
        const std::int64_t first = runs[i].first, last = runs[i].last;
        sum.add_run(last - first);
        std::int64_t moved = 0;
        for (std::size_t j = i + 1;; ++j) {
            if (j == count) {
                if (period == 0 || moved != 0) break;
                j = 0;
                moved = period;
            }
            // max_r is at most half a period, so nothing beyond the run's own first copy is in reach.
            const std::int64_t b_first = runs[j].first + moved, b_last = runs[j].last + moved;
            if (b_first - last >= max_r) break;
            if (label[i] == label[j]) sum.add_pair(first, last, b_first, b_last);
            if (moved != 0 && j == i) break;
        }
    }
}

std::uint32_t label_at(const Volume<std::uint32_t>& labels, Axis axis, std::size_t outer, std::size_t inner,
                       std::size_t along) {
    if (axis == Axis::x) return labels(outer, inner, along);
    return axis == Axis::y ? labels(outer, along, inner) : labels(along, outer, inner);
}

std::vector<std::uint64_t> counts_along(const PhaseRuns& lines, const LargeArray<std::uint32_t>& label,
                                        Boundary boundary, int max_r, Part part) {
    const auto length = static_cast<std::int64_t>(lines.extent.x);
    const std::int64_t period = boundary == Boundary::non_periodic ? 0
                                : boundary == Boundary::periodic   ? length
                                                                   : length + 1;
    Trapezoids sum(max_r);
    const ItemRange mine = share_of(part, lines.rows());
    for (std::size_t line = mine.first; line < mine.last; ++line) {
        const std::uint32_t begin = lines.row_begin[line];
        add_line(lines.runs.data() + begin, label.data() + begin, lines.row_begin[line + 1] - begin, period, max_r,
                 sum);
    }
    return sum.values();
}

/// By what a count at distance r along `side` is divided.
std::vector<std::uint64_t> placements_along(const Extent& n, std::size_t side, Boundary boundary, int max_r) {
    const auto margin = [&](std::size_t axis) { return boundary == Boundary::companion && axis > 1 ? axis + 1 : axis; };
    std::vector<std::uint64_t> result;
    for (std::size_t r = 0; r <= static_cast<std::size_t>(max_r); ++r) {
        if (boundary == Boundary::non_periodic)
            result.push_back(n.count() / side * (side - r));
        else
            result.push_back(margin(n.z) * margin(n.y) * margin(n.x));
    }
    return result;
}

}  // namespace

CurveCounts cluster_function(const PhaseVolume& image, const Components& components, int max_r, Part part) {
    const Extent n = image.extent();
    require(components.image.extent == n, "components of {} do not belong to an image of {}",
            to_string(components.image.extent), to_string(n));
    const bool planar = n.dimensions() == 2;
    const std::size_t smallest = planar ? std::min(n.y, n.x) : std::min({n.z, n.y, n.x});
    const int longest = largest_distance(smallest, components.boundary);
    require_input(max_r >= 0 && max_r <= longest, "C2 of {} is defined for r = 0 … {}; r up to {} was asked for",
                  to_string(n), longest, max_r);

    CurveCounts c2{"C2", {}, {}};
    for (int r = 0; r <= max_r; ++r) c2.r.push_back(r);
    const auto placements = [&](std::size_t side) { return placements_along(n, side, components.boundary, max_r); };
    c2.directions.push_back(
        {"x", counts_along(components.image, components.label, components.boundary, max_r, part), placements(n.x)});

    const Volume<std::uint32_t> labels = label_volume(components);
    for (const auto& [name, axis, side] : {std::tuple{"y", Axis::y, n.y}, {"z", Axis::z, n.z}}) {
        if (planar && axis == Axis::z) continue;
        const PhaseRuns lines = phase_runs(image, axis);
        LargeArray<std::uint32_t> label(lines.runs.size());
        const ItemRange mine = share_of(part, lines.rows());
        for (std::size_t line = mine.first; line < mine.last; ++line)
            for (std::uint32_t i = lines.row_begin[line]; i < lines.row_begin[line + 1]; ++i)
                label[i] = label_at(labels, axis, line / lines.extent.y, line % lines.extent.y, lines.runs[i].first);
        c2.directions.push_back({name, counts_along(lines, label, components.boundary, max_r, part), placements(side)});
    }
    return c2;
}

}  // namespace protolith::descriptors
