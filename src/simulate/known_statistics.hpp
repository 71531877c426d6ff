// Closed forms for the statistics of simulated media (Torquato, Random Heterogeneous Materials, 2002), to stand beside
// measured curves.
#pragma once

#include <functional>

namespace protolith::simulate {

/// Expectations for the phase of interest of one medium. Distances r in pixels, along rows or columns where the medium
/// is not isotropic, and short against the image's side. A function is empty and a number negative where no closed form
/// is known.
struct KnownStatistics {
    double phase_fraction = -1;                 ///< φ
    std::function<double(double)> two_point;    ///< S2(r): two points at distance r both lie in the phase
    std::function<double(double)> lineal_path;  ///< L(r): a segment of length r lies wholly in the phase
    std::function<double(double)>
        pore_size_density;   ///< P(δ): density of the distance δ from a point of the phase to its surface
    double mean_chord = -1;  ///< mean chord length of the phase in pixels
};

/// Measure of the union of two disks (dimensions = 2) or balls (3) of radius R at distance r.
double union_measure(double R, double r, int dimensions);

/// Area of a disk or volume of a ball.
double ball_measure(double R, int dimensions);

/// P(X > t and Y > t) for standard normal X and Y with correlation rho, |rho| ≤ 1; rho = 0 gives φ², rho = 1 gives φ.
double both_above(double t, double rho);

/// P(X > t) for standard normal X.
double above(double t);

/// The t with above(t) = φ, 0 < φ < 1.
double threshold_for(double phase_fraction);

}  // namespace protolith::simulate
