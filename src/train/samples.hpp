// What a training set is to the trainer: a number of equal images, loaded by number.
#pragma once

#include "tensor/shape.hpp"

#include <functional>

namespace protolith::train {

struct Samples {
    std::size_t count = 0;
    Shape shape;  ///< of one image: (rows, columns, channels)
    /// Writes image k, channels last, values in [−1, 1].
    std::function<void(std::size_t k, float* image)> load;
};

}  // namespace protolith::train
