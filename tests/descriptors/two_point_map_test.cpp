// The map against counting pairs one by one, and against media whose S2 is known.
#include "descriptors/two_point_map.hpp"

#include "descriptors/correlation.hpp"
#include "fft/real_transform.hpp"
#include "images.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace protolith::descriptors {
namespace {

/// Pairs by looking at each; beyond the edge: nothing, the image again, or the image again behind one zero.
std::uint64_t counted(const PhaseVolume& image, Boundary boundary, std::ptrdiff_t dz, std::ptrdiff_t dy,
                      std::ptrdiff_t dx) {
    const Extent n = image.extent();
    const auto fold = [&](std::ptrdiff_t i, std::size_t side) {
        if (side == 1) return i;
        const auto period = static_cast<std::ptrdiff_t>(boundary == Boundary::companion ? side + 1 : side);
        return boundary == Boundary::non_periodic ? i : (i % period + period) % period;
    };
    const auto inside = [](std::ptrdiff_t i, std::size_t side) {
        return i >= 0 && i < static_cast<std::ptrdiff_t>(side);
    };
    std::uint64_t pairs = 0;
    for (std::size_t z = 0; z < n.z; ++z)
        for (std::size_t y = 0; y < n.y; ++y)
            for (std::size_t x = 0; x < n.x; ++x) {
                const auto tz = fold(static_cast<std::ptrdiff_t>(z) + dz, n.z),
                           ty = fold(static_cast<std::ptrdiff_t>(y) + dy, n.y),
                           tx = fold(static_cast<std::ptrdiff_t>(x) + dx, n.x);
                if (!inside(tz, n.z) || !inside(ty, n.y) || !inside(tx, n.x)) continue;
                pairs += image(z, y, x) & image(static_cast<std::size_t>(tz), static_cast<std::size_t>(ty),
                                                static_cast<std::size_t>(tx));
            }
    return pairs;
}

TEST(TwoPointMap, CountsEqualPairsCountedOneByOne) {
    std::uint32_t item = 0;
    for (const Extent n :
         {Extent{1, 1, 1}, Extent{1, 1, 9}, Extent{1, 8, 1}, Extent{1, 7, 12}, Extent{3, 5, 4}, Extent{6, 1, 5}})
        for (const auto boundary : {Boundary::non_periodic, Boundary::periodic, Boundary::companion}) {
            const PhaseVolume image = test::bernoulli(n, 0.6, ++item);
            const TwoPointMap map = two_point_map(image, boundary, 100);
            const auto rz = static_cast<std::ptrdiff_t>(map.reach.z), ry = static_cast<std::ptrdiff_t>(map.reach.y),
                       rx = static_cast<std::ptrdiff_t>(map.reach.x);
            for (auto dz = -rz; dz <= rz; ++dz)
                for (auto dy = -ry; dy <= ry; ++dy)
                    for (auto dx = -rx; dx <= rx; ++dx)
                        ASSERT_EQ(map.count(dz, dy, dx), counted(image, boundary, dz, dy, dx))
                            << to_string(n) << ' ' << dz << ' ' << dy << ' ' << dx;
        }
}

TEST(TwoPointMap, DividesByThePairsOfItsBoundary) {
    const PhaseVolume full({1, 6, 9}, 1);
    EXPECT_DOUBLE_EQ(two_point_map(full, Boundary::non_periodic).probability(0, 2, 4), 1.0);
    EXPECT_DOUBLE_EQ(two_point_map(full, Boundary::periodic).probability(0, -3, 4), 1.0);
    EXPECT_DOUBLE_EQ(two_point_map(full, Boundary::companion).probability(0, 0, 1), 6.0 * 8.0 / (7.0 * 10.0));
    EXPECT_DOUBLE_EQ(two_point_map(PhaseVolume({1, 6, 9}), Boundary::periodic).probability(0, 1, 1), 0.0);
}

TEST(TwoPointMap, ReachIsHalfTheSideUnlessAsked) {
    const PhaseVolume image({1, 6, 9}, 1);
    EXPECT_EQ(two_point_map(image, Boundary::periodic).reach, (Extent{0, 3, 4}));
    EXPECT_EQ(two_point_map(image, Boundary::non_periodic).reach, (Extent{0, 2, 4}));
    EXPECT_EQ(two_point_map(image, Boundary::non_periodic, 7).reach, (Extent{0, 5, 7}));
    EXPECT_THROW(two_point_map(PhaseVolume(), Boundary::periodic), InputError);
}

TEST(TwoPointMap, EqualsTheDirectCountsOnItsAxes) {
    for (const Extent n : {Extent{1, 61, 90}, Extent{12, 17, 15}})
        for (const auto boundary : {Boundary::non_periodic, Boundary::periodic, Boundary::companion}) {
            const PhaseVolume image = test::bernoulli(n, 0.4, 31);
            const PackedVolume packed(image, boundary);
            const CurveCounts s2 = two_point(packed, packed.largest_distance());
            const TwoPointMap map = two_point_map(image, boundary);
            for (const int r : s2.r) {
                const auto k = static_cast<std::size_t>(r);
                const std::array<std::array<int, 3>, 3> shifts{{{0, 0, r}, {0, r, 0}, {r, 0, 0}}};
                for (std::size_t a = 0; a < s2.directions.size(); ++a) {
                    const auto [dz, dy, dx] = shifts[a];
                    EXPECT_EQ(map.count(dz, dy, dx), s2.directions[a].counts[k]);
                    EXPECT_DOUBLE_EQ(map.pairs(dz, dy, dx), static_cast<double>(s2.directions[a].placements[k]));
                }
            }
        }
}

TEST(TwoPointMap, CountsStayExactOnALargeImage) {
    const PhaseVolume image = test::bernoulli({1, 1511, 1300}, 0.5, 77);
    for (const auto boundary : {Boundary::non_periodic, Boundary::periodic}) {
        const TwoPointMap map = two_point_map(image, boundary, 200);
        for (const auto& [dy, dx] : {std::pair{0, 0}, {0, 1}, {17, 0}, {-200, 199}, {100, -3}})
            EXPECT_EQ(map.count(0, dy, dx), counted(image, boundary, 0, dy, dx));
    }
}

TEST(TwoPointMap, RadialAverageOfStripesAndOfASinglePixel) {
    // A single pixel on a torus: one pair at shift 0 only, and every bin is a mean over its shifts.
    PhaseVolume pixel({1, 16, 16});
    pixel(3, 5) = 1;
    const auto alone = radial_average(two_point_map(pixel, Boundary::periodic));
    ASSERT_EQ(alone.size(), 9u);
    EXPECT_DOUBLE_EQ(alone[0], 1.0 / 256.0);
    for (std::size_t r = 1; r < alone.size(); ++r) EXPECT_DOUBLE_EQ(alone[r], 0.0);

    // Columns of alternating phase: S2 = 1/2 for even dx, else 0. The bin r = 1 has four shifts with even dx = 0 or
    // odd dx (0,±1), (±1,0) and the four diagonals (length 1.41): 2 of 8 have dx = 0.
    PhaseVolume stripes({1, 8, 8});
    for (std::size_t y = 0; y < 8; ++y)
        for (std::size_t x = 0; x < 8; x += 2) stripes(y, x) = 1;
    const auto curve = radial_average(two_point_map(stripes, Boundary::periodic));
    EXPECT_DOUBLE_EQ(curve[0], 0.5);
    EXPECT_DOUBLE_EQ(curve[1], 0.5 * 2.0 / 8.0);
}

/// A Gaussian field of unit variance with correlation exp(−r²/2ℓ²), by filtering white noise on the torus.
std::vector<double> gaussian_field(std::size_t n, double length) {
    const fft::RealTransform<double> transform({1, n, n});
    fft::Buffer<double> field(transform.real_size());
    fft::Buffer<std::complex<double>> spectrum(transform.spectrum_size());
    RandomStream random(3, RandomPurpose::test, 1);
    for (double& v : field) v = random.normal();
    transform.forward(field.data(), spectrum.data());
    for (std::size_t y = 0; y < n; ++y)
        for (std::size_t x = 0; x <= n / 2; ++x) {
            const double ky = 2 * std::numbers::pi * static_cast<double>(std::min(y, n - y)) / static_cast<double>(n);
            const double kx = 2 * std::numbers::pi * static_cast<double>(x) / static_cast<double>(n);
            // Amplitude is the square root of the spectrum 2πℓ² exp(−k²ℓ²/2).
            spectrum[y * (n / 2 + 1) + x] *=
                length * std::sqrt(2 * std::numbers::pi) * std::exp(-(ky * ky + kx * kx) * length * length / 4);
        }
    transform.backward(spectrum.data(), field.data());
    transform.normalise(field.data());
    return {field.begin(), field.end()};
}

TEST(TwoPointMap, ThresholdedGaussianFieldFollowsTheArcsine) {
    const std::size_t n = 1024;
    const double length = 4.0;
    const auto field = gaussian_field(n, length);
    PhaseVolume image({1, n, n});
    for (std::size_t i = 0; i < image.size(); ++i) image[i] = field[i] > 0.0 ? 1 : 0;
    const TwoPointMap map = two_point_map(image, Boundary::periodic);
    const double phi = phase_fraction(image);
    for (const int r : {1, 2, 4, 6, 9, 15}) {
        const double rho = std::exp(-r * r / (2 * length * length));
        // The finite image's own φ replaces ½ in the long-range limit.
        const double expected = phi * phi + std::asin(rho) / (2 * std::numbers::pi);
        EXPECT_NEAR(map.probability(0, 0, r), expected, 0.003) << r;
        EXPECT_NEAR(map.probability(0, r, 0), expected, 0.003) << r;
    }
}

TEST(TwoPointMap, VoidBetweenOverlappingDisksFollowsTorquato) {
    const double radius = 10.0;
    const PhaseVolume image = test::void_between_disks(2048, radius, 0.5, 9);
    const double density = -std::log(phase_fraction(image)) / (std::numbers::pi * radius * radius);
    const auto analytic = [&](double r) {
        r = std::fmin(r, 2 * radius);
        const double lens =
            2 * radius * radius * std::acos(r / (2 * radius)) - r / 2 * std::sqrt(4 * radius * radius - r * r);
        return std::exp(-density * (2 * std::numbers::pi * radius * radius - lens));
    };
    const TwoPointMap map = two_point_map(image, Boundary::periodic, 30);
    const auto curve = radial_average(map);
    std::vector<double> expected(curve.size(), 0.0), shifts(curve.size(), 0.0);
    for (int dy = -30; dy <= 30; ++dy)
        for (int dx = -30; dx <= 30; ++dx) {
            const double r = std::hypot(dy, dx);
            const auto bin = static_cast<std::size_t>(std::lround(r));
            if (bin > 30) continue;
            expected[bin] += analytic(r);
            shifts[bin] += 1.0;
        }
    for (std::size_t r = 0; r < curve.size(); ++r) {
        EXPECT_NEAR(curve[r], expected[r] / shifts[r], 0.004) << r;
        EXPECT_NEAR(map.probability(0, 0, static_cast<std::ptrdiff_t>(r)), analytic(static_cast<double>(r)), 0.008)
            << r;
    }
}

}  // namespace
}  // namespace protolith::descriptors
