// One step of Adam for one array of weights (Kingma & Ba 2015, algorithm 1).
#pragma once

#include "queue/kernel.hpp"

namespace protolith::kernels {

struct AdamStep {
    double rate;          // learning rate
    double beta1, beta2;  // decay of the two moments
    double eps;           // added to the square root
    std::int64_t step;    // counts from 1
};

/// m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², w ← w − rate · m̂ / (√v̂ + eps) with m̂ = m / (1 − β₁ᵗ) and
/// v̂ = v / (1 − β₂ᵗ). T: float or double.
PROTOLITH_KERNEL(template <class T>
                 void adam(Queue& queue, const AdamStep& by, const T* g, T* m, T* v, T* w, std::int64_t count))

}  // namespace protolith::kernels
