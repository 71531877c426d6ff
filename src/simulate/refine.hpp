// Keeps a stretching contour resolved: long segments are split at points interpolated along the line.
#pragma once

#include "simulate/contour.hpp"

namespace protolith::simulate {

/// Splits segments longer than a limit into parts of equal label. New points lie on the cubic in the label through the
/// four points about the segment: on the curve, not on the chord, so that the area is kept to fourth order.
class Refinement {
  public:
    explicit Refinement(double longest_segment) : longest_(longest_segment) {}

    /// Splits every long segment once; where stretching is uneven a part may stay somewhat longer than the limit. False
    /// if none was long.
    bool split(Contour& contour);
    /// Splits until no segment is longer than the limit.
    void split_all(Contour& contour);

  private:
    double longest_;
    Contour refined_;  // kept between calls: the arrays grow once
};

}  // namespace protolith::simulate
