#include "simulate/sphere_lattice.hpp"

#include "simulate/known_statistics.hpp"

#include <cmath>

namespace protolith::simulate {

double touching_radius(SphereLattice lattice, double cell) {
    return lattice == SphereLattice::simple_cubic ? cell / 2 : std::sqrt(3.0) / 4 * cell;
}

double sphere_concentration(SphereLattice lattice, double radius, double cell) {
    const double spheres_of_a_cell = lattice == SphereLattice::simple_cubic ? 1 : 2;
    return spheres_of_a_cell * ball_measure(radius, 3) / (cell * cell * cell);
}

std::vector<BallCentre> lattice_centres(SphereLattice lattice, const Extent& extent, std::size_t cell) {
    require_input(cell > 0 && extent.z % cell == 0 && extent.y % cell == 0 && extent.x % cell == 0,
                  "spheres: cell = {} in a volume of {} × {} × {}, expected a divisor of every side", cell, extent.z,
                  extent.y, extent.x);
    std::vector<BallCentre> centres;
    const auto side = static_cast<double>(cell);
    for (std::size_t z = 0; z < extent.z / cell; ++z)
        for (std::size_t y = 0; y < extent.y / cell; ++y)
            for (std::size_t x = 0; x < extent.x / cell; ++x) {
                // Voxel centres are whole numbers, so the cell begins half a voxel before its first one.
                const BallCentre corner{static_cast<double>(z) * side - 0.5, static_cast<double>(y) * side - 0.5,
                                        static_cast<double>(x) * side - 0.5};
                centres.push_back({corner.z + side / 2, corner.y + side / 2, corner.x + side / 2});
                if (lattice == SphereLattice::body_centred) centres.push_back(corner);
            }
    return centres;
}

}  // namespace protolith::simulate
