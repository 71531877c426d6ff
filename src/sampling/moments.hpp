// What the samples of the posterior say together: mean, covariance, the likeliest state.
#pragma once

#include "sampling/samples.hpp"

#include <vector>

namespace protolith::sampling {

/// Over all draws of all ladders after the burn-in. The same on every rank and on any number of ranks.
struct Moments {
    std::vector<double> mean;        ///< (dimensions)
    std::vector<double> covariance;  ///< (dimensions, dimensions), unbiased
    std::vector<double> mode;        ///< (dimensions): the recorded state of the highest posterior density
    double log_posterior_of_mode = 0;
    std::size_t ladder_of_mode = 0, draw_of_mode = 0;  ///< where it was recorded; draws after the burn-in
};

/// Error without a draw after the burn-in. Collective.
Moments moments(const Samples& samples);

}  // namespace protolith::sampling
