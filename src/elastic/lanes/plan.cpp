#include "elastic/lanes/plan.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace protolith::elastic {
namespace {

constexpr double pi = std::numbers::pi;

/// Inverse of K(k) = (λ + μ) D D^† + μ |D|² I of the mean medium on the rotated grid, D_1 ∝ sin x cos y, D_2 ∝ cos x
/// sin y with x, y half the phases of a pixel: real, since D_1 and D_2 have the same phase. Zero for the mean and for
/// the hourglass, which strain nothing.
struct Green {
    double k11 = 0, k22 = 0, k12 = 0;

    Green(double lambda, double mu, double phase_x, double phase_y) {
        const double d1 = 2 * std::sin(phase_x / 2) * std::cos(phase_y / 2);
        const double d2 = 2 * std::cos(phase_x / 2) * std::sin(phase_y / 2);
        const double square = d1 * d1 + d2 * d2;
        if (square < 1e-20) return;
        const double scale = (lambda + mu) / ((lambda + 2 * mu) * square);
        k11 = (1 - scale * d1 * d1) / (mu * square);
        k22 = (1 - scale * d2 * d2) / (mu * square);
        k12 = -scale * d1 * d2 / (mu * square);
    }
};

}  // namespace

template <class T>
LanePlan<T>::LanePlan(const HomogeniserSettings& settings)
    : rows(settings.image.y),
      columns(settings.image.x),
      pitch(columns + 1),
      grid(settings.grid),
      along_row(columns),
      along_column(rows) {
    const Medium& medium = settings.medium;
    const Moduli mean = medium.at(0.5);
    unit = mean.p_wave();
    lambda = static_cast<T>(medium.zero.lambda / unit);
    mu = static_cast<T>(medium.zero.mu / unit);
    lambda_slope = static_cast<T>((medium.one.lambda - medium.zero.lambda) / unit);
    mu_slope = static_cast<T>((medium.one.mu - medium.zero.mu) / unit);

    const double pixels = static_cast<double>(rows * columns);
    for (std::size_t x = 0; x < columns; ++x)
        for (std::size_t y = 0; y < rows; ++y) {
            const double phase_x = 2 * pi * static_cast<double>(along_row.frequency(x)) / static_cast<double>(columns);
            const double phase_y = 2 * pi * static_cast<double>(along_column.frequency(y)) / static_cast<double>(rows);
            const Green g(mean.lambda / unit, mean.mu / unit, phase_x, phase_y);
            for (const double part : {(g.k11 + g.k22) / 2, (g.k11 - g.k22) / 2, g.k12})
                green.push_back(static_cast<T>(part / pixels));
        }

    const double height = static_cast<double>(rows) / static_cast<double>(columns);  // in widths
    const std::size_t across = highest_wave(settings.filter, 1, columns);
    const std::size_t down = highest_wave(settings.filter, height, rows);
    pixel_columns = WaveTable<T>(columns, across);
    point_columns = WaveTable<T>(grid.columns, across);
    pixel_rows = WaveTable<T>(rows, down);
    point_rows = WaveTable<T>(grid.rows, down);
    for (std::size_t b = 0; b < pixel_rows.waves(); ++b)
        for (std::size_t a = 0; a < pixel_columns.waves(); ++a) {
            const std::size_t ky = pixel_rows.number(b), kx = pixel_columns.number(a);
            const double pairs = (ky > 0 ? 2.0 : 1.0) * (kx > 0 ? 2.0 : 1.0);
            const double k = std::hypot(static_cast<double>(kx), static_cast<double>(ky) / height);
            weights.push_back(static_cast<T>(pairs * settings.filter.weight(k) / pixels));
        }
}

template struct LanePlan<float>;
template struct LanePlan<double>;

}  // namespace protolith::elastic
