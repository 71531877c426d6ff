#include "simulate/marble_cake.hpp"

#include "base/random.hpp"
#include "simulate/advect.hpp"
#include "simulate/rasterise.hpp"
#include "simulate/refine.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace protolith::simulate {

namespace {

constexpr int steps_between_splits = 4;       // rarer splits let the cubics overshoot where the line is stretched most
constexpr double stirring_coarseness = 2;     // cubics bear twice the final spacing while the line is stirred
constexpr double largest_step_strain = 1.25;  // beyond it pixels and area change visibly
constexpr double finest = 1e-3;               // of step and segment: beyond it rounding is larger than what is gained
constexpr double latest_time = 10;            // the length has grown by more than e^50
constexpr double largest_amplitude = 10;      // of a and b; the step shrinks with them
constexpr std::size_t coarsest_contour = 64;  // small images still follow the flow on a contour as for 64²
constexpr std::size_t most_points = 50'000'000;

void require_range(std::string_view name, const Range& range) {
    require_input(std::isfinite(range.low) && std::isfinite(range.high) && range.low <= range.high,
                  "marble cake: {} = [{}, {}], expected two finite numbers, the lower first", name, range.low,
                  range.high);
}

void require_inside(std::string_view name, const Range& range) {
    const double r = anomaly_radius();
    require_input(range.low >= r && range.high <= 1 - r,
                  "marble cake: {} = [{}, {}], expected within [{:.5f}, {:.5f}] so that the circle of area 1/2 stays "
                  "inside the unit square",
                  name, range.low, range.high, r, 1 - r);
}

void require_amplitude(std::string_view name, const Range& range) {
    require_input(range.low >= -largest_amplitude && range.high <= largest_amplitude,
                  "marble cake: {} = [{}, {}], expected within [{}, {}]", name, range.low, range.high,
                  -largest_amplitude, largest_amplitude);
}

/// Every input as a range of its own, so that given inputs pass the same checks as ranges.
MarbleCakeSettings fixed_to(MarbleCakeSettings settings, const MarbleCakeInputs& inputs) {
    const auto fix = [](double value) { return Range{value, value}; };
    settings.centre_x = fix(inputs.centre_x);
    settings.centre_y = fix(inputs.centre_y);
    settings.A = fix(inputs.A);
    settings.B = fix(inputs.B);
    settings.f_a = fix(inputs.f_a);
    settings.f_b = fix(inputs.f_b);
    settings.phi_a = fix(inputs.phi_a);
    settings.phi_b = fix(inputs.phi_b);
    settings.time = fix(inputs.time);
    return settings;
}

}  // namespace

double anomaly_radius() { return std::sqrt(0.5 / std::numbers::pi); }

void validate(const MarbleCakeSettings& s) {
    require_input(s.size > 0, "marble cake: size = {}, expected at least 1 pixel", s.size);
    const auto ranges = s.ranges();
    for (std::size_t i = 0; i < ranges.size(); ++i) require_range(marble_cake_input_names[i], ranges[i]);
    require_inside("centre_x", s.centre_x);
    require_inside("centre_y", s.centre_y);
    require_input(s.time.low >= 0 && s.time.high <= latest_time,
                  "marble cake: time = [{}, {}], expected within [0, {}]", s.time.low, s.time.high, latest_time);
    require_input(s.longest_segment >= finest && s.longest_segment <= 1,
                  "marble cake: longest_segment = {}, expected between {} and 1 pixel", s.longest_segment, finest);
    require_input(s.step_strain >= finest && s.step_strain <= largest_step_strain,
                  "marble cake: step_strain = {}, expected between {} and {}", s.step_strain, finest,
                  largest_step_strain);
    require_amplitude("A", s.A);
    require_amplitude("B", s.B);
}

MarbleCakeInputs draw_marble_cake_inputs(const MarbleCakeSettings& s, std::uint64_t seed, std::uint32_t item) {
    RandomStream random(seed, RandomPurpose::simulate, item);
    const auto ranges = s.ranges();
    std::array<double, 9> inputs{};
    for (std::size_t i = 0; i < inputs.size(); ++i) inputs[i] = random.uniform(ranges[i].low, ranges[i].high);
    return MarbleCakeInputs::of(inputs);
}

Contour stir(const MarbleCakeSettings& settings, const MarbleCakeInputs& inputs) {
    const double longest = settings.longest_segment / static_cast<double>(std::max(settings.size, coarsest_contour));
    const StirringFlow flow = inputs.flow();
    Contour contour = circle(inputs.centre_x, inputs.centre_y, anomaly_radius(), stirring_coarseness * longest);
    Refinement refinement(stirring_coarseness * longest);
    const double longest_step = settings.step_strain / StirringFlow::strain_bound(inputs.A, inputs.B);
    const auto steps = static_cast<std::uint64_t>(std::ceil(inputs.time / longest_step));
    const double h = steps > 0 ? inputs.time / static_cast<double>(steps) : 0;
    for (std::uint64_t step = 0; step < steps; ++step) {
        advance(flow, static_cast<double>(step) * h, h, contour);
        if ((step + 1) % steps_between_splits == 0) refinement.split(contour);
        require(contour.points() <= most_points,
                "marble cake: the contour has {} points at time {}, expected at most {}; shorten the time",
                contour.points(), static_cast<double>(step + 1) * h, most_points);
    }
    Refinement(longest).split_all(contour);
    return contour;
}

MarbleCake marble_cake(const MarbleCakeSettings& settings, const MarbleCakeInputs& inputs) {
    validate(fixed_to(settings, inputs));
    const Contour contour = stir(settings, inputs);
    return {inputs, rasterise(contour, settings.size), length(contour), enclosed_area(contour), contour.points()};
}

MarbleCake marble_cake(const MarbleCakeSettings& settings, std::uint64_t seed, std::uint32_t item) {
    validate(settings);
    return marble_cake(settings, draw_marble_cake_inputs(settings, seed, item));
}

}  // namespace protolith::simulate
