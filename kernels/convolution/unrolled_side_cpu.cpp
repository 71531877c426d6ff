#include "convolution/unrolled_side.hpp"

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

}  // namespace protolith::kernels::cpu
