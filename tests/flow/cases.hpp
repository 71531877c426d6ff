// Pore spaces with known flow, and a solver run to its steady state.
#pragma once

#include "base/random.hpp"
#include "flow/kokkos_scope.hpp"
#include "flow/permeability.hpp"
#include "flow/steady.hpp"

#include <cmath>
#include <memory>

namespace protolith::flow {

/// MPI, where no one has started it, and Kokkos start once in a process and end with it.
inline void start_kokkos() {
    static const std::unique_ptr<MpiEnvironment> mpi = [] {
        int started = 0;
        MPI_Initialized(&started);
        return started != 0 ? nullptr : std::make_unique<MpiEnvironment>(nullptr, nullptr);
    }();
    static const KokkosScope scope;
}

inline Decomposition whole_on_one(const Communicator& comm, const PhaseVolume& pores) {
    return decompose(comm, pores.extent(), reader_of(pores));
}

/// Walls at both ends of y: `width` voxels between them.
inline PhaseVolume channel(std::size_t width, std::size_t length = 3) {
    PhaseVolume pores(Extent{length, width + 2, 3}, 1);
    for (std::size_t z = 0; z < length; ++z)
        for (std::size_t x = 0; x < 3; ++x) pores(z, 0, x) = pores(z, width + 1, x) = 0;
    return pores;
}

/// A square duct along z.
inline PhaseVolume duct(std::size_t width) {
    PhaseVolume pores(Extent{2, width + 2, width + 2}, 0);
    for (std::size_t z = 0; z < 2; ++z)
        for (std::size_t y = 1; y <= width; ++y)
            for (std::size_t x = 1; x <= width; ++x) pores(z, y, x) = 1;
    return pores;
}

/// A tube along z of radius R voxels: voxels whose centre lies inside.
inline PhaseVolume tube(double radius) {
    const auto size = static_cast<std::size_t>(2 * std::ceil(radius) + 2);
    PhaseVolume pores(Extent{2, size, size}, 0);
    const double centre = (static_cast<double>(size) - 1) / 2;
    for (std::size_t z = 0; z < 2; ++z)
        for (std::size_t y = 0; y < size; ++y)
            for (std::size_t x = 0; x < size; ++x)
                pores(z, y, x) = std::hypot(static_cast<double>(x) - centre, static_cast<double>(y) - centre) < radius;
    return pores;
}

/// Solid spheres on a simple cubic lattice, one in a box of side L; radius in voxels.
inline PhaseVolume cubic_sphere(std::size_t side, double radius) {
    PhaseVolume pores(Extent{side, side, side}, 1);
    const double centre = (static_cast<double>(side) - 1) / 2;
    const auto square = [&](std::size_t i) { return std::pow(static_cast<double>(i) - centre, 2); };
    for (std::size_t z = 0; z < side; ++z)
        for (std::size_t y = 0; y < side; ++y)
            for (std::size_t x = 0; x < side; ++x)
                if (square(x) + square(y) + square(z) < radius * radius) pores(z, y, x) = 0;
    return pores;
}

/// Solid spheres on a body-centred cubic lattice: in the middle of the box and at its corners; radius in voxels.
inline PhaseVolume body_centred_spheres(std::size_t side, double radius) {
    PhaseVolume pores(Extent{side, side, side}, 1);
    const double centre = (static_cast<double>(side) - 1) / 2;
    for (std::size_t z = 0; z < side; ++z)
        for (std::size_t y = 0; y < side; ++y)
            for (std::size_t x = 0; x < side; ++x) {
                double middle = 0, corner = 0;
                for (const std::size_t i : {z, y, x}) {
                    const double d = std::abs(static_cast<double>(i) - centre);
                    middle += d * d;
                    corner += std::pow(static_cast<double>(side) / 2 - d, 2);
                }
                if (std::min(middle, corner) < radius * radius) pores(z, y, x) = 0;
            }
    return pores;
}

/// Overlapping solid spheres at random places, periodic.
inline PhaseVolume porous(Extent extent, int spheres, double radius, std::uint32_t seed) {
    PhaseVolume pores(extent, 1);
    RandomStream random(seed, RandomPurpose::test, 0);
    for (int k = 0; k < spheres; ++k) {
        const double cz = random.uniform(0, static_cast<double>(extent.z)),
                     cy = random.uniform(0, static_cast<double>(extent.y)),
                     cx = random.uniform(0, static_cast<double>(extent.x));
        const auto away = [](std::size_t i, double c, std::size_t size) {
            const double d = std::abs(static_cast<double>(i) - c);
            return std::min(d, static_cast<double>(size) - d);
        };
        for (std::size_t z = 0; z < extent.z; ++z)
            for (std::size_t y = 0; y < extent.y; ++y)
                for (std::size_t x = 0; x < extent.x; ++x)
                    if (std::hypot(away(z, cz, extent.z), away(y, cy, extent.y), away(x, cx, extent.x)) < radius)
                        pores(z, y, x) = 0;
    }
    return pores;
}

inline Settings driven_along_z(double relaxation_time, double force = 1e-6) {
    Settings settings;
    settings.relaxation_time = relaxation_time;
    settings.force = {0, 0, force};
    return settings;
}

template <class T>
struct Run {
    SteadyResult steady;
    std::array<double, 3> permeability{};  // under the drive along z, voxel²
    typename Solver<T>::Fields fields;     // of this rank
    Block block;
};

/// Runs `pores` to its steady state on all ranks of the world.
template <class T>
Run<T> run(const PhaseVolume& pores, const Settings& settings, double tolerance = 1e-9, Kernel kernel = Kernel::packs) {
    start_kokkos();
    const Communicator comm;
    Solver<T> solver(comm, whole_on_one(comm, pores), reader_of(pores), settings, kernel);
    SteadyCriteria criteria;
    criteria.tolerance = tolerance;
    criteria.max_steps = 200000;
    Run<T> result{run_until_steady(solver, criteria), {}, solver.fields(), solver.sites().block};
    result.permeability = permeability(result.steady.last.totals, settings, pores.extent(), 2);
    return result;
}

}  // namespace protolith::flow
