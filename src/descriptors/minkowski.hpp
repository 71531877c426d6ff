// Minkowski functionals from 2 × 2 (× 2) configurations: Crofton's formulas in 4 directions of the plane and 13 of
// space (Ohser & Mücklich 2000; Legland, Kiêu & Devaux 2007, Image Anal. Stereol. 26, 83), Euler numbers by counting
// cells.
#pragma once

#include "descriptors/configurations.hpp"

#include <vector>

namespace protolith::descriptors {

/// Per pixel of the image; times `pixels` they are totals, exact integers for the Euler numbers of Frame::background.
struct Minkowski2 {
    double area = 0;       // phase fraction
    double perimeter = 0;  // 1/pixel: (π/8) Σ P over rows, columns and both diagonals, P boundary crossings a length
    double perimeter_axes = 0;  // 1/pixel: (π/4)(P_rows + P_columns); disks come out right, diagonal edges do not
    double euler_4 = 0;         // 1/pixel²: components − holes, phase by 4 neighbours, holes by 8
    double euler_8 = 0;         // 1/pixel²: phase by 8 neighbours, holes by 4
    double pixels = 0;
};

/// Per voxel of the volume.
struct Minkowski3 {
    double volume = 0;          // phase fraction
    double surface = 0;         // 1/voxel: 2 Σ c P over 13 directions
    double mean_curvature = 0;  // 1/voxel²: integral of (k₁ + k₂)/2 over the surface, 2π Σ c χ(sections by 13 planes)
    double euler_6 = 0;         // 1/voxel³: components − tunnels + cavities, phase by 6 neighbours
    double euler_26 = 0;        // 1/voxel³: phase by 26 neighbours
    double voxels = 0;
};

/// Functionals from configurations. With Frame::inside they are divided by the windows inside the image (an Error if it
/// is only one voxel wide), else by the voxels.
Minkowski2 minkowski(const Configurations2& configurations, Frame frame);
Minkowski3 minkowski(const Configurations3& configurations, Frame frame);

/// Functionals in a window of an image whose first pixel is (y, x), or of a volume at (z, y, x).
template <class Functionals>
struct WindowOf {
    std::size_t z = 0, y = 0, x = 0;
    Functionals values;
};

/// Every window of `window` voxels at multiples of `step` that fits; `window` is Extent{1, h, w} in 2-D. An InputError
/// if the window is larger than the image, empty, or a step is 0.
std::vector<WindowOf<Minkowski2>> minkowski_windows_2d(const PhaseVolume& image, Extent window, Extent step,
                                                       Frame frame);
std::vector<WindowOf<Minkowski3>> minkowski_windows_3d(const PhaseVolume& volume, Extent window, Extent step,
                                                       Frame frame);

}  // namespace protolith::descriptors
