#include "simulate/paint_ball.hpp"

#include <algorithm>
#include <cmath>

namespace protolith::simulate {

namespace {

/// Whole numbers i with |i − centre| ≤ half: first and one past last, on the infinite lattice.
struct Interval {
    std::ptrdiff_t first, last;

    Interval(double centre, double half)
        : first(static_cast<std::ptrdiff_t>(std::ceil(centre - half))),
          last(static_cast<std::ptrdiff_t>(std::floor(centre + half)) + 1) {}
};

/// One axis of the image: maps a lattice coordinate to a pixel, or to none.
struct Axis {
    std::ptrdiff_t size;
    bool periodic;

    bool holds(std::ptrdiff_t i) const { return periodic || (i >= 0 && i < size); }
    std::size_t pixel(std::ptrdiff_t i) const { return static_cast<std::size_t>((i % size + size) % size); }
};

void fill_row(std::uint8_t* row, const Axis& axis, Interval run, std::uint8_t value) {
    if (!axis.periodic) {
        run.first = std::max<std::ptrdiff_t>(run.first, 0);
        run.last = std::min(run.last, axis.size);
        if (run.first < run.last) std::fill(row + run.first, row + run.last, value);
        return;
    }
    if (run.last - run.first >= axis.size) {
        std::fill(row, row + axis.size, value);
        return;
    }
    if (run.first >= run.last) return;
    const auto first = static_cast<std::ptrdiff_t>(axis.pixel(run.first)), end = first + (run.last - run.first);
    std::fill(row + first, row + std::min(end, axis.size), value);
    if (end > axis.size) std::fill(row, row + (end - axis.size), value);
}

}  // namespace

void paint_ball(PhaseVolume& image, bool periodic, const BallCentre& centre, double radius, std::uint8_t value) {
    const Extent& e = image.extent();
    const Axis planes{static_cast<std::ptrdiff_t>(e.z), periodic}, rows{static_cast<std::ptrdiff_t>(e.y), periodic},
        columns{static_cast<std::ptrdiff_t>(e.x), periodic};
    const bool flat = e.z == 1;
    const Interval z_run(flat ? 0.0 : centre.z, flat ? 0.0 : radius);
    for (std::ptrdiff_t z = z_run.first; z < z_run.last; ++z) {
        if (!planes.holds(z)) continue;
        const double dz = flat ? 0 : static_cast<double>(z) - centre.z;
        const double in_plane = std::sqrt(std::max(radius * radius - dz * dz, 0.0));
        const Interval y_run(centre.y, in_plane);
        for (std::ptrdiff_t y = y_run.first; y < y_run.last; ++y) {
            if (!rows.holds(y)) continue;
            const double dy = static_cast<double>(y) - centre.y;
            const double half = std::sqrt(std::max(in_plane * in_plane - dy * dy, 0.0));
            fill_row(image.data() + (planes.pixel(z) * e.y + rows.pixel(y)) * e.x, columns, Interval(centre.x, half),
                     value);
        }
    }
}

}  // namespace protolith::simulate
