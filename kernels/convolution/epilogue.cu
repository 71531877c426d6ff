// Reads and writes each value once: 2 sizeof(T) bytes an element, bound by memory. Accesses of 16 bytes where the
// channels allow them.
#include "convolution/epilogue.hpp"
#include "launch/packed.cuh"

namespace protolith::kernels::cuda {
namespace {

template <class T>
__device__ T finished(T value, const accumulator_t<T>* bias, std::int64_t channel, accumulator_t<T> slope) {
    using A = accumulator_t<T>;
    return static_cast<T>(leaky(static_cast<A>(value) + (bias != nullptr ? bias[channel] : A{0}), slope));
}

template <class T>
__global__ void finish(T* values, std::int64_t count, std::int64_t channels, const accumulator_t<T>* __restrict__ bias,
                       accumulator_t<T> slope) {
    for (std::int64_t i = first_item(); i < count; i += item_stride())
        values[i] = finished(values[i], bias, i % channels, slope);
}

/// Channels are a multiple of the pack: a pack lies within one pixel.
template <class T>
__global__ void finish_packed(T* values, std::int64_t count, std::int64_t channels,
                              const accumulator_t<T>* __restrict__ bias, accumulator_t<T> slope) {
    constexpr int size = Packed<T>::size;
    for (std::int64_t i = first_item() * size; i < count; i += item_stride() * size) {
        Packed<T> pack = load_packed(values + i);
        for (int j = 0; j < size; ++j) pack[j] = finished(pack[j], bias, i % channels + j, slope);
        store_packed(values + i, pack);
    }
}

}  // namespace

template <class T>
void apply_epilogue(Queue& queue, T* values, std::int64_t pixels, std::int64_t channels,
                    const Epilogue<accumulator_t<T>>& epilogue) {
    if (epilogue.bias == nullptr && epilogue.slope == 1) return;
    const std::int64_t count = pixels * channels;
    if (channels % Packed<T>::size == 0 && aligned_16(values))
        launch(finish_packed<T>, blocks_for(count / Packed<T>::size), block_threads, 0, stream_of(queue), values, count,
               channels, epilogue.bias, epilogue.slope);
    else
        launch(finish<T>, blocks_for(count), block_threads, 0, stream_of(queue), values, count, channels, epilogue.bias,
               epilogue.slope);
}

template void apply_epilogue(Queue&, float*, std::int64_t, std::int64_t, const Epilogue<float>&);
template void apply_epilogue(Queue&, bfloat16*, std::int64_t, std::int64_t, const Epilogue<float>&);
template void apply_epilogue(Queue&, double*, std::int64_t, std::int64_t, const Epilogue<double>&);

}  // namespace protolith::kernels::cuda
