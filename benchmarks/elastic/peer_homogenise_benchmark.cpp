// Times homogenization of images from a file and writes the tensors, for benchmarks/elastic/compare_numpy.py.
// bench_peer_homogenise IN COUNT SIDE STEPS THREADS OUT: IN holds COUNT × SIDE × SIDE float32, OUT gets COUNT × 6 × M ×
// M; prints the seconds of every run of the batch.
#include "elastic/homogeniser.hpp"
#include "volume/simd_targets.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <vector>

namespace {
using namespace protolith;
constexpr int runs = 40;
}  // namespace

int main(int argc, char** argv) {
    if (argc != 7) {
        std::fprintf(stderr, "usage: bench_peer_homogenise IN COUNT SIDE STEPS THREADS OUT\n");
        return 2;
    }
    restrict_simd_by_environment();
    const std::size_t count = std::strtoul(argv[2], nullptr, 10), side = std::strtoul(argv[3], nullptr, 10);
    elastic::HomogeniserSettings settings;
    settings.image = {1, side, side};
    settings.solver.steps = std::strtoul(argv[4], nullptr, 10);
    settings.threads = std::atoi(argv[5]);
    const elastic::Homogeniser<float> homogeniser(settings);
    std::vector<float> images(count * side * side), tensors(count * homogeniser.data_size());
    std::ifstream file(argv[1], std::ios::binary);
    if (!file.read(reinterpret_cast<char*>(images.data()),
                   static_cast<std::streamsize>(images.size() * sizeof(float)))) {
        std::fprintf(stderr, "%s does not hold %zu images of %zu × %zu\n", argv[1], count, side, side);
        return 2;
    }
    for (int run = 0; run < runs; ++run) {
        const auto start = std::chrono::steady_clock::now();
        homogeniser.tensors(images.data(), count, tensors.data());
        std::printf("%.9f\n", std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    std::ofstream out(argv[6], std::ios::binary);
    out.write(reinterpret_cast<const char*>(tensors.data()),
              static_cast<std::streamsize>(tensors.size() * sizeof(float)));
    return out ? 0 : 1;
}
