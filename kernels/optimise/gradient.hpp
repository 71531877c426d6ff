// Gradients before the optimiser's step: their norm, clipping by it, and a look for what is not finite. Results stay in
// device memory, so that many arrays are served before the host waits once.
#pragma once

#include "queue/kernel.hpp"

namespace protolith::kernels {

/// *total += Σ g². T: float or double.
PROTOLITH_KERNEL(template <class T> void add_squared_norm(Queue& queue, const T* g, std::int64_t count, double* total))

/// g ← g · min(1, limit / (√*squared_norm + 1e-6)): clipping by the norm of all gradients together (Pascanu et al.
/// 2013), as PyTorch's clip_grad_norm_.
PROTOLITH_KERNEL(template <class T>
                 void clip(Queue& queue, const double* squared_norm, double limit, T* g, std::int64_t count))

/// Sets *found to 1 where a value is NaN or infinite; leaves it otherwise. T: float, bfloat16 or double.
PROTOLITH_KERNEL(template <class T>
                 void find_non_finite(Queue& queue, const T* x, std::int64_t count, std::int32_t* found))

}  // namespace protolith::kernels
