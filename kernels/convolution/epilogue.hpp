// What follows a convolution on the GPU, in place.
#pragma once

#include "convolution/convolution.hpp"

namespace protolith::kernels::cuda {

/// values (pixels, channels): + bias of the channel, then those that are not positive times the slope. Nothing is
/// launched where neither is asked for.
template <class T>
void apply_epilogue(Queue& queue, T* values, std::int64_t pixels, std::int64_t channels,
                    const Epilogue<accumulator_t<T>>& epilogue);

}  // namespace protolith::kernels::cuda
