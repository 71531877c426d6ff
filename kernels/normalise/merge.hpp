// Mean and sum of squared deviations of a set from those of its parts (Chan, Golub & LeVeque 1983).
#pragma once

#include "queue/types.hpp"

namespace protolith::kernels {

/// Mean, sum of squared deviations from it, and number of the values.
struct Moments {
    double mean = 0, squares = 0, count = 0;
};

/// Of `count` > 0 values from the sums of their deviations from `centre`, an approximate mean, and of those squared.
PROTOLITH_HOST_DEVICE Moments block_moments(double centre, double deviations, double squared, double count) {
    return {centre + deviations / count, squared - deviations * deviations / count, count};
}

/// Adds a part to the set whose moments are the first three arguments.
PROTOLITH_HOST_DEVICE void merge(double& mean, double& squares, double& count, const Moments& part) {
    const double total = count + part.count;  // a count is 0 or at least 1
    const double distance = part.mean - mean, share = part.count / (total < 1 ? 1 : total);
    squares += part.squares + distance * distance * count * share;
    mean += distance * share;
    count = total;
}

}  // namespace protolith::kernels
