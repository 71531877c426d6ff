#include "convolution/expansion.hpp"

#include <algorithm>

namespace protolith::kernels::cpu {

TapRelation x_met_by_y(const ConvolutionGeometry& g) {
    TapRelation relation{g.y, g.x, g.kernel, {}};
    for (std::size_t d = 0; d < 3; ++d)
        for (std::int64_t p = 0; p < g.y[d]; ++p)
            for (std::int64_t t = 0; t < g.kernel[d]; ++t) {
                const std::int64_t q = p * g.stride[d] - g.low[d] + t;
                relation.met[d].push_back(static_cast<std::int32_t>(q >= 0 && q < g.x[d] ? q : -1));
            }
    return relation;
}

TapRelation y_met_by_x(const ConvolutionGeometry& g) {
    TapRelation relation{g.x, g.y, g.kernel, {}};
    for (std::size_t d = 0; d < 3; ++d)
        for (std::int64_t q = 0; q < g.x[d]; ++q)
            for (std::int64_t t = 0; t < g.kernel[d]; ++t) {
                const std::int64_t above = q + g.low[d] - t, p = above / g.stride[d];
                const bool meets = above >= 0 && above % g.stride[d] == 0 && p < g.y[d];
                relation.met[d].push_back(static_cast<std::int32_t>(meets ? p : -1));
            }
    return relation;
}

std::array<std::int64_t, 2> TapRelation::source_lines(std::int64_t begin, std::int64_t end) const {
    std::int64_t first = INT64_MAX, last = -1;
    for (std::int64_t line = begin; line < end; ++line) {
        const std::int64_t n = line / (target[0] * target[1]), d = line / target[1] % target[0], h = line % target[1];
        for (std::int64_t td = 0; td < kernel[0]; ++td)
            for (std::int64_t th = 0; th < kernel[1]; ++th) {
                const std::int64_t sd = met[0][d * kernel[0] + td], sh = met[1][h * kernel[1] + th];
                if (sd < 0 || sh < 0) continue;
                const std::int64_t met_line = (n * source[0] + sd) * source[1] + sh;
                first = std::min(first, met_line);
                last = std::max(last, met_line);
            }
    }
    return last < 0 ? std::array<std::int64_t, 2>{0, 0} : std::array<std::int64_t, 2>{first, last + 1};
}

}  // namespace protolith::kernels::cpu
