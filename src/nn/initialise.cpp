#include "nn/initialise.hpp"

#include "base/random.hpp"
#include "queue/parallel.hpp"

namespace protolith::nn {
namespace {

constexpr std::uint64_t words_per_draw = 2;  // of RandomStream::normal

void fill(const Tensor& tensor, const Normal& normal, std::uint64_t seed, std::uint32_t item) {
    std::vector<double> values(static_cast<std::size_t>(tensor.elements()), normal.mean);
    const auto draw = [&](std::int64_t begin, std::int64_t end) {
        RandomStream random(seed, RandomPurpose::weights, item);
        random.seek(words_per_draw * static_cast<std::uint64_t>(begin));
        for (std::int64_t i = begin; i < end; ++i)
            values[static_cast<std::size_t>(i)] += normal.deviation * random.normal();
    };
    if (normal.deviation > 0) kernels::cpu::parallel_ranges(tensor.queue(), tensor.elements(), 4096, draw);
    tensor.assign(Tensor::from(tensor.queue(), tensor.shape(), tensor.type(), values));
}

}  // namespace

void initialise(const Module& module, std::uint64_t seed, std::uint32_t network) {
    std::uint32_t item = network << 16;
    for (const auto& parameter : module.parameters()) fill(parameter.var.value(), parameter.initial, seed, item++);
    for (const auto& buffer : module.buffers()) fill(buffer.value, buffer.initial, seed, item++);
}

}  // namespace protolith::nn
