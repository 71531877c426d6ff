// GroupSort (Anil, Lucas & Grosse 2019, ICML) as a layer.
#pragma once

#include "nn/module.hpp"

namespace protolith::nn {

/// Groups of neighbouring channels, each in ascending order.
class GroupSort : public Module {
  public:
    explicit GroupSort(std::int64_t group = 2) : group_(group) {}
    Var forward(const Var& x, const Pass& pass) override;
    Shape output_shape(const Shape& input) const override;
    std::string describe() const override;

  private:
    std::int64_t group_;
};

}  // namespace protolith::nn
