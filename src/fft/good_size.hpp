// Transform lengths that FFTW and cuFFT handle well: products of 2, 3, 5 and 7.
#pragma once

#include "volume/volume.hpp"

#include <cstddef>

namespace protolith::fft {

/// The smallest 2^a·3^b·5^c·7^d that is at least `n`; 1 for n = 0.
std::size_t good_size(std::size_t n);

/// good_size of every axis; axes of length 1 stay 1.
Extent good_extent(const Extent& extent);

}  // namespace protolith::fft
