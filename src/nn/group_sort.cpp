#include "nn/group_sort.hpp"

#include "autograd/group_sort.hpp"
#include "base/error.hpp"

namespace protolith::nn {

Var GroupSort::forward(const Var& x, const Pass&) { return autograd::group_sort(x, group_); }

Shape GroupSort::output_shape(const Shape& input) const {
    require_input(input[-1] % group_ == 0, "{} needs channels that {} divides; the input is {}", describe(), group_,
                  input.text());
    return input;
}

std::string GroupSort::describe() const { return fmt::format("GroupSort {}", group_); }

}  // namespace protolith::nn
