// Autocovariance of sequences by the fast Fourier transform.
#pragma once

#include "fft/buffer.hpp"
#include "fft/real_transform.hpp"

#include <complex>
#include <span>
#include <vector>

namespace protolith::sampling {

/// For sequences of one length; plans once.
class Autocovariance {
  public:
    explicit Autocovariance(std::size_t length);
    /// c(t) = (1/n) Σ (x_i − x̄)(x_{i+t} − x̄), t = 0 … n − 1.
    std::vector<double> operator()(std::span<const double> sequence);

  private:
    std::size_t length_;
    fft::RealTransform<double> transform_;
    fft::Buffer<double> padded_;
    fft::Buffer<std::complex<double>> spectrum_;
};

}  // namespace protolith::sampling
