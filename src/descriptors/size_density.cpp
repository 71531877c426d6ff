#include "descriptors/size_density.hpp"

#include "descriptors/distance.hpp"
#include "descriptors/local_thickness.hpp"

#include <algorithm>
#include <cmath>

namespace protolith::descriptors {
namespace {

void require_both_phases(const PhaseVolume& image, double bin_width, const char* what) {
    require_input(bin_width > 0, "{}: bin width {} found, above 0 expected", what, bin_width);
    const auto phase =
        static_cast<std::size_t>(std::count_if(image.begin(), image.end(), [](auto v) { return v != 0; }));
    require_input(phase > 0 && phase < image.size(), "{} needs both phases; {} of {} voxels are in the phase", what,
                  phase, image.size());
}

/// From voxels by squared integer size; `length` makes the size of its root.
template <class Length>
SizeDensity density(const std::vector<std::uint64_t>& voxels, double bin_width, Length length) {
    SizeDensity result;
    result.bin_width = bin_width;
    std::vector<double> counts;
    double sum = 0;
    for (std::size_t s = 1; s < voxels.size(); ++s) {
        if (voxels[s] == 0) continue;
        const double size = length(std::sqrt(static_cast<double>(s))), count = static_cast<double>(voxels[s]);
        const auto bin = static_cast<std::size_t>(size / bin_width);
        if (bin >= counts.size()) counts.resize(bin + 1, 0.0);
        counts[bin] += count;
        sum += size * count;
        result.voxels += voxels[s];
    }
    const double total = static_cast<double>(result.voxels);
    result.mean = sum / total;
    double left = total;
    for (std::size_t bin = 0; bin < counts.size(); ++bin) {
        result.size.push_back((static_cast<double>(bin) + 0.5) * bin_width);
        result.density.push_back(counts[bin] / (total * bin_width));
        result.at_least.push_back(left / total);
        left -= counts[bin];
    }
    return result;
}

}  // namespace

std::vector<std::uint64_t> count_squares(const Volume<std::uint32_t>& squared) {
    if (squared.size() == 0) return {};
    std::vector<std::uint64_t> voxels(*std::max_element(squared.begin(), squared.end()) + std::size_t{1});
    for (const std::uint32_t s : squared) ++voxels[s];
    return voxels;
}

SizeDensity pore_size_density(const std::vector<std::uint64_t>& squares, double bin_width) {
    return density(squares, bin_width, [](double d) { return d - 0.5; });
}

SizeDensity pore_size_density(const PhaseVolume& image, Boundary boundary, double bin_width) {
    require_both_phases(image, bin_width, "the pore-size density");
    return pore_size_density(count_squares(squared_distance(image, boundary)), bin_width);
}

SizeDensity thickness_density(const std::vector<std::uint64_t>& squares, double bin_width) {
    return density(squares, bin_width, [](double r) { return thickness_of_radius(r); });
}

SizeDensity thickness_density(const PhaseVolume& image, Boundary boundary, double bin_width) {
    require_both_phases(image, bin_width, "the density of the local thickness");
    return thickness_density(count_squares(covering_ball(squared_distance(image, boundary), boundary)), bin_width);
}

}  // namespace protolith::descriptors
