// A box as both backends copy it: the fewest axes, the last one in bytes.
#pragma once

#include "slice/slice.hpp"

namespace protolith::kernels {

/// The same box with axes of bytes and as few of them as can be: an axis that the box takes whole joins the one before.
/// At least two axes remain: rows, and the runs in them.
inline Box merged(const Box& box, std::size_t element) {
    Box m;
    const auto append = [&](std::int64_t whole, std::int64_t origin, std::int64_t extent) {
        m.whole[m.rank] = whole, m.origin[m.rank] = origin, m.extent[m.rank] = extent;
        ++m.rank;
    };
    if (box.rank < 2) append(1, 0, 1);
    for (int a = 0; a < box.rank; ++a) {
        const int last = m.rank - 1;
        if (box.extent[a] == box.whole[a] && last >= 0 && (last > 0 || a + 1 < box.rank)) {
            m.whole[last] *= box.whole[a], m.origin[last] *= box.whole[a], m.extent[last] *= box.whole[a];
        } else {
            append(box.whole[a], box.origin[a], box.extent[a]);
        }
    }
    if (m.rank < 2) append(1, 0, 1);
    const auto bytes = static_cast<std::int64_t>(element);
    const int last = m.rank - 1;
    m.whole[last] *= bytes, m.origin[last] *= bytes, m.extent[last] *= bytes;
    return m;
}

/// Items of an array of `count` axes.
inline std::int64_t product(const std::int64_t* sizes, int count) {
    std::int64_t n = 1;
    for (int a = 0; a < count; ++a) n *= sizes[a];
    return n;
}

}  // namespace protolith::kernels
