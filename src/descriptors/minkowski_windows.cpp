// Minkowski functionals of sliding windows.
#include "descriptors/minkowski.hpp"

#include <algorithm>

namespace protolith::descriptors {
namespace {

PhaseVolume cut(const PhaseVolume& volume, Extent origin, Extent window) {
    PhaseVolume out(window);
    for (std::size_t z = 0; z < window.z; ++z) {
        for (std::size_t y = 0; y < window.y; ++y) {
            const Extent& e = volume.extent();
            const std::uint8_t* from = volume.data() + ((origin.z + z) * e.y + origin.y + y) * e.x + origin.x;
            std::copy_n(from, window.x, out.data() + (z * window.y + y) * window.x);
        }
    }
    return out;
}

template <class Functionals, class Measure>
std::vector<WindowOf<Functionals>> slide(const PhaseVolume& volume, Extent window, Extent step, Measure measure) {
    const Extent& e = volume.extent();
    require_input(window.count() > 0 && window.z <= e.z && window.y <= e.y && window.x <= e.x,
                  "a window of {} does not fit into an image of {}", to_string(window), to_string(e));
    require_input(step.count() > 0, "windows at steps of {}; expected 1 or more along every axis", to_string(step));
    std::vector<WindowOf<Functionals>> out;
    for (std::size_t z = 0; z + window.z <= e.z; z += step.z) {
        for (std::size_t y = 0; y + window.y <= e.y; y += step.y) {
            for (std::size_t x = 0; x + window.x <= e.x; x += step.x) {
                out.push_back({z, y, x, measure(cut(volume, {z, y, x}, window))});
            }
        }
    }
    return out;
}

}  // namespace

std::vector<WindowOf<Minkowski2>> minkowski_windows_2d(const PhaseVolume& image, Extent window, Extent step,
                                                       Frame frame) {
    return slide<Minkowski2>(image, window, step,
                             [frame](const PhaseVolume& w) { return minkowski(configurations_2d(w, frame), frame); });
}

std::vector<WindowOf<Minkowski3>> minkowski_windows_3d(const PhaseVolume& volume, Extent window, Extent step,
                                                       Frame frame) {
    return slide<Minkowski3>(volume, window, step,
                             [frame](const PhaseVolume& w) { return minkowski(configurations_3d(w, frame), frame); });
}

}  // namespace protolith::descriptors
