#include "simulate/contour.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace protolith::simulate {

void Contour::reserve(std::size_t points) {
    x.reserve(points);
    y.reserve(points);
    span.reserve(points);
}

void Contour::clear() noexcept {
    x.clear();
    y.clear();
    span.clear();
}

Contour circle(double centre_x, double centre_y, double radius, double longest) {
    constexpr double turn = 2 * std::numbers::pi;
    const auto points = std::max<std::size_t>(16, static_cast<std::size_t>(std::ceil(turn * radius / longest)));
    const double span = turn / static_cast<double>(points);
    Contour contour;
    contour.reserve(points);
    for (std::size_t i = 0; i < points; ++i) {
        const double angle = span * static_cast<double>(i);
        contour.push_back(centre_x + radius * std::cos(angle), centre_y + radius * std::sin(angle), span);
    }
    return contour;
}

double length(const Contour& contour) {
    double sum = 0;
    for (std::size_t i = 0, n = contour.points(); i < n; ++i) {
        const std::size_t next = i + 1 < n ? i + 1 : 0;
        sum += std::hypot(contour.x[next] - contour.x[i], contour.y[next] - contour.y[i]);
    }
    return sum;
}

double enclosed_area(const Contour& contour) {
    double twice = 0;
    for (std::size_t i = 0, n = contour.points(); i < n; ++i) {
        const std::size_t next = i + 1 < n ? i + 1 : 0;
        twice += contour.x[i] * contour.y[next] - contour.x[next] * contour.y[i];
    }
    return twice / 2;
}

}  // namespace protolith::simulate
