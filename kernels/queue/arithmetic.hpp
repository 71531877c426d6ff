// How a CUDA queue's libraries may compute: settings that trade accuracy, memory or repeatability for speed. Set before
// the first operation; plans that are already made for other settings are left aside.
#pragma once

#include "queue/queue.hpp"

#include <cstddef>

namespace protolith::kernels {

/// The settings of one queue: queue.state<Arithmetic>(). The CPU backend has no use for them.
struct Arithmetic {
    explicit Arithmetic(Queue& /*queue*/) {}

    /// Operands of float32 convolutions and products rounded to TF32 (10 bits of mantissa) for the tensor cores.
    bool tf32 = false;
    /// Only algorithms that give the same bits at every run.
    bool deterministic = true;
    /// Bytes that a library may ask for during one call.
    std::size_t workspace = std::size_t{1} << 30;
};

}  // namespace protolith::kernels
