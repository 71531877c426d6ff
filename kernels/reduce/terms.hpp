// What is summed: functions of the elements of some tensors and of the group's rows, with one or more results.
#pragma once

#include "queue/types.hpp"

namespace protolith::kernels {

/// The addends of K sums that are formed together.
template <class A, int K>
struct Terms {
    A value[K];
};

namespace formula {

struct Value {
    static constexpr int sums = 1;
    template <class A>
    PROTOLITH_HOST_DEVICE Terms<A, 1> operator()(A x) const {
        return {{x}};
    }
};

struct SquaredValue {
    static constexpr int sums = 1;
    template <class A>
    PROTOLITH_HOST_DEVICE Terms<A, 1> operator()(A x) const {
        return {{x * x}};
    }
};

struct Product {
    static constexpr int sums = 1;
    template <class A>
    PROTOLITH_HOST_DEVICE Terms<A, 1> operator()(A x, A y) const {
        return {{x * y}};
    }
};

}  // namespace formula
}  // namespace protolith::kernels
