// Resizing, pooling by averages and reflecting are one linear map for each spatial axis: place o of the output is a
// weighted sum of a few places of the input. A separable map applies one of them to each axis.
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

namespace protolith::kernels {

class Queue;

enum class AxisRule : std::uint8_t {
    nearest,  // o takes ⌊o·in/out⌋
    linear,   // half-pixel centres: o lies at (o + ½)·in/out − ½, clamped to the axis (align_corners = false)
    average,  // o takes the mean of [o·stride − pad, o·stride − pad + window); padding counts as zeros
    reflect,  // o takes o − pad, mirrored about the first and the last place, which are not repeated
};

/// One axis: from `in` places to `out`.
struct AxisMap {
    AxisRule rule = AxisRule::nearest;
    std::int64_t in = 1, out = 1;
    std::int64_t window = 1, stride = 1, pad = 0;

    auto operator<=>(const AxisMap&) const = default;
};

/// The map's matrix by rows: place o sums weight[t]·input[index[t]] over t in [start[o], start[o + 1]).
struct AxisTable {
    std::int64_t in = 1, out = 1;
    std::vector<std::int32_t> start, index;
    std::vector<double> weight;
    /// Every place takes exactly one place, with weight 1: the map is a copy.
    bool copies = true;
    /// The most places that one sums.
    int most = 1;
};

/// The matrix of `map`, or its transpose.
AxisTable make_table(const AxisMap& map, bool transposed);

/// The same, made once for each queue.
const AxisTable& table_of(Queue& queue, const AxisMap& map, bool transposed);

}  // namespace protolith::kernels
