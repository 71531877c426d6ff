#include "train/staged.hpp"

#include "base/error.hpp"

#include <algorithm>

namespace protolith::train {

Staged::Staged(Queue& queue, const Shape& shape, DataType type, Fill fill)
    : tensor_(queue, shape, type), fill_(std::move(fill)), staging_(queue, tensor_.bytes()) {
    require(type != DataType::float64, "values are made in float32, and rounded to bfloat16; not in float64");
    if (type == DataType::bfloat16) values_.resize(static_cast<std::size_t>(shape.elements()));
}

void Staged::prepare(std::uint64_t update) {
    if (prepared_ == update) return;
    void* const buffer = staging_.open();
    if (tensor_.type() == DataType::bfloat16) {
        fill_(update, values_);
        std::copy(values_.begin(), values_.end(), static_cast<kernels::bfloat16*>(buffer));
    } else {
        fill_(update, {static_cast<float*>(buffer), static_cast<std::size_t>(tensor_.elements())});
    }
    prepared_ = update;
}

const Tensor& Staged::take(std::uint64_t update) {
    prepare(update);
    staging_.send_to(tensor_.raw());
    tensor_.changed();
    prepared_.reset();
    return tensor_;
}

}  // namespace protolith::train
