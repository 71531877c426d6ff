// Curves over a set of images: mean, confidence band of the mean (Student's t), mean square error between curves.
#pragma once

#include "descriptors/curve_counts.hpp"

#include <vector>

namespace protolith::descriptors {

/// Mean of a set of curves and the band in which the true mean lies with `level` confidence.
struct Band {
    Curve mean;
    std::vector<double> low, high;  // mean ± t · s/√n; NaN for a set of one image, which says nothing about the spread
    std::size_t images = 0;
};

/// Band of curves that share their r; sums run in the order given. An empty set or differing r are an Error.
Band confidence_band(const std::vector<Curve>& curves, double level = 0.95);

/// Mean of (a − b)² over the r that both curves hold; an InputError if there is none.
double mean_square_error(const Curve& a, const Curve& b);

/// Quantile of Student's t: P(T ≤ t) = probability, degrees > 0 of freedom (to about 1e-10).
double student_t_quantile(double probability, double degrees);

/// The curves of all ranks in rank order, on every rank: images shared in contiguous ranges come back in image order,
/// so statistics of the result are the same bytes on any number of ranks. Collective.
std::vector<Curve> gather_curves(const Communicator& comm, const std::vector<Curve>& mine);

}  // namespace protolith::descriptors
