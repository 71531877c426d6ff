#include "condition/prior_line.hpp"

#include "base/error.hpp"
#include "base/random.hpp"
#include "sampling/diagnostics.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace protolith::condition {

namespace {

/// low + (high − low) Φ(Φ⁻¹(share of value) + by).
double moved(const simulate::Range& range, double value, double by) {
    const double share = (value - range.low) / (range.high - range.low);
    if (by == 0 || share <= 0 || share >= 1) return value;
    const double score = sampling::normal_quantile(share) + by;
    const double moved_share = 0.5 * std::erfc(-score / std::numbers::sqrt2);
    return std::clamp(range.low + (range.high - range.low) * moved_share, range.low, range.high);
}

}  // namespace

std::vector<double> line_positions(std::size_t points, double length) {
    require_input(points >= 3 && points % 2 == 1,
                  "a line of {} points; expected an odd number, 3 or more, so that one is its middle", points);
    std::vector<double> positions;
    const double middle = static_cast<double>(points / 2);
    for (std::size_t k = 0; k < points; ++k)
        positions.push_back(length / 2 * (static_cast<double>(k) - middle) / middle);
    return positions;
}

std::vector<double> line_direction(std::size_t dimensions, std::uint64_t seed, std::uint32_t item) {
    RandomStream stream(seed, RandomPurpose::line_direction, item);
    std::vector<double> direction(dimensions);
    double squares = 0;
    for (double& value : direction) {
        value = stream.normal();
        squares += value * value;
    }
    for (double& value : direction) value /= std::sqrt(squares / static_cast<double>(dimensions));
    return direction;
}

std::vector<double> latents_on_line(std::span<const double> z, std::span<const double> direction, double s) {
    require(z.size() == direction.size(), "a direction of {} numbers for {} latents", direction.size(), z.size());
    std::vector<double> result(z.begin(), z.end());
    for (std::size_t d = 0; d < result.size(); ++d) result[d] += s * direction[d];
    return result;
}

std::vector<std::size_t> movable_inputs(const simulate::MarbleCakeSettings& settings) {
    const auto ranges = settings.ranges();
    std::vector<std::size_t> movable;
    for (std::size_t i = 0; i < ranges.size(); ++i)
        if (ranges[i].low < ranges[i].high) movable.push_back(i);
    require_input(!movable.empty(),
                  "marble cake: low = high in the ranges of all inputs, centre_x to time; a line "
                  "across them expects at least one range with low < high");
    return movable;
}

simulate::MarbleCakeInputs inputs_on_line(const simulate::MarbleCakeSettings& settings,
                                          const simulate::MarbleCakeInputs& inputs, std::span<const double> direction,
                                          double s) {
    const auto ranges = settings.ranges();
    const auto movable = movable_inputs(settings);
    require(movable.size() == direction.size(), "a direction of {} numbers for {} inputs", direction.size(),
            movable.size());
    auto values = inputs.values();
    for (std::size_t k = 0; k < movable.size(); ++k)
        values[movable[k]] = moved(ranges[movable[k]], values[movable[k]], s * direction[k]);
    return simulate::MarbleCakeInputs::of(values);
}

}  // namespace protolith::condition
