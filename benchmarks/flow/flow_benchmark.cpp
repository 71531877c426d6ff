// Million updates of pore voxels a second (MLUPS) on one core or over ranks, beside the limit that memory sets: both
// measured here, alternating, medians of the repetitions. A step must read and write the 19 populations of a site once
// (304 bytes in double precision); the limit is the bandwidth of updating a large array in place over that.
// [mpirun -n N] bench_flow [SIDE [REPETITIONS]]
#include "base/random.hpp"
#include "flow/collision_rates.hpp"
#include "flow/gas.hpp"
#include "flow/kokkos_scope.hpp"
#include "flow/solver.hpp"
#include "flow/steady.hpp"
#include "volume/simd_targets.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

using namespace protolith;
using namespace protolith::flow;

// Overlapping solid spheres at random places until `porosity` is left; periodic.
PhaseVolume spheres(std::size_t side, double porosity, double radius) {
    PhaseVolume pores(Extent{side, side, side}, 1);
    RandomStream random(1, RandomPurpose::test, 0);
    const auto n = static_cast<long>(side), r = static_cast<long>(radius);
    std::size_t open = pores.size();
    while (static_cast<double>(open) > porosity * static_cast<double>(pores.size())) {
        const long c[3] = {static_cast<long>(random.below(side)), static_cast<long>(random.below(side)),
                           static_cast<long>(random.below(side))};
        for (long z = -r; z <= r; ++z)
            for (long y = -r; y <= r; ++y)
                for (long x = -r; x <= r; ++x) {
                    if (static_cast<double>(x * x + y * y + z * z) > radius * radius) continue;
                    auto& voxel = pores(static_cast<std::size_t>((c[0] + z + n) % n),
                                        static_cast<std::size_t>((c[1] + y + n) % n),
                                        static_cast<std::size_t>((c[2] + x + n) % n));
                    open -= voxel;
                    voxel = 0;
                }
    }
    return pores;
}

double seconds_of(const Communicator& comm, const auto& work) {
    comm.barrier();
    const auto start = std::chrono::steady_clock::now();
    work();
    return comm.max(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

// Sites a second over all ranks that an in-place update of an array of this many bytes would allow.
template <class T>
double limit_once(const Communicator& comm, LargeArray<double>& array) {
    const double factor = 1.0000001;
    const double seconds = seconds_of(comm, [&] {
        double* const p = array.data();
        for (std::size_t i = 0; i < array.size(); ++i) p[i] *= factor;
    });
    const double bytes = 16.0 * static_cast<double>(array.size()) * comm.size();
    return bytes / seconds / (2.0 * directions * sizeof(T));
}

template <class T>
void measure(const Communicator& comm, const char* medium, const PhaseVolume& pores, int repetitions,
             Wall wall = Wall::bounce_back) {
    Settings settings;
    settings.force = {0, 0, 1e-6};
    if (wall != Wall::bounce_back) set_gas(settings, wall, 0.4, slip_coefficients(1));
    const Decomposition parts = decompose(comm, pores.extent(), reader_of(pores));
    Solver<T> solver(comm, parts, reader_of(pores), settings);
    if (wall != Wall::bounce_back) {  // times of each site, here all the same
        const std::size_t mine = solver.sites().count();
        solver.relax_locally({std::vector<double>(mine, settings.relaxation_time),
                              std::vector<double>(mine, odd_relaxation_time(settings))});
    }
    const double sites = static_cast<double>(solver.sites().volume_sites);
    LargeArray<double> array(512u << 20 >> 3);  // 512 MB on each rank: far more than the caches
    std::fill(array.begin(), array.end(), 1.0);
    const auto pairs_of_steps = static_cast<std::size_t>(std::max(2.0, 2e7 * comm.size() / sites));
    solver.advance(2);
    std::vector<double> rates, limits, shares;
    for (int k = 0; k < repetitions; ++k) {
        const double seconds = seconds_of(comm, [&] { solver.advance(pairs_of_steps); });
        rates.push_back(2 * static_cast<double>(pairs_of_steps) * sites / seconds);
        limits.push_back(limit_once<T>(comm, array));
        shares.push_back(rates.back() / limits.back());
    }
    const double bytes = comm.sum(static_cast<double>(solver.bytes())) / sites;
    if (!comm.is_root()) return;
    std::printf("  %-28s %6s  %6.1f MLUPS (best %.1f)  limit %6.1f  share %3.0f %%  %.0f bytes a site  runs %.2f\n",
                medium, sizeof(T) == 8 ? "double" : "float", 1e-6 * median(rates),
                1e-6 * *std::max_element(rates.begin(), rates.end()), 1e-6 * median(limits), 100 * median(shares),
                bytes, solver.sites().run_share());
}

}  // namespace

int main(int argc, char** argv) {
    const MpiEnvironment mpi(&argc, &argv);
    const Communicator comm;
    const KokkosScope kokkos;
    restrict_simd_by_environment();
    const std::size_t side = argc > 1 ? static_cast<std::size_t>(std::atol(argv[1])) : 128;
    const int repetitions = argc > 2 ? std::atoi(argv[2]) : 7;
    if (comm.is_root())
        std::printf("%zu³, %d rank%s, SIMD %s, Kokkos %s; to reach on one core: 50 MLUPS double, 80 float, 70 %%\n",
                    side, comm.size(), comm.size() > 1 ? "s" : "", simd_in_use().c_str(), execution_space().c_str());
    for (const double porosity : {0.4, 0.3, 0.2}) {
        const PhaseVolume pores = spheres(side, porosity, 12);
        char medium[64];
        std::snprintf(medium, sizeof medium, "spheres, radius 12, φ %.1f", porosity);
        measure<double>(comm, medium, pores, repetitions);
        measure<float>(comm, medium, pores, repetitions);
        for (const auto wall : {Wall::diffuse, Wall::specular}) {
            std::snprintf(medium, sizeof medium, "local times, %s φ %.1f", std::string(name(wall)).c_str(), porosity);
            measure<double>(comm, medium, pores, repetitions, wall);
        }
    }
}
