#include "convolution/convolution.hpp"
#include "convolution/prepared_weights.hpp"
#include "convolution/reference.hpp"
#include "convolution/tiled.hpp"
#include "convolution/unrolled.hpp"
#include "onednn/product.hpp"

#include <type_traits>

namespace protolith::kernels::cpu {
namespace {

template <class T>
TileScheme scheme_for(const ConvolutionGeometry& g) {
    return tile_scheme(g, data_type_of<T>(), onednn::bfloat16_matrix_unit());
}

}  // namespace

template <class T>
void convolve(Queue& queue, const ConvolutionGeometry& g, const T* x, const accumulator_t<T>* w, WeightsKey key, T* y,
              Epilogue<accumulator_t<T>> epilogue) {
    if constexpr (std::is_same_v<T, double>)
        reference_convolve(g, x, w, y, epilogue);
    else if (const TileScheme scheme = scheme_for<T>(g))
        tiled_convolve(queue, g, scheme, x, w, key, y, epilogue);
    else
        unrolled_convolve(queue, g, x, w, key, y, epilogue);
}

template <class T>
void convolve_data(Queue& queue, const ConvolutionGeometry& g, const T* y, const accumulator_t<T>* w, WeightsKey key,
                   T* x, Epilogue<accumulator_t<T>> epilogue) {
    if constexpr (std::is_same_v<T, double>)
        reference_convolve_data(g, y, w, x, epilogue);
    else if (const TileScheme scheme = scheme_for<T>(g))
        tiled_convolve_data(queue, g, scheme, y, w, key, x, epilogue);
    else
        unrolled_convolve_data(queue, g, y, w, key, x, epilogue);
}

template <class T>
void convolve_weights(Queue& queue, const ConvolutionGeometry& g, const T* x, const T* y, accumulator_t<T>* w) {
    if constexpr (std::is_same_v<T, double>)
        reference_convolve_weights(g, x, y, w);
    else if (const TileScheme scheme = scheme_for<T>(g))
        tiled_convolve_weights(queue, g, scheme, x, y, w);
    else
        unrolled_convolve_weights(queue, g, x, y, w);
}

void forget_weights(Queue& queue, std::uint64_t id) { queue.state<PreparedWeights>().forget(id); }

void bfloat16_hardware(Queue& /*queue*/, bool& has) { has = onednn::bfloat16_instructions(); }

#define PROTOLITH_INSTANTIATE(T)                                                                                       \
    template void convolve(Queue&, const ConvolutionGeometry&, const T*, const accumulator_t<T>*, WeightsKey, T*,      \
                           Epilogue<accumulator_t<T>>);                                                                \
    template void convolve_data(Queue&, const ConvolutionGeometry&, const T*, const accumulator_t<T>*, WeightsKey, T*, \
                                Epilogue<accumulator_t<T>>);                                                           \
    template void convolve_weights(Queue&, const ConvolutionGeometry&, const T*, const T*, accumulator_t<T>*);
PROTOLITH_INSTANTIATE(float)
PROTOLITH_INSTANTIATE(bfloat16)
PROTOLITH_INSTANTIATE(double)
#undef PROTOLITH_INSTANTIATE

}  // namespace protolith::kernels::cpu
