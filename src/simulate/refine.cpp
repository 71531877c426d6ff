#include "simulate/refine.hpp"

#include <array>
#include <cmath>
#include <utility>

namespace protolith::simulate {

namespace {

constexpr double largest_bend = 0.25;  // of a cubic from its chord, over the chord's length

double squared_distance(const Contour& c, std::size_t i, std::size_t k) {
    const double dx = c.x[k] - c.x[i], dy = c.y[k] - c.y[i];
    return dx * dx + dy * dy;
}

/// One coordinate along segment (i, i + 1) as the cubic through its four points, in Newton's form about point i.
struct Cubic {
    double value, slope, curvature, twist;

    /// `p`: the coordinate at points i − 1 … i + 2, `h`: the label spans between them.
    Cubic(const std::array<double, 4>& p, const std::array<double, 3>& h) {
        const double before = (p[1] - p[0]) / h[0], within = (p[2] - p[1]) / h[1], after = (p[3] - p[2]) / h[2];
        value = p[1];
        slope = within;
        curvature = (within - before) / (h[0] + h[1]);
        twist = ((after - within) / (h[1] + h[2]) - curvature) / (h[0] + h[1] + h[2]);
    }
    /// Distance of the cubic from the straight line through points i and i + 1, at label `t` after point i.
    double off_chord(double t, const std::array<double, 3>& h) const {
        return t * (t - h[1]) * (curvature + (t + h[0]) * twist);
    }
};

/// Point i and, after it, the points that divide its segment into `parts`.
void append_divided(const Contour& c, std::size_t i, int parts, Contour& out) {
    const std::size_t n = c.points();
    const std::size_t before = i > 0 ? i - 1 : n - 1, next = i + 1 < n ? i + 1 : 0, after = next + 1 < n ? next + 1 : 0;
    const std::array<double, 3> h = {c.span[before], c.span[i], c.span[next]};
    const Cubic x({c.x[before], c.x[i], c.x[next], c.x[after]}, h), y({c.y[before], c.y[i], c.y[next], c.y[after]}, h);
    // A cubic that leaves the chord by more than a quarter of it would turn back on itself: there the line is not
    // resolved, and what the cubic adds is scaled down to that.
    const double bend =
        std::hypot(x.off_chord(h[1] / 2, h), y.off_chord(h[1] / 2, h)) / (std::hypot(x.slope, y.slope) * h[1]);
    const double kept = bend > largest_bend ? largest_bend / bend : 1;
    const double part_span = c.span[i] / parts;
    out.push_back(c.x[i], c.y[i], part_span);
    for (int part = 1; part < parts; ++part) {
        const double t = part * part_span;
        out.push_back(x.value + t * x.slope + kept * x.off_chord(t, h),
                      y.value + t * y.slope + kept * y.off_chord(t, h), part_span);
    }
}

void append_range(const Contour& from, std::size_t first, std::size_t last, Contour& to) {
    const auto begin = static_cast<std::ptrdiff_t>(first), end = static_cast<std::ptrdiff_t>(last);
    to.x.insert(to.x.end(), from.x.begin() + begin, from.x.begin() + end);
    to.y.insert(to.y.end(), from.y.begin() + begin, from.y.begin() + end);
    to.span.insert(to.span.end(), from.span.begin() + begin, from.span.begin() + end);
}

}  // namespace

bool Refinement::split(Contour& contour) {
    const std::size_t n = contour.points();
    const double limit = longest_ * longest_;
    refined_.clear();
    std::size_t copied = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double squared = squared_distance(contour, i, i + 1 < n ? i + 1 : 0);
        if (squared <= limit) continue;
        append_range(contour, copied, i, refined_);
        append_divided(contour, i, static_cast<int>(std::ceil(std::sqrt(squared) / longest_)), refined_);
        copied = i + 1;
    }
    if (copied == 0) return false;
    append_range(contour, copied, n, refined_);
    std::swap(contour, refined_);
    return true;
}

void Refinement::split_all(Contour& contour) {
    while (split(contour)) {
    }
}

}  // namespace protolith::simulate
