#include "descriptors/representative_size.hpp"

#include "base/random.hpp"
#include "descriptors/correlation.hpp"
#include "descriptors/scaled_function.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace protolith::descriptors {
namespace {

void require_usable(const Extent& extent, const RepresentativeSizeSettings& settings) {
    const auto& sizes = settings.sizes;
    require_input(sizes.size() >= 2, "the representative size compares at least 2 window sizes; {} given",
                  sizes.size());
    for (std::size_t i = 1; i < sizes.size(); ++i)
        require_input(sizes[i - 1] < sizes[i], "window sizes must increase; {} is followed by {}", sizes[i - 1],
                      sizes[i]);
    const std::size_t side =
        extent.dimensions() == 2 ? std::min(extent.y, extent.x) : std::min({extent.z, extent.y, extent.x});
    require_input(sizes.back() <= side,
                  "a window of {0} voxels does not fit into an image of {1}, whose smallest side is {2}", sizes.back(),
                  to_string(extent), side);
    require_input(settings.windows > 0, "the number of windows must be above 0; {} given", settings.windows);
    require_input(settings.tolerance > 0, "the tolerance must be above 0; {} given", settings.tolerance);
    require_input(!settings.max_r || *settings.max_r >= 1, "max_r must be at least 1; {} given",
                  settings.max_r.value_or(0));
    const int longest = largest_distance(sizes.front(), settings.boundary);
    require_input(longest >= 1, "a window of {} voxels holds no distance to compare; at least 3 expected",
                  sizes.front());
}

/// The range that all sizes have in common.
std::vector<int> common_range(const RepresentativeSizeSettings& settings) {
    int longest = largest_distance(settings.sizes.front(), settings.boundary);
    if (settings.max_r) longest = std::min(longest, *settings.max_r);
    std::vector<int> r;
    for (int d = 0; d <= longest; ++d) r.push_back(d);
    return r;
}

/// F2 of every window: row k of (windows, r), NaN where undefined. Each rank counts its share.
std::vector<double> all_f2(const Communicator& comm, const std::vector<Window>& windows, const WindowReader& read,
                           int max_r, Boundary boundary, const Pause& pause) {
    const std::size_t length = static_cast<std::size_t>(max_r) + 1;
    std::vector<double> f2(windows.size() * length, 0.0), undefined(windows.size(), 0.0);
    collectively(comm, [&] {
        // Large windows come last: dealing them out in turn shares the work evenly.
        for (std::size_t k = static_cast<std::size_t>(comm.rank()); k < windows.size();
             k += static_cast<std::size_t>(comm.size())) {
            if (pause) pause();
            const auto curve = scaled_function(to_curve(two_point(PackedVolume(read(windows[k]), boundary), max_r)), 2);
            if (curve)
                std::copy(curve->value.begin(), curve->value.end(),
                          f2.begin() + static_cast<std::ptrdiff_t>(k * length));
            else
                undefined[k] = 1;
        }
    });
    // All ranks but one add zeros, so the sums are exact.
    comm.sum_in_place(f2.data(), f2.size());
    comm.sum_in_place(undefined.data(), undefined.size());
    for (std::size_t k = 0; k < windows.size(); ++k)
        if (undefined[k] != 0)
            std::fill_n(f2.begin() + static_cast<std::ptrdiff_t>(k * length), length,
                        std::numeric_limits<double>::quiet_NaN());
    return f2;
}

/// Mean F2 over windows first … first + count − 1 that have one.
void average(const std::vector<double>& f2, std::size_t length, std::size_t first, std::size_t count,
             SizeResult& result) {
    std::vector<double> sum(length, 0.0);
    for (std::size_t k = first; k < first + count; ++k) {
        if (std::isnan(f2[k * length])) {
            ++result.undefined;
            continue;
        }
        for (std::size_t i = 0; i < length; ++i) sum[i] += f2[k * length + i];
    }
    if (result.undefined == count) return;
    for (double& value : sum) value /= static_cast<double>(count - result.undefined);
    result.mean_f2 = std::move(sum);
}

double mean_square_error(const std::vector<double>& a, const std::vector<double>& b) {
    if (a.empty()) return std::numeric_limits<double>::quiet_NaN();
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum / static_cast<double>(a.size());
}

}  // namespace

std::vector<Window> random_windows(const Extent& extent, const RepresentativeSizeSettings& settings) {
    require_usable(extent, settings);
    std::vector<Window> windows;
    for (const std::size_t size : settings.sizes)
        for (std::size_t number = 0; number < settings.windows; ++number) {
            RandomStream random(settings.seed, RandomPurpose::representative_size,
                                static_cast<std::uint32_t>(windows.size()));
            const auto place = [&](std::size_t side) {
                return static_cast<std::size_t>(random.below(side - size + 1));
            };
            Window window{0, 0, 0, size};
            window.x = place(extent.x);
            window.y = place(extent.y);
            if (extent.dimensions() == 3) window.z = place(extent.z);
            windows.push_back(window);
        }
    return windows;
}

RepresentativeSize representative_size(const Communicator& comm, const Extent& extent, const WindowReader& read,
                                       const RepresentativeSizeSettings& settings, const Pause& pause) {
    const std::vector<Window> windows = random_windows(extent, settings);
    RepresentativeSize result;
    result.r = common_range(settings);
    result.tolerance = settings.tolerance;
    const std::size_t length = result.r.size();
    const std::vector<double> f2 = all_f2(comm, windows, read, result.r.back(), settings.boundary, pause);
    for (std::size_t i = 0; i < settings.sizes.size(); ++i) {
        const auto first = windows.begin() + static_cast<std::ptrdiff_t>(i * settings.windows);
        SizeResult size{settings.sizes[i], {first, first + static_cast<std::ptrdiff_t>(settings.windows)}, 0, {}, 0};
        average(f2, length, i * settings.windows, settings.windows, size);
        result.sizes.push_back(std::move(size));
    }
    const std::vector<double>& largest = result.sizes.back().mean_f2;
    require_input(!largest.empty(), "none of {} windows of {} voxels holds both phases, so F2 is undefined",
                  settings.windows, settings.sizes.back());
    for (SizeResult& size : result.sizes) size.mse = mean_square_error(size.mean_f2, largest);
    // NaN fails the comparison and ends the series, as it must.
    for (std::size_t i = result.sizes.size() - 1; i-- > 0 && result.sizes[i].mse <= settings.tolerance;)
        result.verdict = result.sizes[i].size;
    return result;
}

RepresentativeSize representative_size(const Communicator& comm, const PhaseVolume& image,
                                       const RepresentativeSizeSettings& settings, const Pause& pause) {
    const auto cut = [&image](const Window& w) {
        const std::size_t planes = image.extent().z > 1 ? w.size : 1;
        PhaseVolume window({planes, w.size, w.size});
        for (std::size_t z = 0; z < planes; ++z)
            for (std::size_t y = 0; y < w.size; ++y)
                for (std::size_t x = 0; x < w.size; ++x) window(z, y, x) = image(w.z + z, w.y + y, w.x + x);
        return window;
    };
    return representative_size(comm, image.extent(), cut, settings, pause);
}

}  // namespace protolith::descriptors
