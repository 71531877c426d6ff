// The formulas of normalisation, forward and backward: x̂ = (x − mean) / √(variance + eps), z = γ x̂ + β and
// y = z > 0 ? z : slope · z. Rows (one value for each group) stand after the elements; scale is γ / √(variance + eps).
#pragma once

#include "reduce/terms.hpp"

namespace protolith::kernels::formula {

/// The deviation from a value and its square.
struct Deviation {
    static constexpr int sums = 2;
    template <class A>
    PROTOLITH_HOST_DEVICE Terms<A, 2> operator()(A x, A centre) const {
        const A d = x - centre;
        return {{d, d * d}};
    }
};

/// y. Slope 1 is no activation, 0 is ReLU, between them LeakyReLU.
struct Normalise {
    double slope;
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x, A mean, A scale, A shift) const {
        const A z = (x - mean) * scale + shift, below = static_cast<A>(slope);
        return (z > A{0} ? A{1} : below) * z;
    }
};

/// The addends of ∂/∂β and, short of the factor 1 / √(variance + eps), of ∂/∂γ, from g = ∂/∂y.
struct NormaliseSums {
    static constexpr int sums = 2;
    double slope;
    template <class A>
    PROTOLITH_HOST_DEVICE Terms<A, 2> operator()(A x, A g, A mean, A scale, A shift) const {
        const A d = x - mean, below = static_cast<A>(slope);
        const A u = (d * scale + shift > A{0} ? A{1} : below) * g;
        return {{u, u * d}};
    }
};

/// ∂/∂x = scale · (u − mean(u) − x̂ mean(u x̂)): `offset` is scale · mean(u), `pull` is what multiplies x − mean.
struct NormaliseBackward {
    double slope;
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A x, A g, A mean, A scale, A shift, A offset, A pull) const {
        const A d = x - mean, below = static_cast<A>(slope);
        const A u = (d * scale + shift > A{0} ? A{1} : below) * g;
        return scale * u - offset - d * pull;
    }
};

/// The rows `offset` and `pull` of one group for NormaliseBackward, from its sums; `share` is 1 / rows.
template <class A>
struct BackwardRow {
    A offset, pull;
};
template <class A>
PROTOLITH_HOST_DEVICE BackwardRow<A> backward_row(bool centred, A scale, A rstd, A sum, A product, A share) {
    return {centred ? scale * sum * share : A{0}, rstd * scale * product * share};
}

/// Σ g and Σ x̂ g.
struct ProjectSums {
    static constexpr int sums = 2;
    template <class A>
    PROTOLITH_HOST_DEVICE Terms<A, 2> operator()(A hat, A g) const {
        return {{g, hat * g}};
    }
};

/// g − mean(g) − x̂ mean(x̂ g)
struct Project {
    template <class A>
    PROTOLITH_HOST_DEVICE A operator()(A hat, A g, A mean, A product) const {
        return g - mean - hat * product;
    }
};

}  // namespace protolith::kernels::formula
