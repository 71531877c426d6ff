#include "anneal/two_point.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace protolith::anneal {

TwoPoint::TwoPoint(const Extent& extent, std::vector<Step> directions, std::size_t lags, std::vector<double> curve)
    : lattice(extent),
      steps(std::move(directions)),
      range(lags),
      blocks((lags + 63) / 64),
      last_block_mask(lags % 64 == 0 ? ~std::uint64_t{0} : (std::uint64_t{1} << (lags % 64)) - 1),
      target(std::move(curve)),
      placements(static_cast<double>(steps.size() * extent.count())),
      counts(lags + 1),
      slope(64 * blocks),
      slope_high(64 * blocks),
      slope_low(64 * blocks),
      change(64 * blocks) {
    require_input(range >= 1, "a two-point term needs a range of at least 1, found {}", range);
    require_input(target.size() == range + 1, "a target curve of {} values given for r = 0 … {}", target.size(), range);
    require_input(placements <= 0x1p28, "{} is too large for annealing: at most {:.0f} voxels", to_string(extent),
                  0x1p28 / static_cast<double>(steps.size()));
    for (const Step& step : steps) {
        lines.emplace_back(extent, step, range);
        require_input(2 * range <= lines.back().length(), "range {} of a two-point term is beyond half of a line of {}",
                      range, lines.back().length());
    }
}

void TwoPoint::assign(const PhaseVolume& volume) {
    for (Lines& family : lines) family.assign(volume);
    counts[0] =
        std::accumulate(volume.begin(), volume.end(), std::int64_t{0}) * static_cast<std::int64_t>(lines.size());
    counts = recount();
    rescale();
}

std::vector<std::int64_t> TwoPoint::recount() const {
    std::vector<std::int64_t> fresh(range + 1);
    fresh[0] = counts[0];  // swaps keep it
    for (const Lines& family : lines) count_pairs(family, fresh);
    return fresh;
}

// As many bits as leave the slopes narrow while the excesses at most double, or, where those are large, as many as 30
// bits hold. At most 14, and so many that 2^(F+1) Σ g g fits 31 bits: a target is then held to a small part of a count,
// and of the excesses.
void TwoPoint::rescale() {
    double largest = 0;
    for (std::size_t r = 1; r <= range; ++r)
        largest = std::max(largest, std::abs(static_cast<double>(counts[r]) - placements * target[r]));
    const int most = std::min(14, 22 - static_cast<int>(std::bit_width(range)));
    fraction_bits = std::min(most, static_cast<int>(std::floor(std::log2(32000 / (4 * largest + largest_change)))));
    if (fraction_bits < 4) fraction_bits = std::clamp(28 - static_cast<int>(std::ceil(std::log2(placements))), 0, most);
    for (std::size_t r = 1; r <= range; ++r)
        slope[r - 1] = static_cast<std::int32_t>(
            2 * std::llround(std::ldexp(static_cast<double>(counts[r]) - placements * target[r], fraction_bits)));
    split_slopes();
}

void TwoPoint::split_slopes() {
    narrow = true;
    for (std::size_t k = 0; k < slope.size(); ++k) {
        slope_low[k] = static_cast<std::int16_t>(slope[k]);
        slope_high[k] = static_cast<std::int16_t>((slope[k] - slope_low[k]) >> 16);
        narrow = narrow && std::abs(slope[k]) <= narrow_limit(fraction_bits);
    }
}

double TwoPoint::energy() const {
    double sum = 0;
    for (std::size_t r = 1; r <= range; ++r) {
        const double excess = static_cast<double>(counts[r]) / placements - target[r];
        sum += excess * excess;
    }
    return sum;
}

double TwoPoint::unit() const { return std::ldexp(1 / (placements * placements), -fraction_bits); }

std::size_t TwoPoint::memory() const {
    std::size_t bytes = slope.size() * (sizeof(std::int32_t) + 2 * sizeof(std::int16_t) + sizeof(std::int8_t)) +
                        counts.size() * (sizeof(std::int64_t) + sizeof(double));
    for (const Lines& family : lines) bytes += family.memory();
    return bytes;
}

}  // namespace protolith::anneal
