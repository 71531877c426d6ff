// Standard normal values, the same for the same `item`.
#pragma once

#include "base/random.hpp"
#include "tensor/tensor.hpp"

#include <vector>

namespace protolith::models {

inline Tensor noise(Queue& queue, const Shape& shape, DataType type, std::uint32_t item = 0) {
    RandomStream random(8, RandomPurpose::test, item);
    std::vector<double> values(static_cast<std::size_t>(shape.elements()));
    for (double& value : values) value = random.normal();
    return Tensor::from(queue, shape, type, values);
}

}  // namespace protolith::models
