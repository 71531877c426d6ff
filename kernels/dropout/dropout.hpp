// Dropout (Srivastava et al. 2014, JMLR 15:1929) with counter-based random numbers: which elements stay is a pure
// function of (seed, stream, step, index), so that the mask is the same on any number of threads and is made again in
// the backward instead of being kept.
#pragma once

#include "queue/kernel.hpp"

namespace protolith::kernels {

/// Names a mask: the run's seed, the layer, the training step.
struct DropoutKey {
    std::uint64_t seed = 0;
    std::uint32_t stream = 0, step = 0;
};

/// Elements of one block of Philox4x32-10 (Salmon et al. 2011, SC'11), each with 16 of its bits.
constexpr std::int64_t dropout_block = 8;

/// The probability in steps of 2⁻¹⁶: an element goes when its 16 bits are below.
constexpr std::uint32_t dropout_threshold(double probability) {
    const double steps = probability * 65536.0 + 0.5;
    return steps < 0 ? 0 : steps > 65535.0 ? 65535 : static_cast<std::uint32_t>(steps);
}

/// y = x/(1 − p) where an element stays, 0 where it goes; p is `probability` rounded to a multiple of 2⁻¹⁶ below 1.
/// Element i has bits 16·(i mod 2) … + 15 of word i/2 mod 4 of the Philox block with key `seed` and counter
/// (i/8 mod 2³², i/8 div 2³², stream + 2³¹, step). A linear map, its own adjoint.
PROTOLITH_KERNEL(template <class T> void dropout(Queue& queue, std::int64_t elements, double probability,
                                                 const DropoutKey& key, const T* x, T* y))

}  // namespace protolith::kernels
