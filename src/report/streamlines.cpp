#include "report/streamlines.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace protolith::report {
namespace {

constexpr double step = 0.2;  // pixels of the plane
constexpr Colour pore_colour{18, 18, 22}, solid_colour{140, 140, 140};

using Point = Streamline::Point;

struct Vector {
    double right = 0, down = 0;
    double length() const { return std::hypot(right, down); }
};

std::size_t pixel_at(const PlaneFlow& flow, const Point& p) {
    return static_cast<std::size_t>(p.row) * flow.columns + static_cast<std::size_t>(p.column);
}

bool in_pores(const PlaneFlow& flow, const Point& p) {
    return p.row >= 0 && p.column >= 0 && p.row < static_cast<double>(flow.rows) &&
           p.column < static_cast<double>(flow.columns) && flow.open[pixel_at(flow, p)] > 0;
}

/// Linear between the centres of pixels; beyond the edge as at it.
Vector velocity_at(const PlaneFlow& flow, const Point& p) {
    const auto split = [](double at, std::size_t count) {
        const double inside = std::clamp(at - 0.5, 0.0, static_cast<double>(count - 1));
        const auto first = std::min(static_cast<std::size_t>(inside), count > 1 ? count - 2 : 0);
        return std::pair{first, inside - static_cast<double>(first)};
    };
    const auto [row, v] = split(p.row, flow.rows);
    const auto [column, u] = split(p.column, flow.columns);
    Vector sum;
    for (const auto& [i, wi] : {std::pair{row, 1 - v}, std::pair{std::min(row + 1, flow.rows - 1), v}})
        for (const auto& [j, wj] : {std::pair{column, 1 - u}, std::pair{std::min(column + 1, flow.columns - 1), u}}) {
            sum.right += wi * wj * flow.right[i * flow.columns + j];
            sum.down += wi * wj * flow.down[i * flow.columns + j];
        }
    return sum;
}

/// Which line passes through each square of the plane; a line that is being traced comes after all others.
class Occupied {
  public:
    Occupied(const PlaneFlow& flow, double side)
        : side_(side),
          columns_(static_cast<std::size_t>(static_cast<double>(flow.columns) / side) + 1),
          lines_(columns_ * (static_cast<std::size_t>(static_cast<double>(flow.rows) / side) + 1), 0) {}

    bool by_other(const Point& p, std::size_t line) const {
        return lines_[square(p)] != 0 && lines_[square(p)] != line;
    }
    void mark(const Streamline& points, std::size_t line) {
        for (const Point& p : points.points) lines_[square(p)] = line;
    }

  private:
    std::size_t square(const Point& p) const {
        return static_cast<std::size_t>(p.row / side_) * columns_ + static_cast<std::size_t>(p.column / side_);
    }
    double side_;
    std::size_t columns_;
    std::vector<std::size_t> lines_;
};

/// Steps of the midpoint rule from `seed` along (sign +1) or against the flow.
std::vector<Point> trace(const PlaneFlow& flow, const Occupied& occupied, std::size_t line, Point at, double sign,
                         double slowest) {
    const auto most = static_cast<std::size_t>(4 * static_cast<double>(flow.rows + flow.columns) / step);
    const auto moved = [&](const Point& from, const Vector& v, double by) {
        return Point{from.row + sign * by * v.down / v.length(), from.column + sign * by * v.right / v.length()};
    };
    std::vector<Point> points;
    while (points.size() < most) {
        const Vector here = velocity_at(flow, at);
        if (here.length() <= slowest) break;
        const Point middle = moved(at, here, step / 2);
        const Vector there = velocity_at(flow, middle);
        if (!in_pores(flow, middle) || there.length() <= slowest) break;
        at = moved(at, there, step);
        if (!in_pores(flow, at) || occupied.by_other(at, line)) break;
        points.push_back(at);
    }
    return points;
}

std::vector<double> speeds_of(const PlaneFlow& flow) {
    std::vector<double> speeds(flow.right.size());
    for (std::size_t i = 0; i < speeds.size(); ++i) speeds[i] = std::hypot(flow.right[i], flow.down[i]);
    return speeds;
}

}  // namespace

