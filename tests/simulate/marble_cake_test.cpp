// Marble cakes against the published figures, against an independent calculation, and against themselves at ten times
// the resolution.
#include "simulate/marble_cake.hpp"

#include "base/error.hpp"
#include "measure.hpp"
#include "simulate/advect.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>
#include <hwy/targets.h>

namespace {

using namespace protolith::simulate;
using protolith::PhaseVolume;
using std::numbers::pi;

/// v = (∂Ψ/∂y, −∂Ψ/∂x), straight from the stream function.
void velocity(const MarbleCakeInputs& in, double t, double x, double y, double& vx, double& vy) {
    const double a = in.A * std::sin(in.f_a * t + in.phi_a), b = in.B * std::cos(in.f_b * t + in.phi_b);
    vx = pi * std::cos(pi * y) * (std::sin(2 * pi * x) + a * std::sin(3 * pi * x) + b * std::sin(4 * pi * x));
    vy = -std::sin(pi * y) * pi *
         (2 * std::cos(2 * pi * x) + 3 * a * std::cos(3 * pi * x) + 4 * b * std::cos(4 * pi * x));
}

/// Whether the particle at (x, y) at the inputs' time started inside the circle: Runge–Kutta backwards in time.
bool started_inside(const MarbleCakeInputs& in, double x, double y, int steps) {
    const double h = -in.time / steps;
    for (int i = 0; i < steps; ++i) {
        const double t = in.time + i * h;
        double k1, k2, k3, k4, l1, l2, l3, l4;
        velocity(in, t, x, y, k1, l1);
        velocity(in, t + h / 2, x + h / 2 * k1, y + h / 2 * l1, k2, l2);
        velocity(in, t + h / 2, x + h / 2 * k2, y + h / 2 * l2, k3, l3);
        velocity(in, t + h, x + h * k3, y + h * l3, k4, l4);
        x += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
        y += h / 6 * (l1 + 2 * l2 + 2 * l3 + l4);
    }
    return std::hypot(x - in.centre_x, y - in.centre_y) < anomaly_radius();
}

MarbleCakeInputs figure_1(double time) {
    MarbleCakeInputs inputs;
    inputs.time = time;
    return inputs;
}

TEST(MarbleCake, Figure1ContoursHaveThePublishedLengthsAndKeepTheirArea) {
    struct Published {
        double time, length, rounding;
    };
    for (const auto& p : {Published{0.25, 17.6, 0.06}, Published{0.5, 35.7, 0.06}, Published{1.0, 85, 0.6},
                          Published{1.25, 118, 0.6}}) {
        const MarbleCake cake = marble_cake(MarbleCakeSettings{}, figure_1(p.time));
        EXPECT_NEAR(cake.contour_length, p.length, p.rounding) << "t = " << p.time;
        EXPECT_NEAR(cake.contour_area, 0.5, 2e-5) << "t = " << p.time;
    }
}

TEST(MarbleCake, PixelsEqualParticlesTracedBackToTheCircle) {
    MarbleCakeSettings settings;
    settings.size = 64;
    const MarbleCakeInputs inputs = figure_1(0.5);
    const PhaseVolume image = marble_cake(settings, inputs).image;
    std::size_t different = 0;
    for (std::size_t row = 0; row < 64; ++row)
        for (std::size_t column = 0; column < 64; ++column) {
            const double x = (static_cast<double>(column) + 0.5) / 64, y = (static_cast<double>(row) + 0.5) / 64;
            different += started_inside(inputs, x, y, 500) != (image(row, column) == 1) ? 1 : 0;
        }
    EXPECT_LE(different, 4u) << "0.1 % of the pixels";
}

TEST(MarbleCake, AtMostOnePixelInAThousandDiffersFromTenTimesFiner) {
    MarbleCakeSettings fine;
    fine.step_strain /= 10;
    fine.longest_segment /= 10;
    for (std::uint32_t item = 0; item < 3; ++item) {
        const MarbleCake cake = marble_cake(MarbleCakeSettings{}, 7, item);
        const MarbleCake reference = marble_cake(fine, 7, item);
        EXPECT_LE(test::different_pixels(cake.image, reference.image), cake.image.size() / 1000) << "item " << item;
        EXPECT_NEAR(cake.contour_length, reference.contour_length, 1e-3 * reference.contour_length);
    }
}

TEST(MarbleCake, AtTimeZeroItIsTheCircleOfAreaHalf) {
    const MarbleCakeInputs inputs = figure_1(0);
    const MarbleCake cake = marble_cake(MarbleCakeSettings{}, inputs);
    EXPECT_NEAR(cake.contour_area, 0.5, 2e-5);
    EXPECT_NEAR(protolith::phase_fraction(cake.image), 0.5, 2e-3);
    for (std::size_t row = 0; row < 128; ++row)
        for (std::size_t column = 0; column < 128; ++column) {
            const double x = (static_cast<double>(column) + 0.5) / 128, y = (static_cast<double>(row) + 0.5) / 128;
            const double outside = std::hypot(x - inputs.centre_x, y - inputs.centre_y) - anomaly_radius();
            if (std::abs(outside) > 1e-4) {
                EXPECT_EQ(cake.image(row, column), outside < 0) << row << ' ' << column;
            }
        }
}

TEST(MarbleCake, ExtremeInputsKeepAreaSquareAndSegmentLength) {
    const MarbleCakeSettings s;
    for (int corner = 0; corner < 16; ++corner) {
        const auto pick = [corner](const Range& r, int bit) { return (corner >> bit & 1) != 0 ? r.high : r.low; };
        MarbleCakeInputs in;
        in.centre_x = pick(s.centre_x, 0);
        in.centre_y = pick(s.centre_y, 1);
        in.A = pick(s.A, 2);
        in.B = pick(s.B, 2);
        in.f_a = in.f_b = pick(s.f_a, 3);
        in.phi_a = pick({0, pi / 2}, 1);  // a from 0 or from its largest
        in.phi_b = pick({0, pi}, 0);
        const Contour c = stir(s, in);
        EXPECT_NEAR(enclosed_area(c), 0.5, 2e-5) << "corner " << corner;
        const auto [left, right] = std::minmax_element(c.x.begin(), c.x.end());
        const auto [low, high] = std::minmax_element(c.y.begin(), c.y.end());
        EXPECT_GE(std::min(*left, *low), -1e-6);
        EXPECT_LE(std::max(*right, *high), 1 + 1e-6);
        for (std::size_t i = 0; i < c.points(); ++i) {
            const std::size_t k = (i + 1) % c.points();
            ASSERT_LE(std::hypot(c.x[k] - c.x[i], c.y[k] - c.y[i]), 0.5 / 128);
        }
    }
}

TEST(MarbleCake, EveryInstructionSetGivesTheSameCake) {
    const MarbleCake best = marble_cake(MarbleCakeSettings{}, 3, 0);
    const std::int64_t targets = advance_targets();
    int tried = 0;
    for (int bit = 0; bit < 63; ++bit) {
        const std::int64_t target = std::int64_t{1} << bit;
        if ((targets & target) == 0) continue;
        hwy::SetSupportedTargetsForTest(target);
        const MarbleCake cake = marble_cake(MarbleCakeSettings{}, 3, 0);
        EXPECT_LE(test::different_pixels(best.image, cake.image), 3u) << hwy::TargetName(target);
        EXPECT_NEAR(cake.contour_length, best.contour_length, 1e-3);
        ++tried;
    }
    hwy::SetSupportedTargetsForTest(0);
    EXPECT_GE(tried, 1);
}

TEST(MarbleCake, ItemIsAPureFunctionOfSeedAndNumber) {
    const MarbleCakeSettings s;
    const MarbleCake first = marble_cake(s, 11, 5);
    marble_cake(s, 11, 4);
    const MarbleCake again = marble_cake(s, 11, 5);
    EXPECT_EQ(first.image, again.image);
    EXPECT_EQ(first.inputs.values(), again.inputs.values());
    EXPECT_EQ(first.contour_length, again.contour_length);
    EXPECT_GT(test::different_pixels(first.image, marble_cake(s, 11, 6).image), 1000u);
    EXPECT_GT(test::different_pixels(first.image, marble_cake(s, 12, 5).image), 1000u);
}

TEST(MarbleCake, InputsAreUniformInTheirRanges) {
    MarbleCakeSettings s;
    s.time = {0.4, 0.6};
    const std::array<Range, 9> ranges = {s.centre_x, s.centre_y, s.A, s.B, s.f_a, s.f_b, s.phi_a, s.phi_b, s.time};
    constexpr std::uint32_t items = 4000;
    std::array<std::array<int, 10>, 9> bins{};
    for (std::uint32_t item = 0; item < items; ++item) {
        const auto values = draw_marble_cake_inputs(s, 1, item).values();
        for (std::size_t i = 0; i < 9; ++i) {
            const double place = (values[i] - ranges[i].low) / (ranges[i].high - ranges[i].low);
            ASSERT_GE(place, 0);
            ASSERT_LT(place, 1);
            ++bins[i][static_cast<std::size_t>(place * 10)];
        }
    }
    for (std::size_t i = 0; i < 9; ++i) {
        double chi_squared = 0;
        for (const int count : bins[i]) chi_squared += (count - items / 10.0) * (count - items / 10.0) / (items / 10.0);
        EXPECT_LT(chi_squared, 27.9) << marble_cake_input_names[i]
                                     << ": beyond the 99.9 % point of 9 degrees of freedom";
    }
    EXPECT_EQ(draw_marble_cake_inputs(MarbleCakeSettings{}, 1, 0).time, 0.5);
}

TEST(MarbleCake, AnySizeShowsTheSameStructure) {
    MarbleCakeSettings s;
    const MarbleCake usual = marble_cake(s, figure_1(0.25));
    s.size = 384;  // every third pixel of every third row has the same centre
    const MarbleCake large = marble_cake(s, figure_1(0.25));
    std::size_t different = 0;
    for (std::size_t row = 0; row < 128; ++row)
        for (std::size_t column = 0; column < 128; ++column)
            different += usual.image(row, column) != large.image(3 * row + 1, 3 * column + 1) ? 1 : 0;
    EXPECT_LE(different, 16u);
    s.size = 1;
    EXPECT_EQ(marble_cake(s, figure_1(0)).image(0, 0), 1);
    s.size = 31;
    EXPECT_NEAR(marble_cake(s, figure_1(0.5)).contour_area, 0.5, 1e-4);
}

std::string refusal(const MarbleCakeSettings& settings) {
    try {
        validate(settings);
    } catch (const protolith::InputError& e) {
        return e.what();
    }
    return "accepted";
}

TEST(MarbleCake, BadSettingsAreRefusedByNameAndValue) {
    const auto changed = [](auto&& change) {
        MarbleCakeSettings s;
        change(s);
        return refusal(s);
    };
    EXPECT_EQ(refusal(MarbleCakeSettings{}), "accepted");
    EXPECT_NE(changed([](auto& s) { s.size = 0; }).find("size = 0, expected"), std::string::npos);
    EXPECT_NE(changed([](auto& s) { s.A = {2, 1}; }).find("A = [2, 1], expected"), std::string::npos);
    EXPECT_NE(changed([](auto& s) { s.f_b = {0, std::nan("")}; }).find("f_b = [0, nan], expected"), std::string::npos);
    EXPECT_NE(changed([](auto& s) {
                  s.centre_x = {0.3, 0.5};
              }).find("centre_x = [0.3, 0.5], expected within"),
              std::string::npos);
    EXPECT_NE(changed([](auto& s) { s.time = {-1, 0}; }).find("time = [-1, 0], expected"), std::string::npos);
    EXPECT_NE(changed([](auto& s) { s.step_strain = 0; }).find("step_strain = 0, expected"), std::string::npos);
    EXPECT_NE(changed([](auto& s) { s.step_strain = 2; }).find("step_strain = 2, expected"), std::string::npos);
    EXPECT_NE(changed([](auto& s) { s.longest_segment = 3; }).find("longest_segment = 3, expected"), std::string::npos);
    MarbleCakeInputs inputs;
    inputs.A = 40;
    EXPECT_THROW(marble_cake(MarbleCakeSettings{}, inputs), protolith::InputError);
}

/// |Fourier transform|² of one centred image, summed over shells of whole wave numbers 1 … 32 (row by row, then along
/// columns).
std::array<double, 33> shell_spectrum(const PhaseVolume& image) {
    const std::size_t n = image.extent().x;
    constexpr int top = 32;
    std::vector<double> cosine(n), sine(n);
    for (std::size_t i = 0; i < n; ++i) {
        cosine[i] = std::cos(2 * pi * static_cast<double>(i) / static_cast<double>(n));
        sine[i] = std::sin(2 * pi * static_cast<double>(i) / static_cast<double>(n));
    }
    const auto phase = [n](int k, std::size_t i) { return static_cast<std::size_t>(k + static_cast<int>(n)) * i % n; };
    std::array<double, 33> shells{};
    std::vector<double> re(n), im(n);
    for (int kx = 0; kx <= top; ++kx) {
        for (std::size_t row = 0; row < n; ++row) {
            re[row] = im[row] = 0;
            for (std::size_t x = 0; x < n; ++x) {
                if (image(row, x) == 0) continue;
                re[row] += cosine[phase(kx, x)];
                im[row] -= sine[phase(kx, x)];
            }
        }
        for (int ky = -top; ky <= top; ++ky) {
            double sum_re = 0, sum_im = 0;
            for (std::size_t row = 0; row < n; ++row) {
                const double c = cosine[phase(ky, row)], s = -sine[phase(ky, row)];
                sum_re += re[row] * c - im[row] * s;
                sum_im += re[row] * s + im[row] * c;
            }
            const auto shell = static_cast<std::size_t>(std::lround(std::hypot(kx, ky)));
            if (shell >= 1 && shell <= top) shells[shell] += (kx == 0 ? 1 : 2) * (sum_re * sum_re + sum_im * sum_im);
        }
    }
    return shells;
}

TEST(MarbleCake, MeanPowerSpectrumFallsAsOneOverK) {
    std::array<double, 33> mean{};
    for (std::uint32_t item = 0; item < 40; ++item) {
        const auto shells = shell_spectrum(marble_cake(MarbleCakeSettings{}, 1, item).image);
        for (std::size_t k = 1; k <= 32; ++k) mean[k] += shells[k];
    }
    double sx = 0, sy = 0, sxx = 0, sxy = 0, n = 0;
    for (int k = 2; k <= 32; ++k) {
        const double x = std::log(k), y = std::log(mean[static_cast<std::size_t>(k)]);
        sx += x, sy += y, sxx += x * x, sxy += x * y, n += 1;
    }
    EXPECT_NEAR((n * sxy - sx * sy) / (n * sxx - sx * sx), -1, 0.15);
}

}  // namespace
