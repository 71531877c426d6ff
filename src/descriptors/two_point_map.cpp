#include "descriptors/two_point_map.hpp"

#include "descriptors/curve_counts.hpp"
#include "fft/good_size.hpp"
#include "fft/real_transform.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdlib>
#include <limits>

namespace protolith::descriptors {
namespace {

using Shift = std::ptrdiff_t;

std::size_t reach_along(std::size_t n, Boundary boundary, std::optional<std::size_t> max_shift) {
    if (n == 1) return 0;
    const std::size_t limit = boundary == Boundary::non_periodic ? n - 1 : n / 2;
    return max_shift ? std::min(*max_shift, limit)
                     : static_cast<std::size_t>(std::max(largest_distance(n, boundary), 0));
}

/// Length of the transform: as much empty space behind the image as keeps its copies from meeting within reach.
std::size_t padded_length(std::size_t n, std::size_t reach, Boundary boundary) {
    if (n == 1 || boundary == Boundary::periodic) return n;
    return boundary == Boundary::companion ? n + 1 : fft::good_size(n + reach);
}

double pairs_along(std::size_t n, Shift shift, Boundary boundary) {
    if (boundary == Boundary::non_periodic) return static_cast<double>(n) - static_cast<double>(std::abs(shift));
    return static_cast<double>(n == 1 || boundary == Boundary::periodic ? n : n + 1);
}

/// Replaces a padded image by its circular autocorrelation, in place and normalised.
void autocorrelate(const fft::RealTransform<double>& transform, double* field) {
    transform.forward(field);
    std::complex<double>* spectrum = transform.as_spectrum(field);
    for (std::size_t i = 0; i < transform.spectrum_size(); ++i) spectrum[i] = std::norm(spectrum[i]);
    transform.backward(field);
    transform.normalise(field);
}

}  // namespace

std::uint64_t TwoPointMap::count(Shift dz, Shift dy, Shift dx) const noexcept {
    return counts(static_cast<std::size_t>(dz + static_cast<Shift>(reach.z)),
                  static_cast<std::size_t>(dy + static_cast<Shift>(reach.y)),
                  static_cast<std::size_t>(dx + static_cast<Shift>(reach.x)));
}

double TwoPointMap::pairs(Shift dz, Shift dy, Shift dx) const noexcept {
    return pairs_along(image.z, dz, boundary) * pairs_along(image.y, dy, boundary) * pairs_along(image.x, dx, boundary);
}

TwoPointMap two_point_map(const PhaseVolume& image, Boundary boundary, std::optional<std::size_t> max_shift) {
    const Extent n = image.extent();
    require_input(n.count() > 0, "the two-point map of an empty image ({}) is undefined", to_string(n));
    TwoPointMap map;
    map.boundary = boundary;
    map.image = n;
    map.reach = {reach_along(n.z, boundary, max_shift), reach_along(n.y, boundary, max_shift),
                 reach_along(n.x, boundary, max_shift)};
    const Extent reach = map.reach;

    const Extent padded{padded_length(n.z, reach.z, boundary), padded_length(n.y, reach.y, boundary),
                        padded_length(n.x, reach.x, boundary)};
    const fft::RealTransform<double> transform(padded, {.placement = fft::Placement::in_place});
    fft::Buffer<double> field(transform.real_size());
    const auto row = [&](std::size_t z, std::size_t y) {
        return field.data() + (z * padded.y + y) * transform.real_row();
    };
    for (std::size_t z = 0; z < n.z; ++z)
        for (std::size_t y = 0; y < n.y; ++y) {
            const std::uint8_t* from = image.data() + (z * n.y + y) * n.x;
            std::copy(from, from + n.x, row(z, y));
        }
    autocorrelate(transform, field.data());

    map.counts = Volume<std::uint64_t>({2 * reach.z + 1, 2 * reach.y + 1, 2 * reach.x + 1});
    const auto wrap = [](std::size_t i, std::size_t half, std::size_t length) { return (i + length - half) % length; };
    for (std::size_t z = 0; z < map.counts.extent().z; ++z)
        for (std::size_t y = 0; y < map.counts.extent().y; ++y) {
            const double* from = row(wrap(z, reach.z, padded.z), wrap(y, reach.y, padded.y));
            for (std::size_t x = 0; x < map.counts.extent().x; ++x)
                map.counts(z, y, x) = static_cast<std::uint64_t>(std::llround(from[wrap(x, reach.x, padded.x)]));
        }
    return map;
}

std::vector<double> radial_average(const TwoPointMap& map) {
    const Extent n = map.counts.extent();
    std::size_t longest = std::numeric_limits<std::size_t>::max();
    for (const auto& [side, reach] :
         {std::pair{map.image.z, map.reach.z}, {map.image.y, map.reach.y}, {map.image.x, map.reach.x}})
        if (side > 1) longest = std::min(longest, reach);
    if (longest == std::numeric_limits<std::size_t>::max()) longest = 0;

    std::vector<double> sum(longest + 1, 0.0), shifts(longest + 1, 0.0);
    for (std::size_t z = 0; z < n.z; ++z)
        for (std::size_t y = 0; y < n.y; ++y)
            for (std::size_t x = 0; x < n.x; ++x) {
                const Shift dz = static_cast<Shift>(z) - static_cast<Shift>(map.reach.z);
                const Shift dy = static_cast<Shift>(y) - static_cast<Shift>(map.reach.y);
                const Shift dx = static_cast<Shift>(x) - static_cast<Shift>(map.reach.x);
                const auto bin =
                    static_cast<std::size_t>(std::sqrt(static_cast<double>(dz * dz + dy * dy + dx * dx)) + 0.5);
                if (bin > longest) continue;
                sum[bin] += map.probability(dz, dy, dx);
                shifts[bin] += 1.0;
            }
    for (std::size_t r = 0; r <= longest; ++r) sum[r] /= shifts[r];
    return sum;
}

Volume<double> probabilities(const TwoPointMap& map) {
    const Extent n = map.counts.extent();
    Volume<double> values(n);
    for (std::size_t z = 0; z < n.z; ++z)
        for (std::size_t y = 0; y < n.y; ++y)
            for (std::size_t x = 0; x < n.x; ++x)
                values(z, y, x) = map.probability(static_cast<Shift>(z) - static_cast<Shift>(map.reach.z),
                                                  static_cast<Shift>(y) - static_cast<Shift>(map.reach.y),
                                                  static_cast<Shift>(x) - static_cast<Shift>(map.reach.x));
    return values;
}

}  // namespace protolith::descriptors
