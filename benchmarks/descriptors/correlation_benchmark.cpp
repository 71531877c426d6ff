// Time of the curves of distance on one core: 2000², r ≤ 100 against SMiCA's published Python (numba), 1–4.3 s a curve,
// and 5000², r < 128, six curves in all. Fastest of seven runs; the image is of overlapping disks, 35 % void.
// bench_correlation [SIDE MAX_R]…
#include "base/random.hpp"
#include "descriptors/correlation.hpp"
#include "volume/simd_targets.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <limits>

namespace {

using namespace protolith;
using namespace protolith::descriptors;

constexpr double smica_fastest = 1.0, smica_slowest = 4.3;  // seconds a curve, 2000², r ≤ 100

// 1 outside disks of 12 pixels radius that cover 65 %, wrapping around.
PhaseVolume disks(long side) {
    constexpr long radius = 12;
    const auto n = static_cast<std::size_t>(side);
    PhaseVolume image(Extent{1, n, n}, 1);
    RandomStream stream(1, RandomPurpose::test, 0);
    const auto count = static_cast<long>(1.05 * static_cast<double>(side * side) / (3.14159 * radius * radius));
    for (long k = 0; k < count; ++k) {
        const auto cy = static_cast<long>(stream.below(n)), cx = static_cast<long>(stream.below(n));
        for (long y = -radius; y <= radius; ++y) {
            for (long x = -radius; x <= radius; ++x) {
                if (y * y + x * x > radius * radius) continue;
                image(static_cast<std::size_t>((cy + y + side) % side),
                      static_cast<std::size_t>((cx + x + side) % side)) = 0;
            }
        }
    }
    return image;
}

double fastest_seconds(const std::function<void()>& work) {
    double fastest = std::numeric_limits<double>::infinity();
    for (int run = 0; run < 7; ++run) {
        const auto start = std::chrono::steady_clock::now();
        work();
        fastest = std::min(fastest, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    return fastest;
}

void report(const char* name, double seconds, long side, int max_r) {
    const double pixels = static_cast<double>(side * side);
    std::printf("  %-6s %9.3f ms  %7.2f Gpixel/s  %8.0f Gpixel·r/s", name, 1e3 * seconds, 1e-9 * pixels / seconds,
                1e-9 * pixels * (max_r + 1) / seconds);
    if (side == 2000 && max_r == 100) {
        std::printf("  %6.0f to %6.0f × SMiCA (to reach: 300)", smica_fastest / seconds, smica_slowest / seconds);
    }
    std::printf("\n");
}

void run(long side, int max_r, Boundary boundary) {
    const PhaseVolume image = disks(side);
    std::printf("%ld², r ≤ %d, %s, phase fraction %.3f\n", side, max_r,
                boundary == Boundary::periodic ? "periodic" : "non-periodic", phase_fraction(image));
    double total = fastest_seconds([&] { PackedVolume packed(image, boundary); });
    report("pack", total, side, max_r);
    const PackedVolume packed(image, boundary);
    const auto time = [&](const char* name, const std::function<void()>& work) {
        const double seconds = fastest_seconds(work);
        report(name, seconds, side, max_r);
        total += seconds;
    };
    time("S2", [&] { two_point(packed, max_r); });
    for (const auto shape : {Polytope::p3h, Polytope::p3v, Polytope::p4, Polytope::p6}) {
        time(std::string(name(shape)).c_str(), [&] { polytope(packed, shape, VertexRule::nearest, max_r); });
    }
    time("L", [&] { lineal_path(packed, max_r); });
    std::printf("  in all %.3f s\n", total);
}

}  // namespace

int main(int argc, char** argv) {
    restrict_simd_by_environment();
    std::printf("SIMD: %s\n", simd_targets().c_str());
    std::vector<std::pair<long, int>> sizes{{2000, 100}, {5000, 127}};
    if (argc > 2) sizes.clear();
    for (int k = 1; k + 1 < argc; k += 2) sizes.emplace_back(std::atol(argv[k]), std::atoi(argv[k + 1]));
    for (const auto& [side, max_r] : sizes) {
        run(side, max_r, Boundary::non_periodic);
        run(side, max_r, Boundary::periodic);
    }
}
