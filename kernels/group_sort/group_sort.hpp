// GroupSort (Anil, Lucas & Grosse 2019, ICML): channels in groups of neighbours, each group in ascending order. It is a
// gather whose places are constant almost everywhere, so its derivatives are gathers and scatters through saved places.
#pragma once

#include "queue/kernel.hpp"

namespace protolith::kernels {

/// Bytes that `groups` groups of `size` channels keep: for pairs one each (1: swapped), else one for every element (the
/// place in its group that it was taken from).
constexpr std::int64_t group_places(std::int64_t groups, std::int64_t size) {
    return size == 2 ? groups : groups * size;
}

/// y = x with every group sorted, equal values in their order, 2 ≤ size ≤ 256; `places` has group_places() bytes.
PROTOLITH_KERNEL(template <class T> void group_sort(Queue& queue, std::int64_t groups, std::int64_t size, const T* x,
                                                    T* y, std::uint8_t* places))
/// y = x through the places of an earlier sort.
PROTOLITH_KERNEL(template <class T> void group_gather(Queue& queue, std::int64_t groups, std::int64_t size, const T* x,
                                                      const std::uint8_t* places, T* y))
/// The inverse of group_gather, and its adjoint.
PROTOLITH_KERNEL(template <class T> void group_scatter(Queue& queue, std::int64_t groups, std::int64_t size, const T* y,
                                                       const std::uint8_t* places, T* x))

}  // namespace protolith::kernels
