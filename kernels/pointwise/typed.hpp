// What pointwise loops share: from an element type known at run time to one known at compile time.
#pragma once

#include "queue/types.hpp"

namespace protolith::kernels {

/// Fewer elements than these are not worth a second thread.
constexpr std::int64_t pointwise_grain = 16384;

/// Calls work(T{}) for the type named.
template <class Work>
void for_type(DataType type, Work&& work) {
    switch (type) {
        case DataType::float32:
            return work(float{});
        case DataType::bfloat16:
            return work(bfloat16{});
        case DataType::float64:
            return work(double{});
    }
}

}  // namespace protolith::kernels
