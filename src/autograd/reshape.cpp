#include "autograd/reshape.hpp"

namespace protolith::autograd {

Var reshape(const Var& x, const Shape& shape) {
    if (x.shape() == shape) return x;
    return record(x.value().reshaped(shape), {x},
                  {[before = x.shape()](auto&, auto& g) { return reshape(g, before); }});
}

}  // namespace protolith::autograd
