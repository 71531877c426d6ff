// Adam's formula for one weight, with what depends on the step alone computed before.
#pragma once

#include "optimise/adam.hpp"

#include <cmath>

namespace protolith::kernels::formula {

template <class T>
struct Adam {
    explicit Adam(const AdamStep& by)
        : decay1(static_cast<T>(by.beta1)),
          decay2(static_cast<T>(by.beta2)),
          share1(static_cast<T>(1 - by.beta1)),
          share2(static_cast<T>(1 - by.beta2)),
          rate(static_cast<T>(by.rate / (1 - std::pow(by.beta1, static_cast<double>(by.step))))),
          root(static_cast<T>(1 / std::sqrt(1 - std::pow(by.beta2, static_cast<double>(by.step))))),
          eps(static_cast<T>(by.eps)) {}

    PROTOLITH_HOST_DEVICE void operator()(T g, T& m, T& v, T& w) const {
        m = decay1 * m + share1 * g;
        v = decay2 * v + share2 * g * g;
        w -= rate * m / (std::sqrt(v) * root + eps);
    }

    T decay1, decay2, share1, share2;
    T rate;  // over 1 − β₁ᵗ
    T root;  // 1 / √(1 − β₂ᵗ)
    T eps;
};

}  // namespace protolith::kernels::formula
