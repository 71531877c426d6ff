#include "anneal/two_point.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace protolith::anneal {

namespace {
// F is as large as |V| = 2^(F+1) |D| < 2^30 allows with |D| ≤ M, at most 16: a target is then held to 2^-17 of a count.
int fraction_bits_for(double placements) {
    return std::clamp(28 - static_cast<int>(std::ceil(std::log2(placements))), 0, 16);
}
}  // namespace

TwoPoint::TwoPoint(const Extent& extent, std::vector<Step> steps, std::size_t lags, std::vector<double> curve)
    : lattice(extent),
      range(lags),
      blocks((lags + 63) / 64),
      last_block_mask(lags % 64 == 0 ? ~std::uint64_t{0} : (std::uint64_t{1} << (lags % 64)) - 1),
      target(std::move(curve)),
      placements(static_cast<double>(steps.size() * extent.count())),
      fraction_bits(fraction_bits_for(placements)),
      to_energy(std::ldexp(1.0, -fraction_bits) / (placements * placements)),
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
    for (double f : target) fixed_target.push_back(std::llround(std::ldexp(f * placements, fraction_bits)));
}

void TwoPoint::assign(const PhaseVolume& volume) {
    for (Lines& family : lines) family.assign(volume);
    phase_voxels = std::accumulate(volume.begin(), volume.end(), std::int64_t{0});
    set_counts(recount());
}

std::vector<std::int64_t> TwoPoint::recount() const {
    std::vector<std::int64_t> counts(range + 1);
    counts[0] = phase_voxels * static_cast<std::int64_t>(lines.size());
    for (const Lines& family : lines) count_pairs(family, counts);
    return counts;
}

void TwoPoint::set_counts(std::span<const std::int64_t> counts) {
    for (std::size_t r = 1; r <= range; ++r)
        slope[r - 1] = static_cast<std::int32_t>(2 * ((counts[r] << fraction_bits) - fixed_target[r]));
    split_slopes();
}

void TwoPoint::split_slopes() {
    for (std::size_t k = 0; k < slope.size(); ++k) {
        slope_low[k] = static_cast<std::int16_t>(slope[k]);
        slope_high[k] = static_cast<std::int16_t>((slope[k] - slope_low[k]) >> 16);
    }
}

std::vector<std::int64_t> TwoPoint::running_counts() const {
    std::vector<std::int64_t> counts(range + 1);
    counts[0] = phase_voxels * static_cast<std::int64_t>(lines.size());
    for (std::size_t r = 1; r <= range; ++r) counts[r] = (slope[r - 1] / 2 + fixed_target[r]) >> fraction_bits;
    return counts;
}

int128 TwoPoint::squares() const {
    int128 sum = 0;
    for (std::int64_t v : slope) sum += (v / 2) * (v / 2);
    return sum;
}

double TwoPoint::energy() const { return std::ldexp(static_cast<double>(squares()), -fraction_bits) * to_energy; }

std::size_t TwoPoint::memory() const {
    std::size_t bytes = slope.size() * (sizeof(std::int32_t) + 2 * sizeof(std::int16_t) + sizeof(std::int8_t)) +
                        fixed_target.size() * 2 * sizeof(std::int64_t);
    for (const Lines& family : lines) bytes += family.memory();
    return bytes;
}

}  // namespace protolith::anneal
