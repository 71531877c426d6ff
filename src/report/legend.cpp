// Curves and bands are sampled along their segments in axis fractions and looked for in each corner's box.
#include "report/legend.hpp"

#include "report/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace protolith::report {
namespace {

constexpr double character_width = 6.3, line_height = 14.5, sample_width = 62;  // of the legend's 10-point font

struct Box {
    double left, right, bottom, top;
    bool holds(double x, double y) const { return x >= left && x <= right && y >= bottom && y <= top; }
};

/// Calls `visit(x, y)` in axis fractions along each segment between drawable neighbours.
template <class Visit>
void along(const Figure& figure, const Axes& axes, const std::vector<double>& x, const std::vector<double>& y,
           Visit&& visit) {
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (!drawable(figure, x[i], y[i])) continue;
        const double x1 = axes.x.fraction(x[i]), y1 = axes.y.fraction(y[i]);
        const bool joined = i > 0 && drawable(figure, x[i - 1], y[i - 1]);
        const double x0 = joined ? axes.x.fraction(x[i - 1]) : x1, y0 = joined ? axes.y.fraction(y[i - 1]) : y1;
        const double length = std::hypot(x1 - x0, y1 - y0);
        const int steps = length < 1 ? 1 + static_cast<int>(49 * length) : 50;
        for (int s = 1; s <= steps; ++s) visit(x0 + (x1 - x0) * s / steps, y0 + (y1 - y0) * s / steps);
    }
}

/// The line at a share of the way from a band's low to its high edge.
std::vector<double> between(const Curve& curve, double share) {
    std::vector<double> line(curve.low.size());
    for (std::size_t i = 0; i < line.size(); ++i) line[i] = curve.low[i] + share * (curve.high[i] - curve.low[i]);
    return line;
}

bool crossed(const Figure& figure, const Axes& axes, const Box& box) {
    bool hit = false;
    const auto visit = [&](double x, double y) { hit = hit || box.holds(x, y); };
    for (const Curve& curve : figure.curves) {
        along(figure, axes, curve.x, curve.y, visit);
        if (!curve.low.empty()) {
            for (const double share : {0.0, 0.25, 0.5, 0.75, 1.0})
                along(figure, axes, curve.x, between(curve, share), visit);
        }
        const bool bars = curve.style.value_or(figure.style) == Style::histogram;
        for (std::size_t i = 0; bars && i < curve.x.size(); ++i)
            if (drawable(figure, curve.x[i], curve.y[i])) {
                const double x = axes.x.fraction(curve.x[i]);
                hit = hit || (x >= box.left && x <= box.right && axes.y.fraction(curve.y[i]) >= box.bottom);
            }
    }
    for (const Guide& guide : figure.guides) {
        const bool level = guide.direction == Guide::Direction::horizontal;
        const double at = level ? axes.y.fraction(guide.at) : axes.x.fraction(guide.at);
        hit = hit || (level ? at >= box.bottom && at <= box.top : at >= box.left && at <= box.right);
    }
    return hit;
}

std::size_t longest_label(const Figure& figure) {
    std::size_t longest = 0;
    for (const Curve& curve : figure.curves) longest = std::max(longest, display_width(curve.label));
    return longest;
}

}  // namespace

Legend legend_place(const Figure& figure, const Axes& axes, double width, double height) {
    std::size_t labels = 0;
    for (const Curve& curve : figure.curves) labels += !curve.label.empty();
    if (labels == 0) return Legend::none;
    const double w = (sample_width + character_width * static_cast<double>(longest_label(figure))) / width;
    const double h = line_height * (static_cast<double>(labels) + 0.5) / height;
    if (labels > 6 || w > 0.7 || h > 0.7) return Legend::below;
    const std::array<std::pair<Legend, Box>, 4> corners{{{Legend::top_right, {1 - w, 1, 1 - h, 1}},
                                                         {Legend::top_left, {0, w, 1 - h, 1}},
                                                         {Legend::bottom_right, {1 - w, 1, 0, h}},
                                                         {Legend::bottom_left, {0, w, 0, h}}}};
    for (const auto& [place, box] : corners)
        if (!crossed(figure, axes, box)) return place;
    return Legend::below;
}

std::size_t legend_rows(const Figure& figure, double width) {
    const double entry = sample_width + character_width * static_cast<double>(longest_label(figure));
    const auto across = std::max<std::size_t>(1, static_cast<std::size_t>(width / entry));
    return (figure.curves.size() + across - 1) / across;
}

std::vector<int> coincidences(const Figure& figure, const Axes& axes) {
    constexpr double line_width = 0.008;  // of the axis: what the eye takes for one line
    const auto upon = [&](const Curve& above, const Curve& under) {
        std::size_t compared = 0, close = 0;
        for (std::size_t i = 0; i < std::min(above.x.size(), under.x.size()); ++i) {
            if (!drawable(figure, above.x[i], above.y[i]) || !drawable(figure, under.x[i], under.y[i])) continue;
            if (std::abs(axes.x.fraction(above.x[i]) - axes.x.fraction(under.x[i])) > line_width) continue;
            ++compared;
            close += std::abs(axes.y.fraction(above.y[i]) - axes.y.fraction(under.y[i])) <= line_width;
        }
        return compared > 1 && close * 10 >= compared * 9;
    };
    std::vector<int> counts(figure.curves.size(), 0);
    for (std::size_t k = 0; k < figure.curves.size(); ++k)
        for (std::size_t j = 0; j < k; ++j) counts[k] += upon(figure.curves[k], figure.curves[j]);
    return counts;
}

}  // namespace protolith::report
