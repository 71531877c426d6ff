// Polygon to pixels by the even-odd rule at pixel centres, in time proportional to points and pixels (no sorting of
// crossings).
#pragma once

#include "simulate/contour.hpp"
#include "volume/volume.hpp"

namespace protolith::simulate {

/// Image of size × size pixels of the unit square: 1 where the centre ((column + ½)/size, (row + ½)/size) lies inside
/// the polygon by the even-odd rule. Rows follow y. A centre exactly on an edge counts as inside on left and lower
/// edges and as outside on right and upper ones, so polygons that tile the square share no pixel and leave none out.
/// Parts outside the square are cut off.
PhaseVolume rasterise(const Contour& polygon, std::size_t size);

}  // namespace protolith::simulate
