#include "tensor/tensor.hpp"

#include "base/error.hpp"
#include "convolution/convolution.hpp"
#include "memory/system.hpp"
#include "pointwise/map.hpp"

#include <atomic>

namespace protolith {
namespace {

std::uint64_t next_identity() {
    static std::atomic<std::uint64_t> count{0};
    return ++count;
}

template <class Host>
Tensor uploaded(Queue& queue, const Shape& shape, DataType type, std::span<const Host> values) {
    require(static_cast<std::int64_t>(values.size()) == shape.elements(), "{} values for a tensor of shape {}",
            values.size(), shape.text());
    Tensor result(queue, shape, type);
    with_type(type, [&]<class T>(T) {
        std::vector<T> rounded(values.size());
        for (std::size_t i = 0; i < values.size(); ++i) rounded[i] = static_cast<T>(static_cast<float>(values[i]));
        if constexpr (std::is_same_v<T, double>) std::copy(values.begin(), values.end(), rounded.begin());
        PROTOLITH_LAUNCH(queue, copy_in(queue, result.raw(), rounded.data(), result.bytes()));
    });
    return result;
}

template <class Host>
std::vector<Host> downloaded(const Tensor& tensor) {
    std::vector<Host> values(static_cast<std::size_t>(tensor.elements()));
    with_type(tensor.type(), [&]<class T>(T) {
        std::vector<T> raw(values.size());
        PROTOLITH_LAUNCH(tensor.queue(), copy_out(tensor.queue(), raw.data(), tensor.raw(), tensor.bytes()));
        for (std::size_t i = 0; i < raw.size(); ++i) values[i] = static_cast<Host>(raw[i]);
    });
    return values;
}

}  // namespace

/// Elements from the queue's pool; they go back when the last tensor that shares them goes, and so does what caches
/// made of them.
struct Tensor::Storage {
    Storage(Queue& owner, std::size_t size)
        : queue(owner), pool(queue.pool()), bytes(size), data(pool->allocate(size)), identity(next_identity()) {}
    ~Storage() {
        if (named) PROTOLITH_LAUNCH(queue, forget_weights(queue, identity));
        pool->release(data, bytes);
    }
    Storage(const Storage&) = delete;
    Storage& operator=(const Storage&) = delete;

    Queue& queue;
    std::shared_ptr<kernels::Pool> pool;
    std::size_t bytes;
    void* data;
    std::uint64_t identity, version = 0;
    bool named = false;  // somebody asked for the identity
};

const char* name_of(DataType type) {
    return type == DataType::float32 ? "float32" : type == DataType::bfloat16 ? "bfloat16" : "float64";
}

Tensor::Tensor(Queue& queue, const Shape& shape, DataType type) : Tensor(shape_only(queue, shape, type)) {
    storage_ = std::make_shared<Storage>(queue, bytes());
}

Tensor Tensor::shape_only(Queue& queue, const Shape& shape, DataType type) {
    Tensor result;
    result.queue_ = &queue;
    result.shape_ = shape;
    result.type_ = type;
    return result;
}

Tensor Tensor::zeros(Queue& queue, const Shape& shape, DataType type) {
    Tensor result(queue, shape, type);
    PROTOLITH_LAUNCH(queue, fill_zero(queue, result.raw(), result.bytes()));
    return result;
}

Tensor Tensor::full(Queue& queue, const Shape& shape, DataType type, double value) {
    Tensor result(queue, shape, type);
    result.fill(value);
    return result;
}

Tensor Tensor::from(Queue& queue, const Shape& shape, DataType type, std::span<const float> values) {
    return uploaded(queue, shape, type, values);
}

Tensor Tensor::from(Queue& queue, const Shape& shape, DataType type, std::span<const double> values) {
    return uploaded(queue, shape, type, values);
}

void* Tensor::checked(DataType wanted) const {
    require(storage_ != nullptr, "a tensor of shape {} has no elements to read", shape_.text());
    require(wanted == type_, "a tensor of {} was taken for {}", name_of(type_), name_of(wanted));
    return static_cast<char*>(storage_->data) + static_cast<std::size_t>(offset_) * kernels::size_of(type_);
}

Tensor Tensor::reshaped(const Shape& shape) const {
    require(shape.elements() == elements(), "shape {} cannot become {}", shape_.text(), shape.text());
    Tensor result = *this;
    result.shape_ = shape;
    return result;
}

Tensor Tensor::rows(std::int64_t begin, std::int64_t end) const {
    require(begin >= 0 && begin <= end && end <= shape_[0], "shape {} has no rows {} to {}", shape_.text(), begin, end);
    Tensor result = *this;
    result.shape_ = shape_.with(0, end - begin);
    result.offset_ += begin * shape_.product(1, shape_.rank());
    return result;
}

Tensor Tensor::clone() const {
    Tensor result(*queue_, shape_, type_);
    result.assign(*this);
    return result;
}

void Tensor::assign(const Tensor& other) const {
    require(other.shape_ == shape_ && other.type_ == type_, "{} {} cannot take the elements of {} {}", name_of(type_),
            shape_.text(), name_of(other.type_), other.shape_.text());
    PROTOLITH_LAUNCH(*queue_, copy(*queue_, raw(), other.raw(), bytes()));
    changed();
}

void Tensor::fill(double value) const {
    PROTOLITH_LAUNCH(*queue_, fill_zero(*queue_, raw(), bytes()));
    if (value != 0)
        with_type(type_, [&]<class T>(T) {
            T* const at = data<T>();
            PROTOLITH_LAUNCH(*queue_, map(*queue_, kernels::formula::Shift{value}, at, at, elements()));
        });
    changed();
}

std::vector<float> Tensor::to_floats() const { return downloaded<float>(*this); }
std::vector<double> Tensor::to_doubles() const { return downloaded<double>(*this); }

double Tensor::item() const {
    require(elements() == 1, "a tensor of shape {} is not one number", shape_.text());
    return to_doubles()[0];
}

std::uint64_t Tensor::identity() const noexcept {
    if (!storage_) return 0;
    storage_->named = true;
    return storage_->identity;
}
std::uint64_t Tensor::version() const noexcept { return storage_ ? storage_->version : 0; }
void Tensor::changed() const noexcept {
    if (storage_) ++storage_->version;
}

}  // namespace protolith
