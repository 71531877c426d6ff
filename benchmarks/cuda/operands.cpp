#include "case.hpp"
#include "dropout/dropout.hpp"
#include "memory/system.hpp"
#include "pointwise/cast.hpp"

namespace protolith::benchmarks {

void* Operands::allocate(std::size_t bytes) {
    memory_.push_back(std::make_unique<kernels::Scratch>(queue_, bytes));
    return memory_.back()->as<void>();
}

template <class T>
T* Operands::constant(std::int64_t count, double value) {
    auto* made = static_cast<T*>(allocate(static_cast<std::size_t>(count) * sizeof(T)));
    PROTOLITH_LAUNCH(queue_, fill(queue_, value, made, count));
    return made;
}

template <class T>
T* Operands::array(std::int64_t count) {
    T* const made = constant<T>(count, 0.5);
    const auto stream = static_cast<std::uint32_t>(memory_.size());
    PROTOLITH_LAUNCH(queue_, dropout(queue_, count, 0.5, {.seed = 1, .stream = stream, .step = 0},
                                     static_cast<const T*>(made), made));
    return made;
}

template <class T>
T* Operands::zeros(std::int64_t count) {
    auto* made = static_cast<T*>(allocate(static_cast<std::size_t>(count) * sizeof(T)));
    PROTOLITH_LAUNCH(queue_, fill_zero(queue_, made, static_cast<std::size_t>(count) * sizeof(T)));
    return made;
}

template float* Operands::constant(std::int64_t, double);
template kernels::bfloat16* Operands::constant(std::int64_t, double);
template double* Operands::constant(std::int64_t, double);
template float* Operands::array(std::int64_t);
template kernels::bfloat16* Operands::array(std::int64_t);
template double* Operands::array(std::int64_t);
template float* Operands::zeros(std::int64_t);
template double* Operands::zeros(std::int64_t);
template std::int32_t* Operands::zeros(std::int64_t);
template std::uint8_t* Operands::zeros(std::int64_t);

std::string name_of(DataType type) {
    return type == DataType::float32 ? "float32" : type == DataType::bfloat16 ? "bfloat16" : "float64";
}

}  // namespace protolith::benchmarks
