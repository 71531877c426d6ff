// Minkowski functionals: topology of small objects by both neighbourhoods, smooth bodies, the Boolean model of balls.
#include "descriptors/minkowski.hpp"

#include "brute_force.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace protolith::descriptors {
namespace {

using std::numbers::pi;

PhaseVolume picture(const std::vector<std::string>& rows) {
    PhaseVolume image(Extent{1, rows.size(), rows[0].size()});
    for (std::size_t y = 0; y < rows.size(); ++y) {
        for (std::size_t x = 0; x < rows[y].size(); ++x) image(y, x) = rows[y][x] == '#' ? 1 : 0;
    }
    return image;
}

Minkowski2 object(const PhaseVolume& image) {
    return minkowski(configurations_2d(image, Frame::background), Frame::background);
}
Minkowski3 body(const PhaseVolume& volume) {
    return minkowski(configurations_3d(volume, Frame::background), Frame::background);
}

void expect_euler(const std::vector<std::string>& rows, double four, double eight) {
    const Minkowski2 m = object(picture(rows));
    EXPECT_NEAR(m.euler_4 * m.pixels, four, 1e-12) << ::testing::PrintToString(rows);
    EXPECT_NEAR(m.euler_8 * m.pixels, eight, 1e-12) << ::testing::PrintToString(rows);
}

TEST(Minkowski2D, EulerNumbersOfSmallObjects) {
    expect_euler({"#"}, 1, 1);
    expect_euler({"."}, 0, 0);
    expect_euler({"##", "##"}, 1, 1);
    expect_euler({"#.", ".#"}, 2, 1);
    expect_euler({"###", "#.#", "###"}, 0, 0);
    expect_euler({".#.", "#.#", ".#."}, 4, 0);
    expect_euler({"#.#", "...", "#.#"}, 4, 4);
    expect_euler({"#####", "#.#.#", "#####"}, -1, -1);
}

TEST(Minkowski2D, AreaAndPerimeterOfADisk) {
    constexpr double radius = 40.3;
    PhaseVolume image(Extent{1, 101, 97});
    for (std::size_t y = 0; y < 101; ++y) {
        for (std::size_t x = 0; x < 97; ++x) {
            image(y, x) = std::hypot(static_cast<double>(y) - 50.2, static_cast<double>(x) - 47.7) <= radius ? 1 : 0;
        }
    }
    const Minkowski2 m = object(image);
    EXPECT_NEAR(m.area * m.pixels, pi * radius * radius, 0.01 * pi * radius * radius);
    EXPECT_NEAR(m.perimeter * m.pixels, 2 * pi * radius, 0.02 * 2 * pi * radius);
    EXPECT_NEAR(m.perimeter_axes * m.pixels, 2 * pi * radius, 0.02 * 2 * pi * radius);
    EXPECT_NEAR(m.euler_4 * m.pixels, 1, 1e-9);
}

TEST(Minkowski2D, InsideAndPeriodicFramesOfConstantImagesHaveNoBoundary) {
    for (const std::uint8_t phase : {std::uint8_t{0}, std::uint8_t{1}}) {
        for (const auto frame : {Frame::inside, Frame::periodic}) {
            const Minkowski2 m = minkowski(configurations_2d(PhaseVolume(Extent{1, 5, 9}, phase), frame), frame);
            EXPECT_EQ(m.area, phase);
            EXPECT_EQ(m.perimeter, 0);
            EXPECT_EQ(m.euler_4, 0);
            EXPECT_EQ(m.euler_8, 0);
        }
    }
}

TEST(Minkowski2D, OnePixelWideImagesHaveNoWindowsInside) {
    EXPECT_THROW(minkowski(configurations_2d(PhaseVolume(Extent{1, 1, 9}), Frame::inside), Frame::inside), Error);
    EXPECT_EQ(minkowski(configurations_2d(PhaseVolume(Extent{1, 1, 1}, 1), Frame::periodic), Frame::periodic).area, 1);
}

TEST(Minkowski2D, PhasesHaveOppositeEulerNumbersOnATorus) {
    const PhaseVolume image = bernoulli({1, 41, 37}, 0.55);
    PhaseVolume other = image;
    for (auto& v : other) v = v == 0 ? 1 : 0;
    const Minkowski2 a = minkowski(configurations_2d(image, Frame::periodic), Frame::periodic);
    const Minkowski2 b = minkowski(configurations_2d(other, Frame::periodic), Frame::periodic);
    EXPECT_NEAR(a.euler_4, -b.euler_8, 1e-14);
    EXPECT_NEAR(a.perimeter, b.perimeter, 1e-14);
}

PhaseVolume ball(std::size_t side, double radius) {
    PhaseVolume volume(Extent{side, side, side});
    const double c = static_cast<double>(side - 1) / 2;
    for (std::size_t i = 0; i < volume.size(); ++i) {
        const double z = static_cast<double>(i / side / side) - c, y = static_cast<double>(i / side % side) - c,
                     x = static_cast<double>(i % side) - c;
        volume[i] = z * z + y * y + x * x <= radius * radius ? 1 : 0;
    }
    return volume;
}

TEST(Minkowski3D, FunctionalsOfABall) {
    constexpr double radius = 20.3;
    const Minkowski3 m = body(ball(43, radius));
    EXPECT_NEAR(m.volume * m.voxels, 4 / 3.0 * pi * std::pow(radius, 3), 0.01 * 4 / 3.0 * pi * std::pow(radius, 3));
    EXPECT_NEAR(m.surface * m.voxels, 4 * pi * radius * radius, 0.02 * 4 * pi * radius * radius);
    EXPECT_NEAR(m.mean_curvature * m.voxels, 4 * pi * radius, 0.03 * 4 * pi * radius);
    EXPECT_NEAR(m.euler_6 * m.voxels, 1, 1e-9);
    EXPECT_NEAR(m.euler_26 * m.voxels, 1, 1e-9);
}

TEST(Minkowski3D, EulerNumbersOfTorusShellAndDiagonalPair) {
    PhaseVolume torus(Extent{1, 3, 3}, 1);
    torus(0, 1, 1) = 0;
    EXPECT_NEAR(body(torus).euler_6 * 9, 0, 1e-12);
    EXPECT_NEAR(body(torus).euler_26 * 9, 0, 1e-12);
    PhaseVolume shell(Extent{3, 3, 3}, 1);
    shell(1, 1, 1) = 0;
    EXPECT_NEAR(body(shell).euler_6 * 27, 2, 1e-12);
    EXPECT_NEAR(body(shell).euler_26 * 27, 2, 1e-12);
    PhaseVolume pair(Extent{2, 2, 2});
    pair(0, 0, 0) = pair(1, 1, 1) = 1;
    EXPECT_NEAR(body(pair).euler_6 * 8, 2, 1e-12);
    EXPECT_NEAR(body(pair).euler_26 * 8, 1, 1e-12);
}

TEST(Minkowski3D, ExchangingThePhasesOfATorusMirrorsCurvature) {
    const PhaseVolume volume = bernoulli({11, 9, 13}, 0.4);
    PhaseVolume other = volume;
    for (auto& v : other) v = v == 0 ? 1 : 0;
    const Minkowski3 a = minkowski(configurations_3d(volume, Frame::periodic), Frame::periodic);
    const Minkowski3 b = minkowski(configurations_3d(other, Frame::periodic), Frame::periodic);
    EXPECT_NEAR(a.surface, b.surface, 1e-13);
    EXPECT_NEAR(a.mean_curvature, -b.mean_curvature, 1e-13);
    EXPECT_NEAR(a.euler_6, b.euler_26, 1e-13);
}

TEST(Minkowski3D, BooleanModelOfBallsFollowsMiles) {
    constexpr std::size_t side = 192;
    constexpr double radius = 12;
    PhaseVolume volume(Extent{side, side, side});
    RandomStream stream(11, RandomPurpose::test, 0);
    constexpr int n = side, reach = 13;
    for (int k = 0; k < 195; ++k) {
        const double c[] = {stream.uniform(0, n), stream.uniform(0, n), stream.uniform(0, n)};
        const int middle[] = {static_cast<int>(c[0]), static_cast<int>(c[1]), static_cast<int>(c[2])};
        for (int z = middle[0] - reach; z <= middle[0] + reach; ++z) {
            for (int y = middle[1] - reach; y <= middle[1] + reach; ++y) {
                for (int x = middle[2] - reach; x <= middle[2] + reach; ++x) {
                    const double dz = z - c[0], dy = y - c[1], dx = x - c[2];
                    if (dz * dz + dy * dy + dx * dx > radius * radius) continue;
                    volume(static_cast<std::size_t>((z + n) % n), static_cast<std::size_t>((y + n) % n),
                           static_cast<std::size_t>((x + n) % n)) = 1;
                }
            }
        }
    }
    const Minkowski3 m = minkowski(configurations_3d(volume, Frame::periodic), Frame::periodic);
    const double p = -std::log(1 - phase_fraction(volume)), rho = p / (4 / 3.0 * pi * std::pow(radius, 3));
    const double s = 4 * pi * radius * radius, h = 4 * pi * radius;  // surface and mean curvature of one ball
    const double surface = rho * s * std::exp(-p);
    const double curvature = rho * std::exp(-p) * (h - pi * pi / 32 * rho * s * s);
    // Where balls cross, wedges thinner than a voxel are lost: curvature, in units of one ball's, comes out low.
    EXPECT_NEAR(m.surface, surface, 0.03 * surface);
    EXPECT_NEAR(m.mean_curvature, curvature, 0.05 * rho * h);
}

TEST(Minkowski3D, EulerDensityOfBernoulliVoxels) {
    constexpr double p = 0.3, q = 1 - p;
    const Minkowski3 m = minkowski(configurations_3d(bernoulli({80, 81, 82}, p), Frame::inside), Frame::inside);
    // Voxels, pairs, squares and cubes a voxel; the other phase has 26 neighbours where this one has 6.
    EXPECT_NEAR(m.euler_6, p - 3 * p * p + 3 * std::pow(p, 4) - std::pow(p, 8), 0.003);
    EXPECT_NEAR(m.euler_26, q - 3 * q * q + 3 * std::pow(q, 4) - std::pow(q, 8), 0.003);
    EXPECT_NEAR(m.surface, 2 * 2 * p * q * (0.274673 + 0.443768 / std::numbers::sqrt2 + 0.281565 / std::numbers::sqrt3),
                0.005);
}

TEST(Minkowski, PartsAddUpToTheWhole) {
    const PhaseVolume image = bernoulli({1, 31, 20}, 0.5), volume = bernoulli({7, 5, 9}, 0.5);
    for (const auto frame : {Frame::inside, Frame::background, Frame::periodic}) {
        Configurations2 plane = configurations_2d(image, frame, {0, 3});
        Configurations3 space = configurations_3d(volume, frame, {0, 3});
        for (std::size_t part = 1; part < 3; ++part) {
            const Configurations2 p = configurations_2d(image, frame, {part, 3});
            const Configurations3 s = configurations_3d(volume, frame, {part, 3});
            for (std::size_t c = 0; c < 16; ++c) plane.counts[c] += p.counts[c];
            for (std::size_t c = 0; c < 256; ++c) space.counts[c] += s.counts[c];
        }
        EXPECT_EQ(plane, configurations_2d(image, frame));
        EXPECT_EQ(space, configurations_3d(volume, frame));
    }
}

TEST(MinkowskiWindows, EachEqualsItsCutOut) {
    const PhaseVolume image = bernoulli({1, 20, 33}, 0.5);
    const auto windows = minkowski_windows_2d(image, {1, 8, 10}, {1, 4, 7}, Frame::inside);
    ASSERT_EQ(windows.size(), 4u * 4u);
    const auto& w = windows[5];
    EXPECT_EQ(w.y, 4u);
    EXPECT_EQ(w.x, 7u);
    PhaseVolume part(Extent{1, 8, 10});
    for (std::size_t y = 0; y < 8; ++y) {
        for (std::size_t x = 0; x < 10; ++x) part(y, x) = image(4 + y, 7 + x);
    }
    EXPECT_EQ(w.values.perimeter, minkowski(configurations_2d(part, Frame::inside), Frame::inside).perimeter);
    EXPECT_THROW(minkowski_windows_2d(image, {1, 21, 10}, {1, 4, 7}, Frame::inside), InputError);
    EXPECT_THROW(minkowski_windows_2d(image, {1, 8, 10}, {1, 0, 7}, Frame::inside), InputError);
    EXPECT_EQ(minkowski_windows_3d(bernoulli({6, 6, 6}, 0.5), {3, 3, 3}, {3, 3, 3}, Frame::periodic).size(), 8u);
}

}  // namespace
}  // namespace protolith::descriptors
