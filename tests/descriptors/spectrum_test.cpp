// Spectra of waves whose place and power are known, and Parseval's sum.
#include "descriptors/spectrum.hpp"

#include "images.hpp"

#include <cmath>
#include <numbers>
#include <numeric>

#include <gtest/gtest.h>

namespace protolith::descriptors {
namespace {

GreyVolume wave(const Extent& n, int jz, int jy, int jx, double amplitude, double mean) {
    GreyVolume image(n);
    for (std::size_t z = 0; z < n.z; ++z)
        for (std::size_t y = 0; y < n.y; ++y)
            for (std::size_t x = 0; x < n.x; ++x) {
                const double cycles = jz * static_cast<double>(z) / static_cast<double>(n.z) +
                                      jy * static_cast<double>(y) / static_cast<double>(n.y) +
                                      jx * static_cast<double>(x) / static_cast<double>(n.x);
                image(z, y, x) = static_cast<float>(mean + amplitude * std::cos(2 * std::numbers::pi * cycles + 0.3));
            }
    return image;
}

double total(const RadialSpectrum& s) {
    double sum = 0;
    for (std::size_t i = 0; i < s.power.size(); ++i) sum += s.power[i] * static_cast<double>(s.modes[i]);
    return sum;
}

TEST(Spectrum, OfACosineIsASingleLineOfHalfItsSquare) {
    for (const auto& [n, jz, jy, jx] : {std::tuple{Extent{1, 24, 32}, 0, 0, 5},
                                        {Extent{1, 24, 32}, 0, 3, 0},
                                        {Extent{1, 21, 33}, 0, 2, 7},
                                        {Extent{8, 10, 12}, 1, 2, 3}}) {
        const RadialSpectrum s = radial_spectrum(wave(n, jz, jy, jx, 3.0, 2.0), Mean::remove);
        const double k =
            std::hypot(jz / static_cast<double>(n.z), jy / static_cast<double>(n.y), jx / static_cast<double>(n.x));
        double elsewhere = 0, line = 0;
        for (std::size_t i = 0; i < s.power.size(); ++i) {
            const double power = s.power[i] * static_cast<double>(s.modes[i]);
            (std::abs(s.wavenumber[i] - k) < 1.0 / static_cast<double>(std::max({n.z, n.y, n.x})) ? line : elsewhere) +=
                power;
        }
        EXPECT_NEAR(line, 3.0 * 3.0 / 2, 1e-5) << to_string(n);
        EXPECT_NEAR(elsewhere, 0.0, 1e-9) << to_string(n);
    }
}

TEST(Spectrum, KeepsTheMeanInItsFirstMode) {
    const GreyVolume image = wave({1, 9, 16}, 0, 0, 3, 1.0, 4.0);
    EXPECT_NEAR(power_spectrum(image, Mean::keep)(0, 0), 16.0, 1e-5);
    EXPECT_NEAR(power_spectrum(image, Mean::remove)(0, 0), 0.0, 1e-12);
    const RadialSpectrum s = radial_spectrum(image, Mean::keep);
    EXPECT_EQ(s.wavenumber[0], 0.0);
    EXPECT_EQ(s.modes[0], 1u);
    EXPECT_NEAR(s.power[0], 16.0, 1e-5);
}

TEST(Spectrum, SumsToTheMeanSquare) {
    std::uint32_t item = 2000;
    for (const Extent n : {Extent{1, 1, 1}, Extent{1, 1, 10}, Extent{1, 7, 1}, Extent{1, 15, 22}, Extent{1, 16, 9},
                           Extent{3, 4, 5}, Extent{6, 1, 4}}) {
        const PhaseVolume image = test::bernoulli(n, 0.4, ++item);
        const double phi = phase_fraction(image);
        const RadialSpectrum s = radial_spectrum(image, Mean::remove);
        EXPECT_NEAR(total(s), phi * (1 - phi), 1e-13) << to_string(n);
        EXPECT_NEAR(total(radial_spectrum(image, Mean::keep)), phi, 1e-13) << to_string(n);
        EXPECT_EQ(std::accumulate(s.modes.begin(), s.modes.end(), std::uint64_t{0}), n.count()) << to_string(n);
        EXPECT_TRUE(std::is_sorted(s.wavenumber.begin(), s.wavenumber.end()));
    }
}

TEST(Spectrum, OfWhiteNoiseIsFlat) {
    const RadialSpectrum s = radial_spectrum(test::bernoulli({1, 512, 512}, 0.5, 2100), Mean::remove);
    // Every mode has 0.25/N; a ring of m modes scatters by 1/√m (each counted twice).
    for (std::size_t i = 1; i < s.power.size(); ++i)
        EXPECT_NEAR(s.power[i] * 512 * 512 / 0.25, 1.0, 5.5 * std::sqrt(2.0 / static_cast<double>(s.modes[i]))) << i;
}

TEST(Spectrum, RefusesAnEmptyImage) { EXPECT_THROW(radial_spectrum(PhaseVolume(), Mean::remove), InputError); }

}  // namespace
}  // namespace protolith::descriptors
