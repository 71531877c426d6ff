#include "convolution/line_shares.hpp"

#include <algorithm>

namespace protolith::kernels::cpu {
namespace {

constexpr std::int64_t own_bytes = std::int64_t{256} << 10, light_weights = std::int64_t{256} << 10;

std::int64_t parts_of(std::int64_t whole, std::int64_t part) { return (whole + part - 1) / part; }

/// Lines of equal parts, a multiple of `shares` of them, whose unrolled form stays near `bytes`; whole images if one
/// fits.
std::int64_t chunk_lines(const TapRelation& r, std::int64_t batch, std::int64_t line_bytes, std::int64_t bytes,
                         std::int64_t shares) {
    const std::int64_t image = r.target[0] * r.target[1], all = r.lines(batch);
    const std::int64_t lines = std::clamp<std::int64_t>(bytes / line_bytes, 1, all);
    const auto equal = [shares](std::int64_t whole, std::int64_t part) {
        const std::int64_t parts = parts_of(parts_of(whole, part), shares) * shares;
        return parts_of(whole, parts);
    };
    if (lines >= image) return equal(batch, lines / image) * image;
    return equal(image, lines);
}

}  // namespace

LineShares::LineShares(const Queue& queue, const TapRelation& relation, std::int64_t batch, std::int64_t line_bytes,
                       std::int64_t weight_bytes, std::int64_t together_bytes, bool whole_images)
    : lines_(relation.lines(batch)) {
    const std::int64_t image = relation.target[0] * relation.target[1];
    const bool light = weight_bytes <= light_weights && !(whole_images && image * line_bytes > own_bytes);
    chunk_ = chunk_lines(relation, batch, line_bytes, light ? own_bytes : together_bytes, light ? queue.threads() : 1);
    if (light) count_ = static_cast<int>(std::min<std::int64_t>(queue.threads(), chunks()));
}

}  // namespace protolith::kernels::cpu
