// Minibatch standard deviation (Karras et al. 2018, ICLR) as a layer: one more channel.
#pragma once

#include "nn/module.hpp"

namespace protolith::nn {

/// The new last channel is the mean over all features of the batch's standard deviation. `groups`: see
/// autograd/minibatch_stddev.hpp.
class MinibatchStddev : public Module {
  public:
    explicit MinibatchStddev(std::int64_t groups = 1) : groups_(groups) {}
    Var forward(const Var& x, const Pass& pass) override;
    Shape output_shape(const Shape& input) const override;
    std::string describe() const override { return "MinibatchStddev"; }

  private:
    std::int64_t groups_;
};

}  // namespace protolith::nn
