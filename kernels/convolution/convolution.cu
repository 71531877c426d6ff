// The three passes on a GPU: one matrix product where x is its own unrolled form, else cuDNN, else (and for double)
// kernels of our own. Weights are cast and padded once per version.
#include "convolution/convolution.hpp"
#include "convolution/direct.hpp"
#include "convolution/epilogue.hpp"
#include "convolution/prepared_weights.hpp"
#include "convolution/route.hpp"
#include "matmul/product.hpp"
#include "pointwise/cast.hpp"

#include <type_traits>

namespace protolith::kernels::cuda {
namespace {

using cudnn::Pass;

/// An operand as a plan reads it: itself, or set among zeros.
class Read {
  public:
    Read(Queue& queue, const FittedOperand& place, std::size_t element, const void* values) : data_(values) {
        if (!place.grows) return;
        memory_.emplace(queue, place.padded_elements() * element);
        pad(queue, place.box, element, values, memory_->as<void>());
        data_ = memory_->as<void>();
    }
    const void* data() const { return data_; }

  private:
    std::optional<Scratch> memory_;
    const void* data_;
};

/// A result as a plan writes it: in its place, or in a padded copy from which it is cut.
class Written {
  public:
    Written(Queue& queue, const FittedOperand& place, std::size_t element, void* values)
        : queue_(queue), place_(place), element_(element), values_(values) {
        if (place.grows) memory_.emplace(queue, place.padded_elements() * element);
    }
    void* data() const { return memory_ ? memory_->as<void>() : values_; }
    void deliver() const {
        if (memory_) slice(queue_, place_.box, element_, data(), values_);
    }

