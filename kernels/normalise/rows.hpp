// The rows that the normalisation's formulas read, prepared from statistics and parameters that may be absent.
#pragma once

#include "normalise/normalise.hpp"

#include <algorithm>

namespace protolith::kernels::cpu {

/// mean, scale = γ · rstd and shift = β for each outer index and channel.
template <class A>
class AffineRows {
  public:
    AffineRows(Queue& queue, const Groups& groups, const Normalisation<A>& by)
        : scratch_(queue, 3 * static_cast<std::size_t>(groups.count()) * sizeof(A)) {
        const std::int64_t count = groups.count();
        A *const centre = scratch_.as<A>(), *const factor = centre + count, *const offset = factor + count;
        if (!by.mean) std::fill_n(centre, count, A{0});
        for (std::int64_t o = 0; o < count; o += groups.channels)
            for (std::int64_t c = 0; c < groups.channels; ++c) {
                factor[o + c] = by.gamma ? by.gamma[c] * by.rstd[o + c] : by.rstd[o + c];
                offset[o + c] = by.beta ? by.beta[c] : A{0};
            }
        mean = by.mean ? by.mean : centre;
        scale = factor;
        shift = offset;
    }

    const A *mean, *scale, *shift;

  private:
    Scratch scratch_;
};

}  // namespace protolith::kernels::cpu
