#include "nn/module.hpp"

namespace protolith::nn {

Parameter Placement::parameter(std::string name, const Shape& shape, Normal initial) const {
    return {std::move(name), Var(Tensor(queue, shape, accumulator_of(type)), true), initial};
}

Buffer Placement::buffer(std::string name, const Shape& shape, Normal initial) const {
    return {std::move(name), Tensor(queue, shape, accumulator_of(type)), initial};
}

void Module::rows(const std::string& name, const Shape& input, std::vector<LayerRow>& to) const {
    to.push_back({name, describe(), output_shape(input), parameter_count(*this)});
}

std::int64_t parameter_count(const Module& module) {
    std::int64_t count = 0;
    for (const auto& parameter : module.parameters()) count += parameter.var.value().elements();
    return count;
}

}  // namespace protolith::nn
