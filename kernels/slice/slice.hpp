// Boxes cut out of arrays and set into them: slice, crop, split (slice); zero padding (pad); concatenation (insert).
// Slice and pad are each other's adjoint.
#pragma once

#include "queue/kernel.hpp"

namespace protolith::kernels {

/// A box in a row-major array of `rank` axes: on axis a it takes [origin, origin + extent) of [0, whole).
struct Box {
    static constexpr int max_rank = 6;
    int rank = 0;
    std::int64_t whole[max_rank] = {}, origin[max_rank] = {}, extent[max_rank] = {};
};

/// part = whole[box]. Elements are `element` bytes wide; their type does not matter.
PROTOLITH_KERNEL(void slice(Queue& queue, const Box& box, std::size_t element, const void* whole, void* part))
/// whole = part inside the box, zero bits elsewhere.
PROTOLITH_KERNEL(void pad(Queue& queue, const Box& box, std::size_t element, const void* part, void* whole))
/// whole[box] = part; the rest of `whole` stays as it is.
PROTOLITH_KERNEL(void insert(Queue& queue, const Box& box, std::size_t element, const void* part, void* whole))

}  // namespace protolith::kernels
