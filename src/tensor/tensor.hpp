// An array on a device: contiguous, channels last, float32, bfloat16 or (in tests) float64. A copy shares the elements.
#pragma once

#include "queue/kernel.hpp"
#include "tensor/shape.hpp"

#include <memory>
#include <span>
#include <vector>

namespace protolith {

using kernels::DataType;
using kernels::Queue;

const char* name_of(DataType type);

/// The type of weights, statistics, losses and sums beside activations of `type`: float32 for bfloat16, else the same.
constexpr DataType accumulator_of(DataType type) { return type == DataType::bfloat16 ? DataType::float32 : type; }

class Tensor {
  public:
    Tensor() = default;
    /// Undefined elements. The queue must outlive the tensor.
    Tensor(Queue& queue, const Shape& shape, DataType type);
    static Tensor zeros(Queue& queue, const Shape& shape, DataType type);
    static Tensor full(Queue& queue, const Shape& shape, DataType type, double value);
    /// From host values, rounded to `type`; as many as the shape has elements.
    static Tensor from(Queue& queue, const Shape& shape, DataType type, std::span<const float> values);
    static Tensor from(Queue& queue, const Shape& shape, DataType type, std::span<const double> values);
    /// A shape and type without elements: the value of a recorded step whose result nobody may read.
    static Tensor shape_only(Queue& queue, const Shape& shape, DataType type);

    explicit operator bool() const noexcept { return queue_ != nullptr; }
    const Shape& shape() const noexcept { return shape_; }
    DataType type() const noexcept { return type_; }
    Queue& queue() const noexcept { return *queue_; }
    std::int64_t elements() const noexcept { return shape_.elements(); }
    std::size_t bytes() const noexcept { return static_cast<std::size_t>(elements()) * kernels::size_of(type_); }

    /// The elements on the device. T must be the tensor's type, and the tensor must have elements: else an Error.
    template <class T>
    T* data() const {
        return static_cast<T*>(checked(kernels::data_type_of<T>()));
    }
    void* raw() const { return checked(type_); }

    /// The same elements in another shape of equal size.
    Tensor reshaped(const Shape& shape) const;
    /// The same elements [begin, end) of the outermost axis.
    Tensor rows(std::int64_t begin, std::int64_t end) const;
    /// A copy with elements of its own.
    Tensor clone() const;
    /// Overwrites the elements with those of another tensor of the same shape and type.
    void assign(const Tensor& other) const;
    /// Makes every element `value`, without a copy from the host.
    void fill(double value) const;

    /// The elements as host values.
    std::vector<float> to_floats() const;
    std::vector<double> to_doubles() const;
    /// The only element of a tensor with one.
    double item() const;

    /// No other tensor shares these elements.
    bool sole_owner() const noexcept { return storage_.use_count() == 1; }
    /// Names the elements for caches of weights prepared for convolutions, which forget them when the elements go:
    /// `identity` is unique in the process, `version` counts changes.
    std::uint64_t identity() const noexcept;
    std::uint64_t version() const noexcept;
    /// Says that the elements were changed in place.
    void changed() const noexcept;

  private:
    struct Storage;
    void* checked(DataType wanted) const;

    Queue* queue_ = nullptr;
    Shape shape_;
    DataType type_ = DataType::float32;
    std::shared_ptr<Storage> storage_;
    std::int64_t offset_ = 0;  // in elements
};

/// Calls f with a value of the C++ type that `type` names: with_type(t.type(), [&]<class T>(T) { … t.data<T>() … }).
template <class F>
decltype(auto) with_type(DataType type, F&& f) {
    switch (type) {
        case DataType::bfloat16:
            return f(kernels::bfloat16(0.0F));
        case DataType::float64:
            return f(double{});
        default:
            return f(float{});
    }
}

/// The same for the types of weights and sums: float32 and float64. bfloat16 is an Error.
template <class F>
decltype(auto) with_accumulator_type(DataType type, F&& f) {
    return accumulator_of(type) == DataType::float64 ? f(double{}) : f(float{});
}

}  // namespace protolith
