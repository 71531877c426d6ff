#include "sampling/autocovariance.hpp"

#include "base/error.hpp"
#include "fft/good_size.hpp"

#include <algorithm>
#include <numeric>

namespace protolith::sampling {

Autocovariance::Autocovariance(std::size_t length)
    : length_(length),
      transform_(Extent{1, 1, fft::good_size(2 * length)}),  // so that the ends do not meet
      padded_(transform_.real_size()),
      spectrum_(transform_.spectrum_size()) {}

std::vector<double> Autocovariance::operator()(std::span<const double> x) {
    require(x.size() == length_, "autocovariance of {} values, planned for {}", x.size(), length_);
    const auto n = static_cast<double>(length_);
    const double mean = std::accumulate(x.begin(), x.end(), 0.0) / n;
    std::transform(x.begin(), x.end(), padded_.begin(), [mean](double v) { return v - mean; });
    std::fill(padded_.begin() + length_, padded_.end(), 0.0);
    transform_.forward(padded_.data(), spectrum_.data());
    for (auto& value : spectrum_) value = std::norm(value);
    transform_.backward(spectrum_.data(), padded_.data());
    std::vector<double> covariance(padded_.begin(), padded_.begin() + length_);
    for (double& value : covariance) value *= transform_.normalisation() / n;
    return covariance;
}

}  // namespace protolith::sampling
