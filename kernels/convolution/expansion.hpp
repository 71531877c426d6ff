// Unrolling of an image for matrix products (im2col) and its adjoint, by the relation between pixels of x and of y:
// each pixel and tap of the one side meets at most one pixel of the other. Either side can be the one that is unrolled.
#pragma once

#include "convolution/convolution.hpp"

#include <vector>

namespace protolith::kernels::cpu {

/// For each target pixel and tap, the source pixel that they meet; it separates into the three dimensions.
struct TapRelation {
    Extent target, source, kernel;
    std::array<std::vector<std::int32_t>, 3> met;  // [dimension][target * kernel + tap]: source coordinate, or -1

    std::int64_t taps() const { return volume(kernel); }
    std::int64_t lines(std::int64_t batch) const { return batch * target[0] * target[1]; }
    /// Source lines that the target lines [begin, end) meet, as a range.
    std::array<std::int64_t, 2> source_lines(std::int64_t begin, std::int64_t end) const;
};

/// Targets are the pixels of y, sources those of x; and the other way round.
TapRelation x_met_by_y(const ConvolutionGeometry& geometry);
TapRelation y_met_by_x(const ConvolutionGeometry& geometry);

/// columns[pixel of target lines [begin, end)][tap][channel] = source, zero where nothing is met. A line is a row of
/// pixels along the width; lines are counted through batch, depth and height.
template <class T>
void expand(Queue& queue, const TapRelation& relation, const T* source, std::int64_t channels, std::int64_t begin,
            std::int64_t end, T* columns);

/// The adjoint seen from its result: target[pixel][channel] = sum over taps of columns[source pixel met][tap][channel],
/// for target lines [begin, end); `columns` holds the source lines from `first_source` on. Then the epilogue.
template <class T>
void collapse(Queue& queue, const TapRelation& relation, const float* columns, std::int64_t first_source,
              std::int64_t channels, std::int64_t begin, std::int64_t end, T* target, Epilogue<float> epilogue);

}  // namespace protolith::kernels::cpu
