#include "descriptors/spectrum.hpp"

#include "fft/real_transform.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numeric>

namespace protolith::descriptors {
namespace {

/// Distance of index i from zero frequency on an axis of n modes, in cycles per voxel.
double cycles(std::size_t i, std::size_t n) { return static_cast<double>(std::min(i, n - i)) / static_cast<double>(n); }

/// A mode stands for its conjugate too, unless it lies in the first or (n even) the last plane of the half spectrum.
std::uint64_t multiplicity(std::size_t x, std::size_t n) { return x == 0 || 2 * x == n ? 1 : 2; }

}  // namespace

template <class T>
Volume<double> power_spectrum(const Volume<T>& image, Mean mean) {
    const Extent n = image.extent();
    require_input(n.count() > 0, "the spectrum of an empty image ({}) is undefined", to_string(n));
    const double count = static_cast<double>(n.count());
    const double offset = mean == Mean::remove ? std::accumulate(image.begin(), image.end(), 0.0) / count : 0.0;
    const fft::RealTransform<double> transform(n, {.placement = fft::Placement::in_place});
    fft::Buffer<double> field(transform.real_size());
    for (std::size_t row = 0; row < n.z * n.y; ++row)
        for (std::size_t x = 0; x < n.x; ++x)
            field[row * transform.real_row() + x] = static_cast<double>(image[row * n.x + x]) - offset;
    transform.forward(field.data());
    const std::complex<double>* spectrum = transform.as_spectrum(field.data());
    Volume<double> power(transform.spectrum_extent());
    for (std::size_t i = 0; i < power.size(); ++i) power[i] = std::norm(spectrum[i]) / (count * count);
    return power;
}

template <class T>
RadialSpectrum radial_spectrum(const Volume<T>& image, Mean mean) {
    const Extent n = image.extent();
    const Volume<double> power = power_spectrum(image, mean);
    const Extent half = power.extent();
    const auto longest = static_cast<double>(std::max({n.z, n.y, n.x}));
    const auto rings = static_cast<std::size_t>(std::sqrt(3.0) / 2 * longest) + 2;
    std::vector<double> sum(rings, 0.0), k_sum(rings, 0.0);
    std::vector<std::uint64_t> modes(rings, 0);
    for (std::size_t z = 0; z < half.z; ++z)
        for (std::size_t y = 0; y < half.y; ++y)
            for (std::size_t x = 0; x < half.x; ++x) {
                const double kz = cycles(z, n.z), ky = cycles(y, n.y), kx = cycles(x, n.x);
                const double k = std::sqrt(kz * kz + ky * ky + kx * kx);
                const auto ring = static_cast<std::size_t>(std::lround(k * longest));
                const std::uint64_t copies = multiplicity(x, n.x);
                sum[ring] += static_cast<double>(copies) * power(z, y, x);
                k_sum[ring] += static_cast<double>(copies) * k;
                modes[ring] += copies;
            }
    RadialSpectrum result;
    for (std::size_t ring = 0; ring < rings; ++ring) {
        if (modes[ring] == 0) continue;
        const double count = static_cast<double>(modes[ring]);
        result.wavenumber.push_back(k_sum[ring] / count);
        result.power.push_back(sum[ring] / count);
        result.modes.push_back(modes[ring]);
    }
    return result;
}

template Volume<double> power_spectrum(const PhaseVolume&, Mean);
template Volume<double> power_spectrum(const GreyVolume&, Mean);
template RadialSpectrum radial_spectrum(const PhaseVolume&, Mean);
template RadialSpectrum radial_spectrum(const GreyVolume&, Mean);

}  // namespace protolith::descriptors