  private:
    Queue& queue_;
    const FittedOperand& place_;
    std::size_t element_;
    void* values_;
    std::optional<Scratch> memory_;
};

/// The weights in T and in their place: themselves, or a copy that `kept` holds.
template <class T>
const T* weights_for(Queue& queue, const FittedOperand& place, const accumulator_t<T>* w, std::int64_t count,
                     WeightsKey key, std::shared_ptr<const Scratch>& kept) {
    constexpr bool same_type = std::is_same_v<T, accumulator_t<T>>;
    if constexpr (same_type)
        if (!place.grows) return w;
    const std::uint64_t form = sizeof(T) * 2 + place.grows;
    kept = queue.state<PreparedWeights>().get(key, form, place.padded_elements() * sizeof(T), [&](void* memory) {
        if constexpr (same_type) {
            pad(queue, place.box, sizeof(T), w, memory);
        } else if (!place.grows) {
            cast(queue, w, static_cast<T*>(memory), count);
        } else {
            const Scratch rounded(queue, count * sizeof(T));
            cast(queue, w, rounded.as<T>(), count);
            pad(queue, place.box, sizeof(T), rounded.as<T>(), memory);
        }
    });
    return kept->template as<T>();
}

/// Rows and columns of x as a matrix (batch and pixels of y; taps and channels), for a geometry that needs no
/// unrolling.
struct AsMatrix {
    std::int64_t rows, depth;
    explicit AsMatrix(const ConvolutionGeometry& g) : rows(g.batch * volume(g.y)), depth(g.taps() * g.in_channels) {}
};

template <class T>
void write_gradient(Queue& queue, const Route& route, const T* x, const T* y, accumulator_t<T>* w, std::int64_t count) {
    const FittedConvolution& fit = route.fitted;
    const Read xs(queue, fit.x, sizeof(T), x), ys(queue, fit.y, sizeof(T), y);
    if (route.gradient == data_type_of<accumulator_t<T>>()) {
        const Written ws(queue, fit.w, sizeof *w, w);
        route.plan->run(queue, xs.data(), ws.data(), ys.data());
        return ws.deliver();
    }
    const Scratch rounded(queue, count * sizeof(T));
    const Written ws(queue, fit.w, sizeof(T), rounded.as<T>());
    route.plan->run(queue, xs.data(), ws.data(), ys.data());
    ws.deliver();
    cast(queue, rounded.as<const T>(), w, count);
}

}  // namespace

template <class T>
void convolve(Queue& queue, const ConvolutionGeometry& g, const T* x, const accumulator_t<T>* w, WeightsKey key, T* y,
              Epilogue<accumulator_t<T>> epilogue) {
    std::shared_ptr<const Scratch> kept;
    if (unrolled_already(g)) {
        const AsMatrix m(g);
        const T* weights = weights_for<T>(queue, fitted(g, 1).w, w, g.w_elements(), key, kept);
        multiply(queue, product_of<T>(m.rows, m.depth, g.out_channels, Transposed::b), x, weights, y);
    } else if constexpr (std::is_same_v<T, double>) {
        direct_convolve(queue, g, x, w, y);
    } else if (const Route& route = queue.state<Routes>().get(Pass::forward, g, data_type_of<T>(), {x, w, y});
               route.plan) {
        const Read xs(queue, route.fitted.x, sizeof(T), x);
        const Written ys(queue, route.fitted.y, sizeof(T), y);
        route.plan->run(queue, xs.data(), weights_for<T>(queue, route.fitted.w, w, g.w_elements(), key, kept),
                        ys.data());
        ys.deliver();
    } else {
        direct_convolve(queue, g, x, w, y);
    }
    apply_epilogue(queue, y, g.batch * volume(g.y), g.out_channels, epilogue);
}

template <class T>
void convolve_data(Queue& queue, const ConvolutionGeometry& g, const T* y, const accumulator_t<T>* w, WeightsKey key,
                   T* x, Epilogue<accumulator_t<T>> epilogue) {
    std::shared_ptr<const Scratch> kept;
    if (unrolled_already(g)) {
        const AsMatrix m(g);
        const T* weights = weights_for<T>(queue, fitted(g, 1).w, w, g.w_elements(), key, kept);
        multiply(queue, product_of<T>(m.rows, g.out_channels, m.depth, Transposed::none), y, weights, x);
    } else if constexpr (std::is_same_v<T, double>) {
        direct_convolve_data(queue, g, y, w, x);
    } else if (const Route& route = queue.state<Routes>().get(Pass::data, g, data_type_of<T>(), {x, w, y});
               route.plan) {
        const Read ys(queue, route.fitted.y, sizeof(T), y);
        const Written xs(queue, route.fitted.x, sizeof(T), x);
        route.plan->run(queue, xs.data(), weights_for<T>(queue, route.fitted.w, w, g.w_elements(), key, kept),
                        ys.data());
        xs.deliver();
    } else {
        direct_convolve_data(queue, g, y, w, x);
    }
    apply_epilogue(queue, x, g.batch * volume(g.x), g.in_channels, epilogue);
}

template <class T>
void convolve_weights(Queue& queue, const ConvolutionGeometry& g, const T* x, const T* y, accumulator_t<T>* w) {
    if (unrolled_already(g)) {
        const AsMatrix m(g);
        Product product = product_of<T>(g.out_channels, m.rows, m.depth, Transposed::a);
        product.result = data_type_of<accumulator_t<T>>();
        multiply(queue, product, y, x, w);
    } else if constexpr (std::is_same_v<T, double>) {
        direct_convolve_weights(queue, g, x, y, w);
    } else if (const Route& route = queue.state<Routes>().get(Pass::weights, g, data_type_of<T>(), {x, w, y});
               route.plan) {
        write_gradient(queue, route, x, y, w, g.w_elements());
    } else {
        direct_convolve_weights(queue, g, x, y, w);
    }
}

void forget_weights(Queue& queue, std::uint64_t id) { queue.state<PreparedWeights>().forget(id); }

void bfloat16_hardware(Queue& /*queue*/, bool& has) { has = true; }  // every GPU that query_device() admits

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

}  // namespace protolith::kernels::cuda
