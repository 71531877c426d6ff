// Axis limits are rounded to three digits of their span, so that a script shows numbers that a person would have
// chosen.
#include "report/axis.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace protolith::report {
namespace {

constexpr double smallest = 1e-290, largest = 1e290;  // what leaves room for arithmetic on axis limits

/// A value that has a place on an axis; NaN and infinities have none.
bool defined(double value) { return std::abs(value) <= largest; }

/// Smallest and largest of the values seen.
struct Span {
    double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();

    void take(double value, bool logarithmic) {
        if (!defined(value) || (logarithmic && value < smallest)) return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    bool empty() const { return low > high; }
};

double rounded(double value, double unit, bool up) {
    return (up ? std::ceil(value / unit) : std::floor(value / unit)) * unit;
}

Span logarithmic_limits(Span span, bool padded) {
    if (span.empty()) return {1, 10};
    if (span.high / span.low < 10) {
        const double low = std::pow(10, std::floor(std::log10(span.low))),
                     high = std::pow(10, std::ceil(std::log10(span.high)));
        return {low, high > low ? high : 10 * low};
    }
    if (!padded) return span;
    const double room = std::pow(span.high / span.low, 0.04);
    return {span.low / room, span.high * room};
}

Span linear_limits(Span span, double room, double zero_within) {
    if (span.empty()) return {0, 1};
    const double magnitude = std::max(std::abs(span.low), std::abs(span.high));
    if (span.high - span.low <= 1e-9 * magnitude || magnitude < smallest) {
        const double half = magnitude < smallest ? 0.5 : 0.1 * magnitude;
        return {span.low - half, span.high + half};
    }
    const double width = span.high - span.low, unit = std::pow(10, std::floor(std::log10(width)) - 2);
    const bool from_zero = span.low >= 0 && span.low <= zero_within * span.high;
    const bool to_zero = span.high <= 0 && span.high >= zero_within * span.low;
    return {from_zero ? 0 : rounded(span.low - room * width, unit, false),
            to_zero ? 0 : rounded(span.high + room * width, unit, true)};
}

int exponent_of(Span limits) {
    const double magnitude = std::max(std::abs(limits.low), std::abs(limits.high));
    return magnitude >= 2e-3 && magnitude < 1e5 ? 0 : static_cast<int>(std::floor(std::log10(magnitude)));
}

Style style_of(const Figure& figure, const Curve& curve) { return curve.style.value_or(figure.style); }

Span x_limits(const Figure& figure) {
    Span span;
    bool padded = false;
    for (const Curve& curve : figure.curves) {
        for (std::size_t i = 0; i < curve.x.size(); ++i)
            if (drawable(figure, curve.x[i], curve.y[i])) span.take(curve.x[i], figure.log_x);
        padded = padded || style_of(figure, curve) != Style::lines;
    }
    for (const Guide& guide : figure.guides)
        if (guide.direction == Guide::Direction::vertical) span.take(guide.at, figure.log_x);
    if (figure.log_x) return logarithmic_limits(span, padded);
    return linear_limits(span, padded ? 0.04 : 0.0, padded ? 0.0 : 0.1);
}

Span y_limits(const Figure& figure) {
    Span span;
    for (const Curve& curve : figure.curves) {
        for (std::size_t i = 0; i < curve.x.size(); ++i) {
            if (!drawable(figure, curve.x[i], curve.y[i])) continue;
            span.take(curve.y[i], figure.log_y);
            if (curve.low.empty()) continue;
            span.take(curve.low[i], figure.log_y);
            span.take(curve.high[i], figure.log_y);
        }
        if (style_of(figure, curve) == Style::histogram && !span.empty()) span.take(0, figure.log_y);
    }
    for (const Guide& guide : figure.guides)
        if (guide.direction == Guide::Direction::horizontal) span.take(guide.at, figure.log_y);
    return figure.log_y ? logarithmic_limits(span, true) : linear_limits(span, 0.05, 0.35);
}

Axis axis(Span found, const std::optional<std::pair<double, double>>& wanted, bool logarithmic) {
    const Span limits = wanted ? Span{wanted->first, wanted->second} : found;
    return {limits.low, limits.high, logarithmic, logarithmic ? 0 : exponent_of(limits)};
}

}  // namespace

double Axis::fraction(double value) const {
    return logarithmic ? std::log(value / low) / std::log(high / low) : (value - low) / (high - low);
}

bool drawable(const Figure& figure, double x, double y) {
    return defined(x) && defined(y) && !(figure.log_x && x < smallest) && !(figure.log_y && y < smallest);
}

bool drawable(const Figure& figure, const Curve& curve) {
    for (std::size_t i = 0; i < curve.x.size(); ++i)
        if (drawable(figure, curve.x[i], curve.y[i])) return true;
    return false;
}

Axes axes_of(const Figure& figure) {
    return {axis(x_limits(figure), figure.x_range, figure.log_x), axis(y_limits(figure), figure.y_range, figure.log_y)};
}

Remarks remarks_on(const Figure& figure) {
    std::size_t known = 0, hidden = 0;
    for (const Curve& curve : figure.curves)
        for (std::size_t i = 0; i < curve.x.size(); ++i) {
            if (!defined(curve.x[i]) || !defined(curve.y[i])) continue;
            ++known;
            if (!drawable(figure, curve.x[i], curve.y[i])) ++hidden;
        }
    Remarks remarks;
    if (known == 0) {
        remarks.centre = "no data: no value is defined";
    } else if (hidden == known) {
        remarks.centre = "nothing to draw: no value is positive, the axis is logarithmic";
    } else if (hidden > 0) {
        remarks.margin =
            fmt::format("{} value{} ≤ 0 not shown on the logarithmic axis", hidden, hidden == 1 ? "" : "s");
    }
    return remarks;
}

}  // namespace protolith::report
