#include "descriptors/suite.hpp"

#include "descriptors/chord_length.hpp"
#include "descriptors/cluster_function.hpp"
#include "descriptors/component_shape.hpp"
#include "descriptors/correlation.hpp"
#include "descriptors/minkowski.hpp"
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

std::vector<Curve> functions_of(const PhaseVolume& image, const Components& components, const SuiteSettings& s) {
    const PackedVolume packed(image, s.boundary);
    std::vector<Curve> curves = {to_curve(two_point(packed, s.max_r))};
    for (Polytope p : {Polytope::p3h, Polytope::p3v, Polytope::p4, Polytope::p6})
        curves.push_back(to_curve(polytope(packed, p, s.vertices, s.max_r)));
    curves.push_back(to_curve(lineal_path(packed, s.max_r)));
    curves.push_back(to_curve(cluster_function(image, components, s.max_r)));
    for (std::size_t i = 0; i < curves.size(); ++i) curves[i].name = function_table()[i].symbol;
    return curves;
}

std::pair<double, double> boundary_and_euler(const PhaseVolume& image, Boundary boundary) {
    const Frame frame = boundary == Boundary::periodic ? Frame::periodic : Frame::inside;
    const auto& e = image.extent();
    if (frame == Frame::inside && (e.y < 2 || e.x < 2)) return {undefined, undefined};
    if (image.extent().dimensions() == 2) {
        const auto m = minkowski(configurations_2d(image, frame), frame);
        return {m.perimeter, m.euler_4};
    }
    const auto m = minkowski(configurations_3d(image, frame), frame);
    return {m.surface, m.euler_6};
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

ImageDescriptors measure(const PhaseVolume& image, const SuiteSettings& s) {
    ImageDescriptors d;
    const Components components = label_components(image, s.connectivity, s.boundary);
    d.functions = functions_of(image, components, s);
    const auto chords = chord_density(chord_lengths(image, 1, s.boundary));
    d.chord_length_density = padded(chords.density, 1, s.max_chord);
    const double phi = phase_fraction(image);
    SizeDensity pores, thickness;
    pores.mean = undefined;
    if (phi > 0 && phi < 1) {
        // distances know no zero margin: beyond the edge of a companion image nothing is assumed
        const Boundary edge = s.boundary == Boundary::periodic ? Boundary::periodic : Boundary::non_periodic;
        pores = pore_size_density(image, edge);
        thickness = thickness_density(image, edge, 2);  // widths of one parity only: bins of one would alternate
    }
    d.pore_size_density = padded({"pore size", pores.size, pores.density}, 0.5, s.max_pore);
    d.thickness_density = padded({"local thickness", thickness.size, thickness.density}, 1, s.max_pore, 2);
    const auto spectrum = radial_spectrum(image, Mean::remove);
    d.power_spectrum = {"power spectrum", spectrum.wavenumber, spectrum.power};

    const auto [boundary, euler] = boundary_and_euler(image, s.boundary);
    const auto sizes = component_sizes(components);
    const double phase = phi * static_cast<double>(image.size());
    const double largest =
        sizes.empty() ? undefined : static_cast<double>(*std::max_element(sizes.begin(), sizes.end())) / phase;
    d.numbers = {phi, boundary, euler, static_cast<double>(components.count), largest, chords.mean, pores.mean};
    return d;
}

}  // namespace protolith::descriptors
