// Otsu's threshold: the grey value that separates two classes with the largest variance between them
// (N. Otsu, A threshold selection method from gray-level histograms, IEEE Trans. Syst. Man Cybern. 9, 62-66, 1979).
#pragma once

#include "volume/volume.hpp"

#include <cstdint>
#include <vector>

namespace protolith::volume {

/// The cut of a histogram: classes are bins [0, k) and [k, n); the first of equally good cuts.
/// Errors (InputError): fewer than two bins that are not empty.
std::size_t otsu_cut(const std::vector<std::uint64_t>& histogram);

/// The threshold of an image, value > threshold being the upper class, from a histogram of `bins` equal bins between
/// the smallest and the largest value: midway between the largest value of the lower and the smallest of the upper
/// class. Errors (InputError): all values equal.
double otsu_threshold(const GreyVolume& grey, std::size_t bins = 256);

}  // namespace protolith::volume
