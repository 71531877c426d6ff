#include "simulate/disks.hpp"

#include "base/random.hpp"
#include "simulate/paint_ball.hpp"
#include "simulate/poisson.hpp"
#include "simulate/setting_checks.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace protolith::simulate {

namespace {

constexpr double most_coverage = 50;  // expected disks over a point; the void would be rarer than 2e-22

}  // namespace

double disk_density(double phase_fraction, double radius, int dimensions, DiskPhase phase) {
    require_fraction("disks", phase_fraction);
    require_input(radius > 0, "disks: radius = {}, expected more than 0 pixels", radius);
    const double outside = phase == DiskPhase::outside ? phase_fraction : 1 - phase_fraction;
    return -std::log(outside) / ball_measure(radius, dimensions);
}

void validate(const DisksSettings& s) {
    require_extent("disks", s.extent);
    require_input(s.radius >= 0.5 && std::isfinite(s.radius), "disks: radius = {}, expected at least 0.5 pixels",
                  s.radius);
    const auto shortest =
        static_cast<double>(std::min({s.extent.y, s.extent.x, s.extent.z > 1 ? s.extent.z : s.extent.x}));
    require_input(!s.periodic || 2 * s.radius <= shortest,
                  "disks: radius = {}, expected at most half of the shortest side, {} pixels", s.radius, shortest / 2);
    const double most = most_coverage / ball_measure(s.radius, s.extent.dimensions());
    require_input(s.density >= 0 && s.density <= most,
                  "disks: density = {}, expected between 0 and {:.4g} centres per pixel at radius {}", s.density, most,
                  s.radius);
}

PhaseVolume overlapping_disks(const DisksSettings& s, std::uint64_t seed, std::uint32_t item) {
    validate(s);
    RandomStream random(seed, RandomPurpose::simulate, item);
    const std::uint8_t covered = s.phase == DiskPhase::inside ? 1 : 0;
    PhaseVolume image(s.extent, static_cast<std::uint8_t>(1 - covered));
    const bool flat = s.extent.z == 1;
    const double margin = s.periodic ? 0 : s.radius;
    // Pixel centres are whole numbers; the box of centres covers the image and, where it does not close on itself, the
    // margin.
    const auto low = [margin](std::size_t) { return -0.5 - margin; };
    const auto high = [margin](std::size_t n) { return static_cast<double>(n) - 0.5 + margin; };
    const auto side = [&](std::size_t n) { return high(n) - low(n); };
    const double box = side(s.extent.y) * side(s.extent.x) * (flat ? 1 : side(s.extent.z));
    const std::size_t disks = poisson_number(random, s.density * box);
    for (std::size_t k = 0; k < disks; ++k) {
        BallCentre centre{};
        centre.z = flat ? 0 : random.uniform(low(s.extent.z), high(s.extent.z));
        centre.y = random.uniform(low(s.extent.y), high(s.extent.y));
        centre.x = random.uniform(low(s.extent.x), high(s.extent.x));
        paint_ball(image, s.periodic, centre, s.radius, covered);
    }
    return image;
}

KnownStatistics known_statistics(const DisksSettings& s) {
    validate(s);
    const int dimensions = s.extent.dimensions();
    const double rho = s.density, R = s.radius, measure = ball_measure(R, dimensions),
                 outside = std::exp(-rho * measure);
    const auto two_point_outside = [=](double r) { return std::exp(-rho * union_measure(R, r, dimensions)); };
    KnownStatistics known;
    if (s.phase == DiskPhase::inside) {
        known.phase_fraction = 1 - outside;
        known.two_point = [=](double r) { return 1 - 2 * outside + two_point_outside(r); };
        return known;
    }
    const double cross_section =
        ball_measure(R, dimensions) / R * (dimensions == 2 ? 2 / std::numbers::pi : 0.75);  // 2R or πR²
    known.phase_fraction = outside;
    known.two_point = two_point_outside;
    known.lineal_path = [=](double r) { return std::exp(-rho * (measure + cross_section * r)); };
    known.pore_size_density = [=](double delta) {
        const double at = R + delta,
                     surface = dimensions == 2 ? 2 * std::numbers::pi * at : 4 * std::numbers::pi * at * at;
        return rho * surface * std::exp(-rho * (ball_measure(at, dimensions) - measure));
    };
    if (rho > 0) known.mean_chord = 1 / (cross_section * rho);
    return known;
}

}  // namespace protolith::simulate
