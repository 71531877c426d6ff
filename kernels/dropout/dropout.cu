// A thread makes one block of Philox, 128 bits, and uses them for eight neighbouring elements: the mask is never
// stored, and is bit for bit that of the CPU. Bytes moved: each element is read once and written once. Bound by memory;
// about 100 integer instructions a block stay below that limit on GPUs from sm_80 on also for bfloat16.
#include "dropout/dropout.hpp"
#include "dropout/formula.hpp"
#include "dropout/philox.hpp"
#include "launch/launch.cuh"
#include "launch/vector.cuh"

namespace protolith::kernels::cuda {
namespace {

constexpr int each = static_cast<int>(dropout_block);

/// The 16-bit numbers of the elements of a block: words in their order, the lower half of each first.
__device__ void block_bits(const DropoutKey& key, std::int64_t block, std::uint16_t (&bits)[each]) {
    auto c0 = static_cast<std::uint32_t>(block), c1 = static_cast<std::uint32_t>(block >> 32);
    std::uint32_t c2 = key.stream + dropout_stream, c3 = key.step;
    auto k0 = static_cast<std::uint32_t>(key.seed), k1 = static_cast<std::uint32_t>(key.seed >> 32);
    for (int round = 0; round < philox::rounds; ++round) {
        philox::round(c0, c1, c2, c3, k0, k1);
        k0 += philox::key_step_0;
        k1 += philox::key_step_1;
    }
    const std::uint32_t words[4] = {c0, c1, c2, c3};
    for (int i = 0; i < each; ++i) bits[i] = static_cast<std::uint16_t>(words[i / 2] >> (16 * (i % 2)));
}

/// `whole`: arrays are aligned, so that a full block is read and written by vectors. `launches` (may be null): what a
/// graph adds to the step.
template <bool whole, class T>
__global__ void drop(std::int64_t elements, std::uint32_t threshold, DropoutKey key, const std::uint32_t* launches,
                     const T* __restrict__ x, T* __restrict__ y) {
    using A = accumulator_t<T>;
    if (launches != nullptr) key.step += *launches;
    const A scale = dropout_scale<A>(threshold);
    for (std::int64_t block = first_item(); block * each < elements; block += item_stride()) {
        std::uint16_t bits[each];
        block_bits(key, block, bits);
        const std::int64_t at = block * each, left = elements - at;
        if (whole && left >= each) {
            T values[each];
            read<each>(x + at, values);
            for (int i = 0; i < each; ++i)
                values[i] = static_cast<T>(dropped(static_cast<A>(values[i]), bits[i], threshold, scale));
            write<each>(values, y + at);
        } else {
            for (int i = 0; i < each; ++i)
                if (i < left) y[at + i] = static_cast<T>(dropped(static_cast<A>(x[at + i]), bits[i], threshold, scale));
        }
    }
}

}  // namespace

template <class T>
void dropout(Queue& queue, std::int64_t elements, double probability, const DropoutKey& key, const T* x, T* y) {
    const std::int64_t blocks = (elements + each - 1) / each;
    const auto kernel = aligned(16, x, y) ? drop<true, T> : drop<false, T>;
    launch(kernel, blocks_for(blocks), block_threads, 0, stream_of(queue), elements, dropout_threshold(probability),
           key, queue.launches(), x, y);
}

template void dropout(Queue&, std::int64_t, double, const DropoutKey&, const float*, float*);
template void dropout(Queue&, std::int64_t, double, const DropoutKey&, const bfloat16*, bfloat16*);
template void dropout(Queue&, std::int64_t, double, const DropoutKey&, const double*, double*);

}  // namespace protolith::kernels::cuda
