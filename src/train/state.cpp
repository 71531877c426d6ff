#include "train/state.hpp"

#include <algorithm>
#include <cmath>

namespace protolith::train {

bool finite(const Tensor& tensor) {
    const auto values = tensor.to_doubles();
    return std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
}

void save_tensor(io::CheckpointWriter& writer, const std::string& name, const Tensor& tensor) {
    if (tensor.type() == DataType::float64)
        writer.replicated(name, tensor.to_doubles());
    else
        writer.replicated(name, tensor.to_floats());
}

void load_tensor(const io::Checkpoint& checkpoint, const std::string& name, const Tensor& to) {
    const std::string file = checkpoint.path().string();
    require_input(checkpoint.contains(name), "{}: holds no '{}'", file, name);
    const auto load = [&]<class T>(T) {
        const auto values = checkpoint.replicated<T>(name);
        require_input(static_cast<std::int64_t>(values.size()) == to.elements(),
                      "{}: '{}' has {} numbers; shape {} expected", file, name, values.size(), to.shape().text());
        to.assign(Tensor::from(to.queue(), to.shape(), to.type(), std::span<const T>(values)));
    };
    with_accumulator_type(to.type(), load);
}

}  // namespace protolith::train
