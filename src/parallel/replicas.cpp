#include "parallel/replicas.hpp"

#include "parallel/gradient_mean.hpp"

#include <cstring>

namespace protolith::parallel {

namespace {

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

ItemRange share_of_batch(const Communicator& comm, std::int64_t batch) {
    const std::int64_t ranks = comm.size(), below = batch / ranks * ranks, above = below + ranks;
    require_input(batch > 0 && batch % ranks == 0, "batch = {} cannot be shared equally by {} ranks: {}{} could", batch,
                  ranks, below > 0 ? fmt::format("{} or ", below) : "", above);
    return comm.share(static_cast<std::size_t>(batch));
}

void Replicas::broadcast(std::span<const Tensor> tensors) const {
    for (const auto& tensor : tensors) exchange_.broadcast(tensor);
}

void Replicas::average(std::span<const Tensor> tensors) const {
    if (size() == 1 || tensors.empty()) return;
    GradientMean mean(exchange_, {tensors.begin(), tensors.end()});
    for (std::size_t i = tensors.size(); i-- > 0;) mean.add(i, tensors[i]);
    const auto means = mean.finish();
    for (std::size_t i = 0; i < tensors.size(); ++i) tensors[i].assign(means[i]);
}

std::vector<double> Replicas::mean(std::vector<double> values) const {
    if (size() == 1) return values;
    comm().sum_in_place(values.data(), values.size());
    // MPI does not promise every rank the same rounding
    comm().broadcast(values.data(), values.size() * sizeof(double));
    for (auto& value : values) value /= size();
    return values;
}

bool Replicas::agree(std::span<const Tensor> tensors) const {
    const std::uint64_t mine = fingerprint(tensors);
    std::uint64_t first = mine;
    comm().broadcast(&first, sizeof first);
    return comm().all(mine == first);
}

}  // namespace protolith::parallel
