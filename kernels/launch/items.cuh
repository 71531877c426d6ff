// Grid-stride loops whose index is as narrow as the number of items allows, and is taken apart by Divisors.
#pragma once

#include "launch/divisor.hpp"
#include "launch/launch.cuh"

namespace protolith::kernels::cuda {

/// First item of this thread and the step to its next in a grid-stride loop, as the loop's own index.
template <class Index>
__device__ Index thread_index() {
    return static_cast<Index>(first_item());
}
template <class Index>
__device__ Index thread_count() {
    return static_cast<Index>(item_stride());
}

/// Calls call.operator()<Index>() with the narrowest index that counts `items` and one stride of any grid beyond them.
/// T double always takes the wide one: doubles serve tests, which so meet it without arrays of gigabytes.
template <class T, class Call>
void with_index(std::int64_t items, Call&& call) {
    if constexpr (!std::is_same_v<T, double>) {
        if (items < std::int64_t{1} << 30) return call.template operator()<std::uint32_t>();
    }
    call.template operator()<std::uint64_t>();
}

}  // namespace protolith::kernels::cuda
