#include "convolution/unrolled_side.hpp"

#include <algorithm>

namespace protolith::kernels::cpu {
namespace {

/// Elements of the unrolled image; where strides leave taps without a partner, zeros count as well.
std::int64_t elements(const ConvolutionGeometry& g, UnrolledSide side) {
    return g.taps() * (side == UnrolledSide::x ? volume(g.y) * g.in_channels : volume(g.x) * g.out_channels);
}

// Unrolling y turns a convolution into one product per pixel of x, with stride^dimensions times the operations of the
// other way: worth it only when it has far fewer channels.
constexpr std::int64_t imbalance = 4;

}  // namespace

UnrolledSide side_of_convolve(const ConvolutionGeometry& g) {
    if (unrolled_already(g)) return UnrolledSide::x;
    return elements(g, UnrolledSide::y) * imbalance < elements(g, UnrolledSide::x) ? UnrolledSide::y : UnrolledSide::x;
}

UnrolledSide side_of_convolve_data(const ConvolutionGeometry& g) {
    if (unrolled_already(g) || volume(g.stride) != 1) return UnrolledSide::x;
    return elements(g, UnrolledSide::y) > elements(g, UnrolledSide::x) * imbalance ? UnrolledSide::x : UnrolledSide::y;
}

UnrolledSide side_of_convolve_weights(const ConvolutionGeometry& g) { return side_of_convolve(g); }

std::int64_t chunk_lines(const TapRelation& r, std::int64_t batch, std::int64_t line_bytes, std::int64_t bytes) {
    const std::int64_t image = r.target[0] * r.target[1], all = r.lines(batch);
    std::int64_t lines = std::clamp<std::int64_t>(bytes / line_bytes, 1, all);
    if (lines >= image) {
        const std::int64_t images = lines / image, parts = (batch + images - 1) / images;
        return (batch + parts - 1) / parts * image;
    }
    const std::int64_t parts = (image + lines - 1) / lines;
    return (image + parts - 1) / parts;
}

}  // namespace protolith::kernels::cpu
