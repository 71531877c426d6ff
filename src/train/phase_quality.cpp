#include "train/phase_quality.hpp"

#include "descriptors/correlation.hpp"
#include "descriptors/curve_statistics.hpp"
#include "volume/otsu.hpp"

#include <algorithm>

namespace protolith::train {

double otsu_over_ranks(const Communicator& comm, std::span<const float> values) {
    constexpr std::size_t bins = 256;
    std::vector<std::uint64_t> histogram(bins, 0);
    for (const float value : values) {
        const double place = (static_cast<double>(value) + 1) / 2 * bins;  // NaN falls into the first bin
        ++histogram[place >= bins - 1 ? bins - 1 : place > 0 ? static_cast<std::size_t>(place) : 0];
    }
    comm.sum_in_place(histogram.data(), bins);
    const auto filled = std::count_if(histogram.begin(), histogram.end(), [](std::uint64_t n) { return n > 0; });
    if (filled < 2) return 0;
    return 2.0 * static_cast<double>(volume::otsu_cut(histogram)) / bins - 1;
}

std::vector<PhaseVolume> to_phases(std::span<const float> values, const Extent& extent, double threshold) {
    std::vector<PhaseVolume> images;
    for (; values.size() >= extent.count() && extent.count() > 0; values = values.subspan(extent.count())) {
        auto& image = images.emplace_back(extent);
        std::transform(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(extent.count()), image.begin(),
                       [&](float value) { return static_cast<std::uint8_t>(value > threshold ? 1 : 0); });
    }
    return images;
}

descriptors::Curve mean_two_point(const Communicator& comm, const std::vector<PhaseVolume>& mine,
                                  const Extent& extent) {
    using namespace descriptors;
    const int max_r = largest_distance(std::min(extent.y, extent.x), Boundary::non_periodic);
    const auto count = [&](const PhaseVolume& image) {
        return two_point(PackedVolume(image, Boundary::non_periodic), max_r);
    };
    CurveCounts total = count(PhaseVolume(extent));  // a rank without images adds nothing
    const auto each_direction = [&](auto&& change) {
        for (std::size_t d = 0; d < total.directions.size(); ++d)
            for (std::size_t i = 0; i < total.r.size(); ++i) change(d, i);
    };
    each_direction([&](std::size_t d, std::size_t i) { total.directions[d].placements[i] = 0; });
    for (const auto& image : mine) {
        const auto one = count(image);
        each_direction([&](std::size_t d, std::size_t i) {
            total.directions[d].counts[i] += one.directions[d].counts[i];
            total.directions[d].placements[i] += one.directions[d].placements[i];
        });
    }
    for (auto& direction : total.directions) {
        comm.sum_in_place(direction.counts.data(), direction.counts.size());
        comm.sum_in_place(direction.placements.data(), direction.placements.size());
    }
    return to_curve(total);
}

PhaseQuality phase_quality(const Communicator& comm, std::span<const float> values, const Extent& extent,
                           const descriptors::Curve& real) {
    PhaseQuality quality;
    quality.threshold = otsu_over_ranks(comm, values);
    quality.generated = mean_two_point(comm, to_phases(values, extent, quality.threshold), extent);
    quality.error = descriptors::mean_square_error(quality.generated, real);
    quality.phase_fraction = quality.generated.value.at(0);
    return quality;
}

}  // namespace protolith::train
