#include "volume/otsu.hpp"

#include <algorithm>

namespace protolith::volume {

std::size_t otsu_cut(const std::vector<std::uint64_t>& histogram) {
    double total = 0, moment = 0;
    for (std::size_t k = 0; k < histogram.size(); ++k) {
        total += static_cast<double>(histogram[k]);
        moment += static_cast<double>(histogram[k]) * static_cast<double>(k);
    }
    // Otsu's equation 18: σ_B²(k) = (μ_T ω(k) − μ(k))² / (ω(k) (1 − ω(k))), with the counts themselves as weights.
    double best = -1, weight = 0, sum = 0;
    std::size_t cut = 0;
    for (std::size_t k = 1; k < histogram.size(); ++k) {
        weight += static_cast<double>(histogram[k - 1]);
        sum += static_cast<double>(histogram[k - 1]) * static_cast<double>(k - 1);
        if (weight == 0 || weight == total) continue;
        const double apart = moment * (weight / total) - sum;
        const double between = apart * apart / (weight * (total - weight));
        if (between > best) {
            best = between;
            cut = k;
        }
    }
    require_input(best >= 0, "Otsu's threshold needs two different grey values; {} pixels share one", total);
    return cut;
}

double otsu_threshold(const GreyVolume& grey, std::size_t bins) {
    require(bins >= 2, "{} bins; Otsu's threshold needs at least 2", bins);
    require(grey.size() > 0, "Otsu's threshold of an empty image is not defined");
    const auto [low, high] = std::minmax_element(grey.begin(), grey.end());
    const double from = *low, range = static_cast<double>(*high) - from;
    require_input(range > 0, "Otsu's threshold needs two different grey values; every pixel is {}", from);
    const auto bin_of = [from = from, range = range, bins](float value) {
        const double place = (static_cast<double>(value) - from) / range * static_cast<double>(bins);
        return std::min(static_cast<std::size_t>(place), bins - 1);
    };
    std::vector<std::uint64_t> histogram(bins, 0);
    for (const float value : grey) ++histogram[bin_of(value)];
    const std::size_t cut = otsu_cut(histogram);
    float below = *low, above = *high;
    for (const float value : grey)
        if (bin_of(value) < cut)
            below = std::max(below, value);
        else
            above = std::min(above, value);
    return (static_cast<double>(below) + static_cast<double>(above)) / 2;
}

}  // namespace protolith::volume
