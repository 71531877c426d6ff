// Descriptors of media whose statistics are known in closed form (Torquato 2002; Miles 1976 for the Boolean model).
#include "brute_force.hpp"
#include "descriptors/chord_length.hpp"
#include "descriptors/minkowski.hpp"
#include "media.hpp"

#include <gtest/gtest.h>

namespace protolith::descriptors {
namespace {

using std::numbers::pi;

// Void among overlapping disks of radius R = 15, density from the observed void fraction.
struct Disks {
    static constexpr double radius = 15;
    PhaseVolume image = overlapping_disks(4096, radius, 21'000, 0);
    double phi = phase_fraction(image);
    double density = -std::log(phi) / (pi * radius * radius);
};
const Disks& disks() {
    static const Disks once;
    return once;
}

TEST(OverlappingDisks, TwoPointFunctionOfTheVoid) {
    const auto& [image, phi, rho] = disks();
    const Curve s2 = to_curve(two_point(PackedVolume(image, Boundary::periodic), 60));
    constexpr double radius = Disks::radius;
    for (int r = 0; r <= 60; ++r) {
        const double d = std::min<double>(r, 2 * radius);
        const double lens =
            2 * radius * radius * std::acos(d / 2 / radius) - d / 2 * std::sqrt(4 * radius * radius - d * d);
        const double expected = std::exp(-rho * (2 * pi * radius * radius - lens));
        EXPECT_NEAR(s2.value[static_cast<std::size_t>(r)], expected, 0.015 * expected) << r;
    }
}

TEST(OverlappingDisks, LinealPathOfTheVoid) {
    const auto& [image, phi, rho] = disks();
    const Curve l = to_curve(lineal_path(PackedVolume(image, Boundary::periodic), 60));
    for (int r = 0; r <= 60; ++r) {
        const double expected = phi * std::exp(-rho * 2 * Disks::radius * r);
        EXPECT_NEAR(l.value[static_cast<std::size_t>(r)], expected, 0.04 * expected + 1e-4) << r;
    }
}

TEST(OverlappingDisks, MeanChordOfTheVoid) {
    const auto& [image, phi, rho] = disks();
    // On the lattice a chord ends at each voxel with probability 1 − e^{−2Rρ}; for fine lattices the mean is 1/(2Rρ).
    const double expected = 1 / (1 - std::exp(-2 * Disks::radius * rho));
    const ChordDensity chords = chord_density(chord_lengths(image, 1, Boundary::periodic));
    EXPECT_NEAR(chords.mean, expected, 0.015 * expected);
}

TEST(OverlappingDisks, MilesFormulasOfTheSolid) {
    constexpr double radius = 15;
    const PhaseVolume solid = overlapping_disks(4096, radius, 3'560, 1);
    const double p = -std::log(1 - phase_fraction(solid)), rho = p / (pi * radius * radius);
    const Minkowski2 m = minkowski(configurations_2d(solid, Frame::periodic), Frame::periodic);
    const double euler = rho * std::exp(-p) * (1 - p), perimeter = 2 * pi * radius * rho * std::exp(-p);
    EXPECT_NEAR(m.area, 1 - std::exp(-p), 1e-12);
    EXPECT_NEAR(m.perimeter, perimeter, 0.02 * perimeter);
    EXPECT_NEAR(m.perimeter_axes, perimeter, 0.02 * perimeter);
    // The solid by 4 neighbours: by 8 the thin wedges of void where disks cross break into spurious holes.
    EXPECT_NEAR(m.euler_4, euler, 0.05 * euler);
}

TEST(GaussianField, TwoAndThreePointFunctionsAtOneHalf) {
    const GaussianHalf field = gaussian_half(2048, 4);
    const PackedVolume packed(field.image, Boundary::periodic);
    const Curve s2 = to_curve(two_point(packed, 24));
    for (int r = 0; r <= 24; ++r) {
        const double expected = 0.25 + std::asin(field.correlation(0, r)) / (2 * pi);
        EXPECT_NEAR(s2.value[static_cast<std::size_t>(r)], expected, 0.007 * expected) << r;
    }
    for (const auto shape : {Polytope::p3h, Polytope::p3v}) {
        const Curve p3 = to_curve(polytope(packed, shape, VertexRule::nearest, 24));
        for (int r = 0; r <= 24; ++r) {
            const auto v = polytope_vertices(shape, VertexRule::nearest, r).value();
            double expected = 0.125;
            for (const auto& [i, j] : {std::pair{0, 1}, std::pair{1, 2}, std::pair{2, 0}}) {
                const Offset a = v[static_cast<std::size_t>(i)], b = v[static_cast<std::size_t>(j)];
                expected += std::asin(field.correlation(a.y - b.y, a.x - b.x)) / (4 * pi);
            }
            EXPECT_NEAR(p3.value[static_cast<std::size_t>(r)], expected, 0.007 * expected) << name(shape) << ' ' << r;
        }
    }
}

TEST(BernoulliPixels, EveryFunctionIsAPowerOfTheFraction) {
    constexpr double p = 0.7;
    constexpr std::size_t side = 1024;
    const PhaseVolume image = bernoulli({1, side, side}, p, 9);
    const PackedVolume packed(image, Boundary::non_periodic);
    // Placements overlap in few pixels: five standard deviations of independent ones, and the fraction's own with slope
    // n.
    const auto near = [](double value, int n) {
        const double expected = std::pow(p, n), sigma = (1 + n) * std::sqrt(expected * (1 - expected)) / side;
        EXPECT_NEAR(value, expected, 5 * sigma) << n;
    };
    for (const auto shape : {Polytope::p3h, Polytope::p3v, Polytope::p4, Polytope::p6}) {
        const Curve pn = to_curve(polytope(packed, shape, VertexRule::nearest, 40));
        near(pn.value[0], 1);
        for (std::size_t k = 1; k < pn.value.size(); ++k) near(pn.value[k], vertex_count(shape));
    }
    const Curve l = to_curve(lineal_path(packed, 20)), s2 = to_curve(two_point(packed, 20));
    for (int r = 0; r <= 20; ++r) near(l.value[static_cast<std::size_t>(r)], r + 1);
    for (int r = 1; r <= 20; ++r) near(s2.value[static_cast<std::size_t>(r)], 2);
    const Minkowski2 m = minkowski(configurations_2d(image, Frame::inside), Frame::inside);
    EXPECT_NEAR(m.euler_4, p - 2 * p * p + std::pow(p, 4), 0.004);
    // The other phase has 1 − p and the other neighbourhood: χ₈(p) = −χ₄(1 − p).
    const double q = 1 - p;
    EXPECT_NEAR(m.euler_8, -(q - 2 * q * q + std::pow(q, 4)), 0.004);
}

TEST(Checkerboard, TriangularWaveAndItsSquares) {
    constexpr int a = 8;
    const PackedVolume packed(checkerboard(128, a), Boundary::periodic);
    const Curve s2 = to_curve(two_point(packed, 64)), l = to_curve(lineal_path(packed, 64));
    const Curve p4 = to_curve(polytope(packed, Polytope::p4, VertexRule::nearest, a));
    for (int r = 0; r <= 64; ++r) {
        const int phase = r % (2 * a);
        const double wave = 0.5 * std::abs(1 - static_cast<double>(phase) / a);
        EXPECT_DOUBLE_EQ(s2.value[static_cast<std::size_t>(r)], wave) << r;
        EXPECT_DOUBLE_EQ(l.value[static_cast<std::size_t>(r)], r < a ? 0.5 * (1 - static_cast<double>(r) / a) : 0) << r;
    }
    for (int r = 0; r <= a; ++r) {
        const double s = 1 - static_cast<double>(r) / a;
        EXPECT_DOUBLE_EQ(p4.value[static_cast<std::size_t>(r)], 0.5 * s * s) << r;
    }
}

TEST(Stripes, AreFullAlongAndTriangularAcross) {
    constexpr std::size_t side = 96, a = 6;
    PhaseVolume image(Extent{1, side, side});
    for (std::size_t y = 0; y < side; ++y) {
        for (std::size_t x = 0; x < side; ++x) image(y, x) = (x / a) % 2 == 0 ? 1 : 0;
    }
    const PackedVolume packed(image, Boundary::periodic);
    const CurveCounts s2 = two_point(packed, 48), l = lineal_path(packed, 48);
    for (int r = 0; r <= 48; ++r) {
        const auto k = static_cast<std::size_t>(r);
        const double wave = 0.5 * std::abs(1 - static_cast<double>(r % 12) / 6);
        EXPECT_DOUBLE_EQ(to_curve(s2, 0).value[k], wave);
        EXPECT_DOUBLE_EQ(to_curve(s2, 1).value[k], 0.5);
        EXPECT_DOUBLE_EQ(to_curve(l, 0).value[k], r < 6 ? 0.5 * (1 - r / 6.0) : 0);
        EXPECT_DOUBLE_EQ(to_curve(l, 1).value[k], 0.5);
    }
}

TEST(DebyeMedium, ExponentialTwoPointFunctionAndLinealPath) {
    constexpr double a = 8, fraction = 0.4;
    const PhaseVolume image = debye(2048, a, fraction);
    const double phi = phase_fraction(image);
    EXPECT_NEAR(phi, fraction, 0.01);
    const PackedVolume packed(image, Boundary::non_periodic);
    const Curve s2 = to_curve(two_point(packed, 40)), l = to_curve(lineal_path(packed, 40));
    for (int r = 0; r <= 40; ++r) {
        const auto k = static_cast<std::size_t>(r);
        EXPECT_NEAR(s2.value[k], phi * phi + phi * (1 - phi) * std::exp(-r / a), 0.006) << r;
        EXPECT_NEAR(l.value[k], phi * std::exp(-(1 - phi) * r / a), 0.008) << r;
    }
}

}  // namespace
}  // namespace protolith::descriptors
