#include "nn/minibatch_stddev.hpp"

#include "autograd/minibatch_stddev.hpp"
#include "base/error.hpp"

namespace protolith::nn {

Var MinibatchStddev::forward(const Var& x, const Pass&) { return autograd::minibatch_stddev(x, groups_); }

Shape MinibatchStddev::output_shape(const Shape& input) const {
    require_input(input[0] % groups_ == 0, "a batch of {} samples is not {} batches of one size", input[0], groups_);
    return input.with(-1, input[-1] + 1);
}

}  // namespace protolith::nn
