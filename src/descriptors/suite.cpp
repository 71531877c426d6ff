#include "descriptors/suite.hpp"

#include "descriptors/chord_length.hpp"
#include "descriptors/cluster_function.hpp"
#include "descriptors/component_shape.hpp"
#include "descriptors/correlation.hpp"
#include "descriptors/curve_statistics.hpp"
#include "descriptors/minkowski.hpp"
#include "descriptors/pore_sizes.hpp"
#include "descriptors/size_density.hpp"
#include "descriptors/spectrum.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace protolith::descriptors {

namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

constexpr std::array<NumberInfo, 7> numbers = {{
    {"phase_fraction", "1", "phase fraction"},
    {"specific_boundary", "1/pixel", "perimeter per area (surface per volume in 3-D)"},
    {"euler_density", "1", "Euler number per pixel, 4 (6) neighbours"},
    {"components", "1", "connected components"},
    {"largest_component", "1", "share of the phase in the largest component"},
    {"mean_chord_length", "pixel", "mean chord length in the phase"},
    {"mean_pore_size", "pixel", "mean distance of the phase to the other phase"},
}};

/// A density cut or padded with zeros to `size` values from r = first on, so that curves of a set share their r.
Curve padded(const Curve& curve, double first, std::size_t size, double step = 1) {
    Curve full{curve.name, {}, std::vector<double>(size, 0.0)};
    for (std::size_t i = 0; i < size; ++i) full.r.push_back(first + step * static_cast<double>(i));
    for (std::size_t i = 0; i < curve.r.size(); ++i) {
        const auto at = static_cast<std::size_t>(std::lround((curve.r[i] - first) / step));
        if (at < size) full.value[at] = curve.value[i];
    }
    return full;
}

/// What is counted, in whole or by one of several ranks.
struct Counts {
    std::vector<CurveCounts> functions;
    std::vector<ChordCounts> chords;
    Configurations2 squares;
    Configurations3 cubes;
};

/// Configurations are counted periodically or within the image; a companion image's margin is no part of it.
Frame frame_of(Boundary boundary) { return boundary == Boundary::periodic ? Frame::periodic : Frame::inside; }

/// Whether there is a window of configurations at all.
bool has_configurations(const Extent& e, Frame frame) { return frame == Frame::periodic || (e.y > 1 && e.x > 1); }

Counts count(const PhaseVolume& image, const Components& components, const SuiteSettings& s, Part part,
             const Pause& pause) {
    const auto ask = [&] {
        if (pause) pause();
    };
    Counts counts;
    const PackedVolume packed(image, s.boundary);
    ask();
    counts.functions.push_back(two_point(packed, s.max_r, part));
    for (Polytope p : {Polytope::p3h, Polytope::p3v, Polytope::p4, Polytope::p6}) {
        ask();
        counts.functions.push_back(polytope(packed, p, s.vertices, s.max_r, part));
    }
    ask();
    counts.functions.push_back(lineal_path(packed, s.max_r, part));
    ask();
    counts.functions.push_back(cluster_function(image, components, s.max_r, part));
    counts.chords = chord_lengths(image, 1, s.boundary, part);
    ask();
    const Frame frame = frame_of(s.boundary);
    if (!has_configurations(image.extent(), frame)) return counts;
    if (image.extent().dimensions() == 2)
        counts.squares = configurations_2d(image, frame, part);
    else
        counts.cubes = configurations_3d(image, frame, part);
    return counts;
}

void sum_over_ranks(const Communicator& team, Counts& counts) {
    for (CurveCounts& function : counts.functions) descriptors::sum_over_ranks(team, function);
    descriptors::sum_over_ranks(team, counts.chords);
    descriptors::sum_over_ranks(team, counts.squares);
    descriptors::sum_over_ranks(team, counts.cubes);
}

std::vector<Curve> functions_of(const Counts& counts) {
    std::vector<Curve> curves;
    for (const CurveCounts& function : counts.functions) {
        curves.push_back(to_curve(function));
        curves.back().name = function_table()[curves.size() - 1].symbol;
    }
    return curves;
}

std::pair<double, double> boundary_and_euler(const Counts& counts, const Extent& e, Boundary boundary) {
    const Frame frame = frame_of(boundary);
    if (!has_configurations(e, frame)) return {undefined, undefined};
    if (e.dimensions() == 2) {
        const auto m = minkowski(counts.squares, frame);
        return {m.perimeter, m.euler_4};
    }
    const auto m = minkowski(counts.cubes, frame);
    return {m.surface, m.euler_6};
}

Curve spectrum_of(const PhaseVolume& image) {
    const auto spectrum = radial_spectrum(image, Mean::remove);
    return {"power spectrum", spectrum.wavenumber, spectrum.power};
}

}  // namespace

std::span<const NumberInfo> number_table() { return numbers; }

int largest_common_distance(std::span<const Extent> extents, Boundary boundary) {
    int largest = std::numeric_limits<int>::max();
    for (const auto& e : extents) {
        std::size_t side = std::min(e.y, e.x);
        if (e.z > 1) side = std::min(side, e.z);
        largest = std::min(largest, largest_distance(side, boundary));
    }
    return largest;
}

ImageDescriptors measure(const Communicator& team, const PhaseVolume& image, const SuiteSettings& s,
                         const Pause& pause) {
    ImageDescriptors d;
    Components components;
    Counts counts;
    std::vector<Curve> spectrum;
    // A spectrum of floating-point sums is one rank's work; it takes about as long as the counting that others do then.
    const int last = team.size() - 1;
    collectively(team, [&] {
        components = label_components(image, s.connectivity, s.boundary);
        const Part part{static_cast<std::size_t>(team.rank()), static_cast<std::size_t>(std::max(last, 1))};
        counts = count(image, components, s, part, pause);
        if (team.rank() == last) spectrum.push_back(spectrum_of(image));
    });
    sum_over_ranks(team, counts);
    d.power_spectrum = gather_curves(team, spectrum).front();
    d.functions = functions_of(counts);
    const auto chords = chord_density(counts.chords);
    d.chord_length_density = padded(chords.density, 1, s.max_chord);
    const double phi = phase_fraction(image);
    SizeDensity pores, thickness;
    pores.mean = undefined;
    if (phi > 0 && phi < 1) {
        // distances know no zero margin: beyond the edge of a companion image nothing is assumed
        const Boundary edge = s.boundary == Boundary::periodic ? Boundary::periodic : Boundary::non_periodic;
        const PoreSizes sizes = pore_sizes(team, image, edge, pause);
        pores = pore_size_density(sizes.distance);
        thickness = thickness_density(sizes.thickness, 2);  // widths of one parity only: bins of one would alternate
    }
    d.pore_size_density = padded({"pore size", pores.size, pores.density}, 0.5, s.max_pore);
    d.thickness_density = padded({"local thickness", thickness.size, thickness.density}, 1, s.max_pore, 2);

    const auto [boundary, euler] = boundary_and_euler(counts, image.extent(), s.boundary);
    const auto sizes = component_sizes(components);
    const double phase = phi * static_cast<double>(image.size());
    const double largest =
        sizes.empty() ? undefined : static_cast<double>(*std::max_element(sizes.begin(), sizes.end())) / phase;
    d.numbers = {phi, boundary, euler, static_cast<double>(components.count), largest, chords.mean, pores.mean};
    return d;
}

}  // namespace protolith::descriptors
