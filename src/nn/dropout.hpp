// Dropout (Srivastava et al. 2014, JMLR 15:1929) as a layer.
#pragma once

#include "nn/module.hpp"

namespace protolith::nn {

/// In training each element is dropped with this probability, in inference none. `stream` tells the dropouts of one
/// network apart; the pass's seed and number do the rest.
class Dropout : public Module {
  public:
    Dropout(double probability, std::uint32_t stream);
    Var forward(const Var& x, const Pass& pass) override;
    Shape output_shape(const Shape& input) const override { return input; }
    std::string describe() const override;

  private:
    double probability_;
    std::uint32_t stream_;
};

}  // namespace protolith::nn
