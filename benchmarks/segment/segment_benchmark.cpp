// What `protolith segment` computes of 512³ voxels, over ranks: threshold by percolation of whole and of real grey
// values, components, those that are kept, and local pore sizes by spheres and by rays. Seconds, and as the limit the
// time to read the grey values and write the phase once (5 bytes a voxel) at a bandwidth measured in the same run.
// [mpirun -n N] bench_segment [SIDE [REPETITIONS]]
#include "base/random.hpp"
#include "descriptors/slab_chords.hpp"
#include "descriptors/slab_distance.hpp"
#include "segment/percolation.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <vector>

namespace {

using namespace protolith;
using namespace protolith::segment;

/// Grey grains: value noise at three scales, the same whatever the ranks; 0 to 255.
GreySlab grains(const Communicator& comm, std::size_t side) {
    constexpr std::size_t knots = 64;
    RandomStream random(1, RandomPurpose::test, 0);
    std::vector<float> lattice(knots * knots * knots);
    for (float& value : lattice) value = static_cast<float>(random.uniform());
    const auto smooth = [&](double z, double y, double x) {
        double sum = 0;
        for (int corner = 0; corner < 8; ++corner) {
            double weight = 1;
            std::size_t at = 0;
            const double p[3] = {z, y, x};
            for (int a = 0; a < 3; ++a) {
                const double whole = std::floor(p[a]), part = p[a] - whole;
                const bool next = ((corner >> a) & 1) != 0;
                weight *= next ? part : 1 - part;
                at = at * knots + (static_cast<std::size_t>(whole) + (next ? 1 : 0)) % knots;
            }
            sum += weight * static_cast<double>(lattice[at]);
        }
        return sum;
    };
    GreySlab slab(comm, {side, side, side});
    for (std::size_t i = 0; i < slab.voxels.size(); ++i) {
        const auto z = static_cast<double>(slab.planes.first + i / (side * side)),
                   y = static_cast<double>(i / side % side), x = static_cast<double>(i % side);
        const double value = 0.6 * smooth(z / 20, y / 20, x / 20) + 0.3 * smooth(z / 7 + 9, y / 7, x / 7) +
                             0.1 * smooth(z / 2 + 5, y / 2, x / 2);
        slab.voxels[i] = static_cast<float>(std::floor(255 * value));
    }
    return slab;
}

/// Median over the repetitions of the slowest rank's seconds.
double seconds_of(const Communicator& comm, int repetitions, const std::function<void()>& work) {
    std::vector<double> seconds;
    for (int k = 0; k < repetitions; ++k) {
        comm.barrier();
        const auto start = std::chrono::steady_clock::now();
        work();
        seconds.push_back(comm.max(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count()));
    }
    std::sort(seconds.begin(), seconds.end());
    return seconds[seconds.size() / 2];
}

void measure(const Communicator& comm, std::size_t side, int repetitions) {
    const auto line = [&](const char* what, double seconds) {
        if (comm.is_root())
            std::printf("%-36s %8.2f s %8.0f Mvoxel/s\n", what, seconds,
                        1e-6 * static_cast<double>(side * side * side) / seconds);
    };
    const GreySlab grey = grains(comm, side);
    PhaseSlab pores;
    line("limit: grey values in, phase out",
         seconds_of(comm, std::max(3, repetitions), [&] { pores = pore_space(grey, 100, Pores::dark); }));
    PercolationSearch search;
    const auto find = [&](const std::vector<double>& candidates) {
        search = find_percolating_threshold(comm, grey, candidates, Pores::dark, volume::Axis::z,
                                            descriptors::Connectivity::six);
    };
    line("threshold, whole grey values",
         seconds_of(comm, repetitions, [&] { find(candidate_thresholds(0, 255, true, 0)); }));
    pores = pore_space(grey, search.threshold + 8, Pores::dark);  // well connected
    descriptors::SlabComponents components;
    line("components, 6 neighbours", seconds_of(comm, repetitions, [&] {
             components = descriptors::connect_slabs(comm, pores, descriptors::Connectivity::six);
         }));
    PhaseSlab connected;
    line("kept from end to end", seconds_of(comm, repetitions, [&] {
             connected = connected_pores(pores, components, Keep::along_axis, volume::Axis::z);
         }));
    line("pore diameter, spheres", seconds_of(comm, 1, [&] {
             descriptors::pore_diameter(comm, connected, descriptors::Boundary::non_periodic);
         }));
    line("pore size, 18 rays", seconds_of(comm, 1, [&] { descriptors::shortest_chord(comm, connected); }));
    const double voxels = static_cast<double>(side * side * side);
    const double porosity = static_cast<double>(count_voxels(comm, pores)) / voxels,
                 kept = static_cast<double>(count_voxels(comm, connected)) / voxels;
    if (comm.is_root())
        std::printf("threshold %g after %zu trials, porosity %.4f, connected %.4f, %llu components, %d ranks\n",
                    search.threshold, search.steps.size(), porosity, kept,
                    static_cast<unsigned long long>(components.count), comm.size());
}

}  // namespace

int main(int argc, char** argv) {
    const MpiEnvironment mpi(&argc, &argv);
    const Communicator comm;
    const long side = argc > 1 ? std::atol(argv[1]) : 512, repetitions = argc > 2 ? std::atol(argv[2]) : 3;
    if (side < 2 || repetitions < 1) {
        std::fprintf(stderr, "bench_segment [SIDE [REPETITIONS]]: %ld %ld\n", side, repetitions);
        return 2;
    }
    measure(comm, static_cast<std::size_t>(side), static_cast<int>(repetitions));
    return 0;
}
