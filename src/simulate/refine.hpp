// Keeps a stretching contour resolved: long segments are split at points interpolated along the line.
#pragma once

#include "simulate/contour.hpp"

namespace protolith::simulate {

/// Splits segments longer than a limit into equal parts of the label. New points lie on the cubic through the four
/// points about the segment as functions of the label, so that they lie on the curve, not on the chord: the area is
/// kept to fourth order.
class Refinement {
  public:
    explicit Refinement(double longest_segment) : longest_(longest_segment) {}

    /// Splits once. Where stretching is uneven a part may still be somewhat longer than the limit until the next call.
    void split(Contour& contour);
    /// Splits until no segment is longer than the limit.
    void split_all(Contour& contour);

  private:
    bool any_long(const Contour& contour) const;

    double longest_;
    Contour refined_;  // kept between calls: the arrays grow once
};

}  // namespace protolith::simulate
