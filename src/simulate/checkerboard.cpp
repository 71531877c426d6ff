#include "simulate/checkerboard.hpp"

#include "base/random.hpp"
#include "simulate/setting_checks.hpp"

#include <algorithm>
#include <cmath>

namespace protolith::simulate {

void validate(const CheckerboardSettings& s) {
    require_extent("checkerboard", s.extent);
    const std::size_t longest = std::max({s.extent.z, s.extent.y, s.extent.x});
    require_input(s.cell > 0 && s.cell <= longest,
                  "checkerboard: cell = {}, expected between 1 and the longest side, {} pixels", s.cell, longest);
}

PhaseVolume checkerboard(const CheckerboardSettings& s, std::uint64_t seed, std::uint32_t item) {
    validate(s);
    RandomStream random(seed, RandomPurpose::simulate, item);
    const auto offset = [&]() -> std::size_t { return s.random_offset ? random.below(2 * s.cell) : 0; };
    const std::size_t from_x = offset(), from_y = offset(), from_z = s.extent.z > 1 ? offset() : 0;
    PhaseVolume image(s.extent);
    for (std::size_t z = 0; z < s.extent.z; ++z)
        for (std::size_t y = 0; y < s.extent.y; ++y)
            for (std::size_t x = 0; x < s.extent.x; ++x) {
                const std::size_t cells = (x + from_x) / s.cell + (y + from_y) / s.cell + (z + from_z) / s.cell;
                image(z, y, x) = cells % 2 == 0 ? 1 : 0;
            }
    return image;
}

KnownStatistics known_statistics(const CheckerboardSettings& s) {
    validate(s);
    const auto a = static_cast<double>(s.cell);
    KnownStatistics known;
    known.phase_fraction = 0.5;
    known.two_point = [a](double r) { return 0.5 * std::abs(1 - std::fmod(r, 2 * a) / a); };
    known.lineal_path = [a](double r) { return 0.5 * std::max(1 - r / a, 0.0); };
    known.mean_chord = a;
    return known;
}

}  // namespace protolith::simulate
