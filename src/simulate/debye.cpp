#include "simulate/debye.hpp"

#include "base/random.hpp"
#include "simulate/poisson.hpp"
#include "simulate/setting_checks.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace protolith::simulate {

namespace {

/// Points with n·(r − middle) = p; `key` names the half space beyond it.
struct Plane {
    double nx, ny, nz, p;
    std::uint64_t key;
};

/// Isotropic Poisson lines or planes that can meet the image: a segment of length ℓ is crossed by ℓ/a of them on
/// average.
std::vector<Plane> draw_planes(const DebyeSettings& s, RandomStream& random) {
    const bool flat = s.extent.z == 1;
    const auto side = [](std::size_t n) { return static_cast<double>(n); };
    const double reach = std::hypot(side(s.extent.x), side(s.extent.y), flat ? 0 : side(s.extent.z)) / 2;
    const double mean_cosine = flat ? 2 / std::numbers::pi : 0.5;  // of the angle between a normal and the segment
    std::vector<Plane> planes(poisson_number(random, 2 * reach / (s.correlation_length * mean_cosine)));
    for (Plane& plane : planes) {
        const double angle = random.uniform(0, 2 * std::numbers::pi);
        plane.nz = flat ? 0 : random.uniform(-1, 1);
        const double in_plane = std::sqrt(1 - plane.nz * plane.nz);
        plane.nx = in_plane * std::cos(angle);
        plane.ny = in_plane * std::sin(angle);
        plane.p = random.uniform(-reach, reach);
        plane.key = random.bits();
    }
    return planes;
}

/// Colours cells by their signature, the exclusive or of the keys of all half spaces that hold them. Philox makes the
/// colours independent; the signatures alone are linearly related round every crossing of lines.
class CellColour {
  public:
    CellColour(std::uint64_t key, double phase_fraction)
        : key_{{key}}, limit_(static_cast<std::uint64_t>(phase_fraction * 0x1p64)) {}

    std::uint8_t operator()(std::uint64_t signature) const {
        return r123::Philox2x64{}({{signature, 0}}, key_)[0] < limit_ ? 1 : 0;
    }

  private:
    r123::Philox2x64::key_type key_;
    std::uint64_t limit_;
};

/// Signature changes along one row: changes[i] applies from pixel i on.
void collect_changes(const std::vector<Plane>& planes, double y, double z, double middle_x,
                     std::vector<std::uint64_t>& changes) {
    const auto width = static_cast<double>(changes.size() - 1);
    std::fill(changes.begin(), changes.end(), 0);
    for (const Plane& plane : planes) {
        const double rest = plane.p - plane.ny * y - plane.nz * z;  // beyond the plane: nx (x − middle) > rest
        if (plane.nx > 0) {
            changes[static_cast<std::size_t>(std::clamp(std::floor(rest / plane.nx + middle_x) + 1, 0.0, width))] ^=
                plane.key;
        } else if (plane.nx < 0) {
            changes[0] ^= plane.key;
            changes[static_cast<std::size_t>(std::clamp(std::ceil(rest / plane.nx + middle_x), 0.0, width))] ^=
                plane.key;
        } else if (rest < 0) {
            changes[0] ^= plane.key;
        }
    }
}

void colour_row(const std::vector<std::uint64_t>& changes, const CellColour& colour, std::uint8_t* row) {
    std::uint64_t signature = 0;
    std::uint8_t value = colour(0);
    for (std::size_t x = 0; x + 1 < changes.size(); ++x) {
        if (changes[x] != 0) value = colour(signature ^= changes[x]);
        row[x] = value;
    }
}

}  // namespace

void validate(const DebyeSettings& s) {
    require_extent("Debye medium", s.extent);
    require_fraction("Debye medium", s.phase_fraction);
    require_input(s.correlation_length >= 0.1 && std::isfinite(s.correlation_length),
                  "Debye medium: correlation_length = {}, expected at least 0.1 pixels", s.correlation_length);
}

PhaseVolume debye_medium(const DebyeSettings& s, std::uint64_t seed, std::uint32_t item) {
    validate(s);
    RandomStream random(seed, RandomPurpose::simulate, item);
    const CellColour colour(random.bits(), s.phase_fraction);
    const std::vector<Plane> planes = draw_planes(s, random);
    const auto middle = [](std::size_t n) { return (static_cast<double>(n) - 1) / 2; };
    PhaseVolume image(s.extent);
    std::vector<std::uint64_t> changes(s.extent.x + 1);
    for (std::size_t z = 0; z < s.extent.z; ++z)
        for (std::size_t y = 0; y < s.extent.y; ++y) {
            collect_changes(planes, static_cast<double>(y) - middle(s.extent.y),
                            static_cast<double>(z) - middle(s.extent.z), middle(s.extent.x), changes);
            colour_row(changes, colour, image.data() + (z * s.extent.y + y) * s.extent.x);
        }
    return image;
}

KnownStatistics known_statistics(const DebyeSettings& s) {
    validate(s);
    const double phi = s.phase_fraction, a = s.correlation_length;
    KnownStatistics known;
    known.phase_fraction = phi;
    known.two_point = [=](double r) { return phi * phi + phi * (1 - phi) * std::exp(-r / a); };
    known.lineal_path = [=](double r) { return phi * std::exp(-(1 - phi) * r / a); };
    known.mean_chord = a / (1 - phi);
    return known;
}

}  // namespace protolith::simulate
