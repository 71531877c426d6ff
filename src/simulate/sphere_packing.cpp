#include "simulate/sphere_packing.hpp"

#include "simulate/known_statistics.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace protolith::simulate {

namespace {

constexpr std::size_t most_sweeps = 200000;
/// Spheres are pushed apart by this much more than they need, so that the last overlaps vanish after finitely many
/// sweeps.
constexpr double surplus = 1e-3;

using Point = std::array<double, 3>;

/// The box and the cells by which neighbours are found: none is shorter than the distance at which spheres push.
class Cells {
  public:
    Cells(const Extent& extent, double shortest_cell)
        : sides_{static_cast<double>(extent.z), static_cast<double>(extent.y), static_cast<double>(extent.x)} {
        for (std::size_t a = 0; a < 3; ++a) {
            count_[a] = static_cast<std::size_t>(sides_[a] / shortest_cell);
            // Of one or two cells along an axis, both neighbours are the same one: no cell may be met twice.
            if (count_[a] >= 3) steps_[a] = {count_[a] - 1, 0, 1};
            if (count_[a] == 2) steps_[a] = {0, 1};
        }
    }

    void sort(const std::vector<Point>& points) {
        members_.assign(count_[0] * count_[1] * count_[2], {});
        for (std::size_t i = 0; i < points.size(); ++i) members_[index(place(points[i]))].push_back(i);
    }

    /// Calls visit(j) for every point of the cell of `point` and those around it, as sorted, in an order that depends
    /// on nothing else.
    template <class Visit>
    void around(const Point& point, const Visit& visit) const {
        const auto at = place(point);
        for (const std::size_t z : steps_[0])
            for (const std::size_t y : steps_[1])
                for (const std::size_t x : steps_[2])
                    for (const std::size_t j :
                         members_[index({(at[0] + z) % count_[0], (at[1] + y) % count_[1], (at[2] + x) % count_[2]})])
                        visit(j);
    }

    /// The shortest way from a to b.
    Point way(const Point& a, const Point& b) const {
        Point d;
        for (std::size_t k = 0; k < 3; ++k) {
            d[k] = b[k] - a[k];
            d[k] -= sides_[k] * std::round(d[k] / sides_[k]);
        }
        return d;
    }

    void move(Point& point, const Point& along, double factor) const {
        for (std::size_t k = 0; k < 3; ++k) {
            point[k] += factor * along[k];
            point[k] -= sides_[k] * std::floor(point[k] / sides_[k]);
            if (point[k] >= sides_[k]) point[k] = 0;  // −ε + side rounds to side
        }
    }

    Point draw(RandomStream& random) const {
        Point point;
        for (std::size_t k = 0; k < 3; ++k) point[k] = random.uniform(0, sides_[k]);
        return point;
    }

  private:
    using Place = std::array<std::size_t, 3>;

    Place place(const Point& point) const {
        Place at;
        for (std::size_t k = 0; k < 3; ++k)
            at[k] = std::min(static_cast<std::size_t>(point[k] / sides_[k] * static_cast<double>(count_[k])),
                             count_[k] - 1);
        return at;
    }
    std::size_t index(const Place& at) const { return (at[0] * count_[1] + at[1]) * count_[2] + at[2]; }

    Point sides_;
    Place count_{};
    std::array<std::vector<std::size_t>, 3> steps_{{{0}, {0}, {0}}};
    std::vector<std::vector<std::size_t>> members_;
};

double squared(const Point& d) { return d[0] * d[0] + d[1] * d[1] + d[2] * d[2]; }

/// Every two that are nearer than `wanted` move apart by as much, half each. Returns the square of the smallest
/// distance that was met.
double push_apart(std::vector<Point>& points, Cells& cells, double wanted) {
    cells.sort(points);
    double smallest = wanted * wanted;
    for (std::size_t i = 0; i < points.size(); ++i)
        cells.around(points[i], [&](std::size_t j) {
            if (j <= i) return;
            const Point d = cells.way(points[i], points[j]);
            const double distance2 = squared(d);
            if (distance2 >= wanted * wanted) return;
            smallest = std::min(smallest, distance2);
            const double distance = std::sqrt(distance2);
            // Two at one place (never drawn in practice) part along x.
            const Point along = distance > 0 ? d : Point{0, 0, 1};
            const double factor = (wanted - distance) / 2 / (distance > 0 ? distance : 1);
            cells.move(points[i], along, -factor);
            cells.move(points[j], along, factor);
        });
    return smallest;
}

/// Square of the smallest distance of two points, or of `far` if all are farther apart.
double smallest_distance2(const std::vector<Point>& points, Cells& cells, double far) {
    cells.sort(points);
    double smallest = far * far;
    for (std::size_t i = 0; i < points.size(); ++i)
        cells.around(points[i], [&](std::size_t j) {
            if (j > i) smallest = std::min(smallest, squared(cells.way(points[i], points[j])));
        });
    return smallest;
}

}  // namespace

std::vector<BallCentre> packed_centres(const Extent& extent, double radius, std::size_t count, RandomStream& random) {
    const auto shortest = static_cast<double>(std::min({extent.z, extent.y, extent.x}));
    require_input(radius > 0 && 4 * radius <= shortest,
                  "spheres: radius = {}, expected at most a quarter of the shortest side, {} voxels", radius,
                  shortest / 4);
    const double fraction = static_cast<double>(count) * ball_measure(radius, 3) / static_cast<double>(extent.count());
    require_input(fraction <= densest_packing,
                  "spheres: {} of radius {} take {:.4f} of the volume, expected at most {} without overlaps", count,
                  radius, fraction, densest_packing);
    const double wanted = 2 * radius * (1 + surplus);
    // Within a sweep spheres move while the cells stay: cells have room for that, and the distances are checked after.
    Cells cells(extent, std::min(1.25 * wanted, shortest));
    std::vector<Point> points(count);
    for (Point& point : points) point = cells.draw(random);
    double smallest = 0;
    for (std::size_t sweep = 0; sweep < most_sweeps; ++sweep) {
        if (push_apart(points, cells, wanted) < 4 * radius * radius) continue;
        smallest = smallest_distance2(points, cells, wanted);
        if (smallest >= 4 * radius * radius) break;
    }
    require(smallest >= 4 * radius * radius,
            "spheres: after {} sweeps {} spheres of radius {} still overlap (fraction {:.4f}): take fewer or another "
            "seed",
            most_sweeps, count, radius, fraction);
    std::vector<BallCentre> centres;
    for (const Point& point : points) centres.push_back({point[0], point[1], point[2]});
    return centres;
}

}  // namespace protolith::simulate
