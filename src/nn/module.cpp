#include "nn/module.hpp"

#include <fmt/format.h>

namespace protolith::nn {

Parameter Placement::parameter(std::string name, const Shape& shape, Normal initial) const {
    return {std::move(name), Var(Tensor(queue, shape, accumulator_of(type)), true), initial};
}

Buffer Placement::buffer(std::string name, const Shape& shape, Normal initial) const {
    return {std::move(name), Tensor(queue, shape, accumulator_of(type)), initial};
}

void Module::rows(const std::string& name, const Shape& input, std::vector<LayerRow>& to) const {
    to.push_back({name, describe(), output_shape(input), parameter_count(*this), operations(input)});
}

std::string activation_suffix(double slope) {
    if (slope == 1.0) return "";
    return slope == 0.0 ? ", ReLU" : fmt::format(", LeakyReLU {}", slope);
}

std::int64_t parameter_count(const Module& module) {
    std::int64_t count = 0;
    for (const auto& parameter : module.parameters()) count += parameter.var.value().elements();
    return count;
}

}  // namespace protolith::nn
