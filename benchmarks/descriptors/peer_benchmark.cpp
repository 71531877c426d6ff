// Times descriptors of one raw image and prints times and results as JSON, for benchmarks/compare_porespy.py.
// bench_peer FILE HEIGHT WIDTH MAX_R: FILE holds HEIGHT × WIDTH bytes, 1 in the phase, rows in order.
#include "descriptors/chord_length.hpp"
#include "descriptors/components.hpp"
#include "descriptors/correlation.hpp"
#include "descriptors/local_thickness.hpp"
#include "descriptors/minkowski.hpp"
#include "descriptors/two_point_map.hpp"
#include "volume/simd_targets.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>

namespace {

using namespace protolith;
using namespace protolith::descriptors;

// Fastest of three runs.
double seconds(const std::function<void()>& work) {
    double best = 1e300;
    for (int run = 0; run < 3; ++run) {
        const auto start = std::chrono::steady_clock::now();
        work();
        best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    return best;
}

template <class T>
std::string json(const std::vector<T>& values) {
    std::string text = "[";
    for (const T v : values) text += fmt::format("{}{}", text.size() > 1 ? ", " : "", v);
    return text + "]";
}

bool first_entry = true;
void entry(const char* name, double time, const std::string& values) {
    std::printf("%s\n  \"%s\": {\"seconds\": %.9g, \"values\": %s}", first_entry ? "" : ",", name, time,
                values.c_str());
    first_entry = false;
}

void measure(const PhaseVolume& image, int max_r) {
    const auto reach = static_cast<std::size_t>(max_r);
    std::vector<double> radial;
    const double radial_time =
        seconds([&] { radial = radial_average(two_point_map(image, Boundary::non_periodic, reach)); });
    entry("radial_s2", radial_time, json(radial));

    CurveCounts s2, l;
    const double s2_time = seconds([&] { s2 = two_point(PackedVolume(image, Boundary::non_periodic), max_r); });
    entry("axis_s2", s2_time, json(to_curve(s2).value));
    const double l_time = seconds([&] { l = lineal_path(PackedVolume(image, Boundary::non_periodic), max_r); });
    entry("lineal_path_x", l_time, json(l.directions[0].counts));

    std::vector<ChordCounts> chords;
    const double chord_time = seconds([&] { chords = chord_lengths(image, 1, Boundary::non_periodic); });
    entry("chords_x", chord_time, json(chords[0].counts));

    std::uint32_t components = 0;
    const double label_time = seconds([&] { components = label_components(image, Connectivity::four).count; });
    entry("components", label_time, fmt::format("[{}]", components));

    Volume<float> thickness;
    const double thickness_time = seconds([&] { thickness = local_thickness(image, Boundary::non_periodic); });
    double sum = 0;
    for (const float t : thickness) sum += t;
    entry("mean_thickness", thickness_time,
          fmt::format("[{}]", sum / static_cast<double>(image.size()) / phase_fraction(image)));

    Minkowski2 m;
    const double minkowski_time =
        seconds([&] { m = minkowski(configurations_2d(image, Frame::background), Frame::background); });
    entry("euler_4_8_perimeter", minkowski_time,
          json(std::vector<double>{m.euler_4 * m.pixels, m.euler_8 * m.pixels, m.perimeter * m.pixels}));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) {
        std::fprintf(stderr, "usage: bench_peer FILE HEIGHT WIDTH MAX_R\n");
        return 2;
    }
    restrict_simd_by_environment();
    PhaseVolume image(Extent{1, std::strtoul(argv[2], nullptr, 10), std::strtoul(argv[3], nullptr, 10)});
    std::ifstream file(argv[1], std::ios::binary);
    if (!file.read(reinterpret_cast<char*>(image.data()), static_cast<std::streamsize>(image.size()))) {
        std::fprintf(stderr, "%s does not hold %zu bytes\n", argv[1], image.size());
        return 2;
    }
    std::printf("{");
    measure(image, std::atoi(argv[4]));
    std::printf("\n}\n");
    return 0;
}
