#include "simulate/spheres.hpp"

#include "base/random.hpp"
#include "simulate/setting_checks.hpp"
#include "simulate/sphere_packing.hpp"

#include <algorithm>
#include <cmath>

namespace protolith::simulate {

namespace {

bool is_lattice(SphereArrangement a) {
    return a == SphereArrangement::simple_cubic || a == SphereArrangement::body_centred;
}

SphereLattice lattice_of(const SpheresSettings& s) {
    return s.arrangement == SphereArrangement::simple_cubic ? SphereLattice::simple_cubic : SphereLattice::body_centred;
}

/// Spheres of a packing: the whole number that comes nearest to the porosity.
std::size_t packed_count(const SpheresSettings& s) {
    return static_cast<std::size_t>(
        std::llround((1 - s.porosity) * static_cast<double>(s.extent.count()) / ball_measure(s.radius, 3)));
}

DisksSettings overlapping_of(const SpheresSettings& s) {
    return {s.extent, s.radius, disk_density(s.porosity, s.radius, 3, DiskPhase::outside), s.phase, true};
}

void validate_lattice(const SpheresSettings& s) {
    const auto cell = static_cast<double>(s.cell);
    const double touching = touching_radius(lattice_of(s), cell);
    require_input(s.radius <= touching * (1 + 1e-12),
                  "spheres: radius = {} in cells of {} voxels, expected at most {:.6g}, where they touch", s.radius,
                  s.cell, touching);
    lattice_centres(lattice_of(s), s.extent, s.cell);
}

void validate_packing(const SpheresSettings& s) {
    const auto shortest = static_cast<double>(std::min({s.extent.z, s.extent.y, s.extent.x}));
    require_input(4 * s.radius <= shortest,
                  "spheres: radius = {}, expected at most a quarter of the shortest side, {} voxels", s.radius,
                  shortest / 4);
    require_input(1 - s.porosity <= densest_packing,
                  "spheres: porosity = {}, expected at least {} for packed spheres, which do not overlap", s.porosity,
                  1 - densest_packing);
}

}  // namespace

void validate(const SpheresSettings& s) {
    require_extent("spheres", s.extent);
    require_input(s.extent.z > 1, "spheres: a volume of one plane, {} pixels; expected planes, rows, columns",
                  to_string(s.extent));
    require_input(s.radius >= 0.5 && std::isfinite(s.radius), "spheres: radius = {}, expected at least 0.5 voxels",
                  s.radius);
    if (is_lattice(s.arrangement)) return validate_lattice(s);
    require_input(s.porosity > 0 && s.porosity < 1, "spheres: porosity = {}, expected between 0 and 1, both excluded",
                  s.porosity);
    if (s.arrangement == SphereArrangement::packed) return validate_packing(s);
    validate(overlapping_of(s));
}

std::vector<BallCentre> sphere_centres(const SpheresSettings& s, std::uint64_t seed, std::uint32_t item) {
    validate(s);
    if (is_lattice(s.arrangement)) return lattice_centres(lattice_of(s), s.extent, s.cell);
    require(s.arrangement == SphereArrangement::packed, "overlapping spheres have no list of centres");
    RandomStream random(seed, RandomPurpose::simulate, item);
    return packed_centres(s.extent, s.radius, packed_count(s), random);
}

PhaseVolume spheres(const SpheresSettings& s, std::uint64_t seed, std::uint32_t item) {
    if (s.arrangement == SphereArrangement::overlapping) {
        validate(s);
        return overlapping_disks(overlapping_of(s), seed, item);
    }
    const std::uint8_t covered = s.phase == DiskPhase::inside ? 1 : 0;
    PhaseVolume image(s.extent, static_cast<std::uint8_t>(1 - covered));
    for (const BallCentre& centre : sphere_centres(s, seed, item)) paint_ball(image, true, centre, s.radius, covered);
    return image;
}

KnownStatistics known_statistics(const SpheresSettings& s) {
    validate(s);
    if (s.arrangement == SphereArrangement::overlapping) return known_statistics(overlapping_of(s));
    const double solid =
        is_lattice(s.arrangement)
            ? sphere_concentration(lattice_of(s), s.radius, static_cast<double>(s.cell))
            : static_cast<double>(packed_count(s)) * ball_measure(s.radius, 3) / static_cast<double>(s.extent.count());
    KnownStatistics known;
    known.phase_fraction = s.phase == DiskPhase::inside ? solid : 1 - solid;
    return known;
}

}  // namespace protolith::simulate
