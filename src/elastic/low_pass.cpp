#include "elastic/low_pass.hpp"

#include "base/error.hpp"

#include <cmath>
#include <numbers>

namespace protolith::elastic {
namespace {
constexpr double gaussian_cut = 1e-6;  // of the mean; below single precision's share of a wave
}

double LowPass::weight(double wave_number) const noexcept {
    const double k = wave_number * wavelength;
    if (shape == FilterShape::gaussian) {
        const double w = std::exp(-std::numbers::ln2 * k * k);
        return w < gaussian_cut ? 0 : w;
    }
    // Wave numbers on the edge of the band belong to it whatever the rounding of k0.
    constexpr double rounding = 1e-12;
    if (k <= pass * (1 + rounding)) return 1;
    if (k >= stop * (1 - rounding)) return 0;
    return 0.5 * (1 + std::cos(std::numbers::pi * (k - pass) / (stop - pass)));
}

double LowPass::highest() const noexcept {
    const double edge = shape == FilterShape::gaussian ? std::sqrt(-std::log(gaussian_cut) / std::numbers::ln2) : stop;
    return edge / wavelength;
}

std::string_view name(FilterShape shape) noexcept { return shape == FilterShape::cosine ? "cosine" : "gaussian"; }

FilterShape filter_shape_named(std::string_view text) {
    for (const auto shape : {FilterShape::cosine, FilterShape::gaussian})
        if (text == name(shape)) return shape;
    throw InputError(fmt::format("filter '{}' is unknown; allowed: cosine, gaussian", text));
}

void check(const LowPass& filter, double pixel, double box) {
    require_input(filter.wavelength >= pixel,
                  "wavelength λ0 = {} of the image's width is below its pixel, {}; nothing would be smoothed",
                  filter.wavelength, pixel);
    require_input(filter.wavelength <= box * (1 + 1e-12),
                  "wavelength λ0 = {} of the image's width is above the box, {}; nothing would be left to vary",
                  filter.wavelength, box);
    require_input(filter.pass >= 0 && filter.stop > filter.pass,
                  "the filter's band runs from {} to {} of 1/λ0; expected 0 ≤ pass < stop", filter.pass, filter.stop);
}

}  // namespace protolith::elastic
