// What all lanes share, made once: transforms, the Green operator of the mean medium, the waves that the filter lets
// pass, moduli in units of a reference.
#pragma once

#include "elastic/homogeniser.hpp"
#include "elastic/wave_table.hpp"
#include "fft/lane_transform.hpp"

#include <cstddef>
#include <vector>

namespace protolith::elastic {

template <class T>
struct LanePlan {
    explicit LanePlan(const HomogeniserSettings& settings);

    std::size_t rows, columns;
    /// Complex values from one row of a padded field to the next: one more than columns, so that a column does not fall
    /// on a few sets of the caches.
    std::size_t pitch;
    OutputGrid grid;

    double unit;  ///< GPa: λ + 2μ of the mean medium; moduli below are in it
    T lambda, lambda_slope, mu, mu_slope;

    fft::LaneTransform<T> along_row, along_column;
    /// The preconditioner, divided by the number of pixels. With displacements as complex fields u1 + i u2 its product
    /// with R(k) is A R(k) + (B + iC) conj(R(−k)); (A, B, C) at the places of x, then y, of transformed lines.
    std::vector<T> green;

    WaveTable<T> pixel_rows, pixel_columns, point_rows, point_columns;
    /// The filter's weight of wave (row wave, column wave), with the factors of a synthesis from cosines and sines.
    std::vector<T> weights;
};

extern template struct LanePlan<float>;
extern template struct LanePlan<double>;

}  // namespace protolith::elastic