std::vector<Streamline> trace_streamlines(const PlaneFlow& flow, double distance) {
    const std::size_t pixels = flow.rows * flow.columns;
    require(pixels > 0 && flow.right.size() == pixels && flow.down.size() == pixels && flow.open.size() == pixels,
            "a plane of {} × {} pixels with {}, {} and {} values", flow.rows, flow.columns, flow.right.size(),
            flow.down.size(), flow.open.size());
    require(distance > 0, "streamlines {} pixels apart", distance);
    const auto speed = speeds_of(flow);
    const double slowest = 1e-6 * *std::max_element(speed.begin(), speed.end());
    std::vector<std::size_t> seeds(pixels);
    std::iota(seeds.begin(), seeds.end(), std::size_t{0});
    std::stable_sort(seeds.begin(), seeds.end(), [&](std::size_t a, std::size_t b) { return speed[a] > speed[b]; });
    Occupied occupied(flow, distance);
    std::vector<Streamline> lines;
    for (const std::size_t seed : seeds) {
        const Point at{static_cast<double>(seed / flow.columns) + 0.5, static_cast<double>(seed % flow.columns) + 0.5};
        const std::size_t number = lines.size() + 1;
        if (flow.open[seed] == 0 || speed[seed] <= slowest || occupied.by_other(at, number)) continue;
        Streamline line;
        line.points = trace(flow, occupied, number, at, -1, slowest);
        std::reverse(line.points.begin(), line.points.end());
        line.points.push_back(at);
        const auto after = trace(flow, occupied, number, at, 1, slowest);
        line.points.insert(line.points.end(), after.begin(), after.end());
        if (static_cast<double>(line.points.size()) * step < 2 * distance) continue;
        occupied.mark(line, number);
        lines.push_back(std::move(line));
    }
    return lines;
}

std::size_t streamline_magnification(const PlaneFlow& flow) {
    return std::clamp<std::size_t>(720 / std::max<std::size_t>(1, std::max(flow.rows, flow.columns)), 1, 24);
}

double high_speed(const PlaneFlow& flow) {
    std::vector<double> speeds;
    const auto all = speeds_of(flow);
    for (std::size_t i = 0; i < all.size(); ++i)
        if (flow.open[i] > 0) speeds.push_back(all[i]);
    if (speeds.empty()) return 1;
    const auto at = speeds.begin() + static_cast<std::ptrdiff_t>(speeds.size() * 98 / 100);
    std::nth_element(speeds.begin(), at, speeds.end());
    return *at > 0 ? *at : 1;
}

Picture streamline_picture(const std::string& label, const PlaneFlow& flow, const std::string& quantity, double high) {
    require(high > 0, "the streamlines '{}' are to show speeds up to {}", label, high);
    const std::size_t factor = streamline_magnification(flow);
    Raster plane(flow.rows, flow.columns, solid_colour);
    for (std::size_t i = 0; i < flow.open.size(); ++i)
        if (flow.open[i] > 0) plane(i / flow.columns, i % flow.columns) = pore_colour;
    Raster picture = magnified(plane, factor);
    const double scale = static_cast<double>(factor);
    const std::size_t thick = factor >= 4 ? 1 : 0;  // two pixels or one
    const auto draw = [&](const Point& p) {
        const Colour colour = colour_at(ColourMap::viridis, velocity_at(flow, p).length() / high);
        const auto row = static_cast<std::size_t>(p.row * scale), column = static_cast<std::size_t>(p.column * scale);
        for (std::size_t i = row; i <= std::min(row + thick, picture.rows() - 1); ++i)
            for (std::size_t j = column; j <= std::min(column + thick, picture.columns() - 1); ++j)
                picture(i, j) = colour;
    };
    const auto between = static_cast<int>(std::ceil(step * scale));  // points that leave no gap
    for (const auto& line : trace_streamlines(flow, std::max(7 / scale, 0.5)))
        for (std::size_t k = 1; k < line.points.size(); ++k)
            for (int i = 0; i < between; ++i) {
                const Point &from = line.points[k - 1], &to = line.points[k];
                const double share = static_cast<double>(i) / between;
                draw({from.row + share * (to.row - from.row), from.column + share * (to.column - from.column)});
            }
    return {label, std::move(picture), 1, {.map = ColourMap::viridis, .low = 0, .high = high, .quantity = quantity}};
}

}  // namespace protolith::report
