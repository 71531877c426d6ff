// Both maps are straight lines in RGB between nine published colours.
#include "report/colour_map.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace protolith::report {
namespace {

using Stops = std::array<Colour, 9>;

constexpr Stops viridis{{{68, 1, 84},
                         {71, 45, 123},
                         {59, 82, 139},
                         {44, 114, 142},
                         {33, 145, 140},
                         {40, 174, 128},
                         {94, 201, 98},
                         {173, 220, 48},
                         {253, 231, 37}}};
constexpr Stops difference{{{33, 102, 172},
                            {67, 147, 195},
                            {146, 197, 222},
                            {209, 229, 240},
                            {247, 247, 247},
                            {253, 219, 199},
                            {244, 165, 130},
                            {214, 96, 77},
                            {178, 24, 43}}};

std::uint8_t mixed(std::uint8_t a, std::uint8_t b, double share) {
    return static_cast<std::uint8_t>(std::lround(a + share * (b - a)));
}

}  // namespace

Colour colour_at(ColourMap map, double fraction) {
    if (std::isnan(fraction)) return undefined_colour;
    const Stops& stops = map == ColourMap::viridis ? viridis : difference;
    const double place = std::clamp(fraction, 0.0, 1.0) * 8;
    const std::size_t below = std::min(static_cast<std::size_t>(place), stops.size() - 2);
    const double share = place - static_cast<double>(below);
    const Colour &a = stops[below], &b = stops[below + 1];
    return {mixed(a.red, b.red, share), mixed(a.green, b.green, share), mixed(a.blue, b.blue, share)};
}

}  // namespace protolith::report
