// Size, place, direction and elongation of every component, from the moments of its runs.
#pragma once

#include "descriptors/components.hpp"
#include "descriptors/principal_axes.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace protolith::descriptors {

/// Second moments are those of the voxels' squares (cubes), 1/12 wider than of their centres: a rectangle of a × b
/// pixels has aspect ratio a/b exactly, a line of n pixels n.
struct ComponentShape {
    /// Voxels.
    std::uint64_t size = 0;
    /// Mean position (z, y, x) in voxels, voxel centres at integers. Periodic: of the component put together across the
    /// edges, then moved into [−½, N − ½).
    Vector3 centroid{};
    /// Image: angle of the major axis against the rows, degrees in (−90, 90], counter-clockwise in the picture as it is
    /// shown (row 0 on top). NaN in a volume, and where no direction is longer than the others.
    double orientation = 0;
    /// √(largest / smallest principal second moment), ≥ 1.
    double aspect_ratio = 1;
    /// Standard deviations along the principal axes in voxels, largest first (two in an image, the third is 0).
    Vector3 deviations{};
    /// Unit vectors (z, y, x) of the principal axes, in the order of `deviations`.
    Matrix3 axes{};
    /// The component meets itself around the torus along z, y or x; centroid and moments have no meaning then and are
    /// NaN.
    std::array<bool, 3> endless{};
};

/// Shape of component c at [c − 1].
std::vector<ComponentShape> component_shapes(const Components& components);

}  // namespace protolith::descriptors
