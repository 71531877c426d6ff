#include "anneal/two_point_plain.hpp"

#include <algorithm>

namespace protolith::anneal::plain {

namespace {
void add_seen(const Lines& lines, const Lines::Place& from, int sign, std::span<std::int8_t> sums) {
    for (const Window& arm : {lines.ahead(from), lines.behind(from)})
        for (std::size_t k = 0; k < sums.size(); ++k)
            sums[k] = static_cast<std::int8_t>(sums[k] + sign * static_cast<int>((arm.block(k / 64) >> (k % 64)) & 1));
}
}  // namespace

std::int64_t propose(TwoPoint& s, const Swap& swap) {
    std::fill(s.change.begin(), s.change.end(), 0);
    const Coordinates from = s.lattice.coordinates(swap.from), to = s.lattice.coordinates(swap.to);
    for (const Lines& lines : s.lines) {
        const Lines::Place a = lines.locate(from), b = lines.locate(to);
        add_seen(lines, a, -1, {s.change.data(), s.range});
        add_seen(lines, b, +1, {s.change.data(), s.range});
        if (a.line != b.line) continue;
        // b saw a, which leaves: once for each way round the line.
        const std::size_t near = a.at > b.at ? a.at - b.at : b.at - a.at, far = lines.length() - near;
        if (near <= s.range) --s.change[near - 1];
        if (far <= s.range) --s.change[far - 1];
    }
    std::int64_t total = 0;
    for (std::size_t k = 0; k < s.range; ++k)
        total +=
            std::int64_t{s.slope[k]} * s.change[k] + ((std::int64_t{s.change[k]} * s.change[k]) << s.fraction_bits);
    return total;
}

void apply_change(TwoPoint& s) {
    for (std::size_t k = 0; k < s.range; ++k) {
        s.counts[k + 1] += s.change[k];
        s.slope[k] += s.change[k] * (2 << s.fraction_bits);
    }
    s.split_slopes();
}

std::int32_t see(const TwoPoint& s, std::uint32_t voxel, int sign, std::int8_t* seen) {
    std::fill(seen, seen + s.change.size(), std::int8_t{0});
    for (const Lines& lines : s.lines) add_seen(lines, lines.locate(s.lattice.coordinates(voxel)), +1, {seen, s.range});
    std::int32_t total = 0;
    for (std::size_t k = 0; k < s.range; ++k) total += (sign * s.slope[k] + (seen[k] << s.fraction_bits)) * seen[k];
    return total;
}

}  // namespace protolith::anneal::plain
