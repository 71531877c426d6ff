#include "autograd/cast.hpp"

#include "autograd/pointwise.hpp"

namespace protolith::autograd {

Var cast(const Var& x, DataType type) {
    const DataType from = x.type();
    if (from == type) return x;
    return record(converted(x.value(), type), {x}, {[from](auto&, auto& g) { return cast(g, from); }});
}

}  // namespace protolith::autograd
