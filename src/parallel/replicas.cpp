#include "parallel/replicas.hpp"

#include <cstring>

namespace protolith::parallel {

namespace {

/// The elements of several tensors one after the other, as float64 whatever their type.
std::vector<double> joined(std::span<const Tensor> tensors) {
    std::vector<double> all;
    for (const auto& tensor : tensors) {
        const auto values = tensor.to_doubles();
        all.insert(all.end(), values.begin(), values.end());
    }
    return all;
}

/// FNV-1a of the bits of all elements.
std::uint64_t fingerprint(std::span<const Tensor> tensors) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const auto& tensor : tensors)
        for (const double value : tensor.to_doubles()) {
            std::uint64_t bits = 0;
            std::memcpy(&bits, &value, sizeof bits);
            hash = (hash ^ bits) * 1099511628211ULL;
        }
    return hash;
}

}  // namespace

ItemRange Replicas::share(std::int64_t batch) const {
    const std::int64_t below = batch / size() * size(), above = below + size();
    require_input(batch > 0 && batch % size() == 0, "batch = {} cannot be shared equally by {} ranks: {}{} could",
                  batch, size(), below > 0 ? fmt::format("{} or ", below) : "", above);
    return comm_.share(static_cast<std::size_t>(batch));
}

void Replicas::broadcast(std::span<const Tensor> tensors) const {
    if (size() == 1) return;
    for (const auto& tensor : tensors) {
        auto values = tensor.to_doubles();
        comm_.broadcast(values.data(), values.size() * sizeof(double));
        tensor.assign(Tensor::from(tensor.queue(), tensor.shape(), tensor.type(), values));
    }
}

void Replicas::average(std::span<const Tensor> tensors) const {
    if (size() == 1 || tensors.empty()) return;
    const auto means = mean(joined(tensors));
    std::span<const double> rest(means);
    for (const auto& tensor : tensors) {
        const auto count = static_cast<std::size_t>(tensor.elements());
        tensor.assign(Tensor::from(tensor.queue(), tensor.shape(), tensor.type(), rest.first(count)));
        rest = rest.subspan(count);
    }
}

std::vector<double> Replicas::mean(std::vector<double> values) const {
    if (size() == 1) return values;
    comm_.sum_in_place(values.data(), values.size());
    // MPI does not promise every rank the same rounding
    comm_.broadcast(values.data(), values.size() * sizeof(double));
    for (auto& value : values) value /= size();
    return values;
}

bool Replicas::agree(std::span<const Tensor> tensors) const {
    const std::uint64_t mine = fingerprint(tensors);
    std::uint64_t first = mine;
    comm_.broadcast(&first, sizeof first);
    return comm_.all(mine == first);
}

}  // namespace protolith::parallel
