#include "train/staged.hpp"

#include "base/error.hpp"

#include <algorithm>

namespace protolith::train {

Staged::Staged(Queue& queue, const Shape& shape, DataType type, Fill fill)
    : queue_(queue),
      shape_(shape),
      type_(type),
      fill_(std::move(fill)),
      staging_(queue, static_cast<std::size_t>(shape.elements()) * kernels::size_of(type)) {
    require(type != DataType::float64, "values are made in float32, and rounded to bfloat16; not in float64");
    if (type == DataType::bfloat16) values_.resize(static_cast<std::size_t>(shape.elements()));
}

void Staged::prepare(std::uint64_t update) {
    if (prepared_ == update) return;
    void* const buffer = staging_.open();
    const auto count = static_cast<std::size_t>(shape_.elements());
    if (type_ == DataType::bfloat16) {
        fill_(update, values_);
        std::copy(values_.begin(), values_.end(), static_cast<kernels::bfloat16*>(buffer));
    } else {
        fill_(update, {static_cast<float*>(buffer), count});
    }
    prepared_ = update;
}

Tensor Staged::take(std::uint64_t update) {
    prepare(update);
    const Tensor tensor(queue_, shape_, type_);
    staging_.send_to(tensor.raw());
    prepared_.reset();
    return tensor;
}

}  // namespace protolith::train
