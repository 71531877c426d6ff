// A tensor whose values the host makes: one update ahead, while the device is at the one before. It lies at one place
// of the device's memory, where a captured step (queue/graph.hpp) finds it.
#pragma once

#include "memory/staging.hpp"
#include "tensor/tensor.hpp"

#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace protolith::train {

class Staged {
  public:
    /// Writes the values of update `update`, in the tensor's order.
    using Fill = std::function<void(std::uint64_t update, std::span<float> values)>;

    /// float32 or bfloat16 (rounded). The queue must outlive this object.
    Staged(Queue& queue, const Shape& shape, DataType type, Fill fill);

    /// Makes the values of an update that will be taken next. Does not wait for the device unless it is two behind.
    void prepare(std::uint64_t update);
    /// The tensor with the values of an update, prepared or not; overwritten by the next, in the queue's order.
    const Tensor& take(std::uint64_t update);

  private:
    Tensor tensor_;
    Fill fill_;
    kernels::Staging staging_;
    std::vector<float> values_;  // before they are rounded
    std::optional<std::uint64_t> prepared_;
};

}  // namespace protolith::train
