// Every pass goes over the channels of one pixel and one place of a window at a time, comparing and selecting: the
// loops have no branches and no indirect reads.
#include "pool/max_pool.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "pool/max_pool_cpu.cpp"
#include "queue/parallel.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace protolith::kernels::cpu::HWY_NAMESPACE {

/// Calls visit(place, offset of the pixel in x) for the places of the window at (image, d, h, w) outside the padding.
template <class Visit>
HWY_INLINE void over_window(const PoolGeometry& g, std::int64_t image, std::int64_t d, std::int64_t h, std::int64_t w,
                            Visit&& visit) {
    const std::int64_t first[3] = {d * g.stride[0] - g.pad[0], h * g.stride[1] - g.pad[1], w * g.stride[2] - g.pad[2]};
    int place = 0;
    for (std::int64_t i = first[0]; i < first[0] + g.window[0]; ++i)
        for (std::int64_t j = first[1]; j < first[1] + g.window[1]; ++j)
            for (std::int64_t k = first[2]; k < first[2] + g.window[2]; ++k, ++place)
                if (i >= 0 && i < g.in[0] && j >= 0 && j < g.in[1] && k >= 0 && k < g.in[2])
                    visit(static_cast<std::uint8_t>(place),
                          (((image * g.in[0] + i) * g.in[1] + j) * g.in[2] + k) * g.channels);
}

/// Calls visit(offset in y, image, d, h, w) for the pixels of the output rows [begin, end).
template <class Visit>
HWY_INLINE void over_pixels(const std::int64_t* size, std::int64_t channels, std::int64_t begin, std::int64_t end,
                            Visit&& visit) {
    for (std::int64_t r = begin; r < end; ++r)
        for (std::int64_t w = 0; w < size[2]; ++w)
            visit((r * size[2] + w) * channels, r / size[1] / size[0], r / size[1] % size[0], r % size[1], w);
}

template <class T>
void max_rows(const PoolGeometry& g, const T* x, T* y, std::uint8_t* place, std::int64_t begin, std::int64_t end) {
    using A = accumulator_t<T>;
    const std::int64_t C = g.channels;
    over_pixels(g.out, C, begin, end,
                [&](std::int64_t at, std::int64_t image, std::int64_t d, std::int64_t h, std::int64_t w) {
                    T* HWY_RESTRICT best = y + at;
                    std::uint8_t* HWY_RESTRICT won = place + at;
                    bool first = true;
                    over_window(g, image, d, h, w, [&](std::uint8_t p, std::int64_t from) {
                        const T* HWY_RESTRICT pixel = x + from;
                        if (first) {
                            for (std::int64_t c = 0; c < C; ++c) best[c] = pixel[c];
                            for (std::int64_t c = 0; c < C; ++c) won[c] = p;
                            first = false;
                            return;
                        }
                        for (std::int64_t c = 0; c < C; ++c) {
                            const A value = static_cast<A>(pixel[c]), old = static_cast<A>(best[c]);
                            const bool better = (value > old) | ((value != value) & (old == old));
                            best[c] = better ? pixel[c] : best[c];
                            won[c] = better ? p : won[c];
                        }
                    });
                });
}

template <class T>
void gather_rows(const PoolGeometry& g, const T* x, const std::uint8_t* place, T* y, std::int64_t begin,
                 std::int64_t end) {
    const std::int64_t C = g.channels;
    over_pixels(g.out, C, begin, end,
                [&](std::int64_t at, std::int64_t image, std::int64_t d, std::int64_t h, std::int64_t w) {
                    T* HWY_RESTRICT to = y + at;
                    const std::uint8_t* HWY_RESTRICT won = place + at;
                    over_window(g, image, d, h, w, [&](std::uint8_t p, std::int64_t from) {
                        const T* HWY_RESTRICT pixel = x + from;
                        for (std::int64_t c = 0; c < C; ++c) to[c] = won[c] == p ? pixel[c] : to[c];
                    });
                });
}

/// First and last + 1 of the windows that hold place i of an axis.
HWY_INLINE std::pair<std::int64_t, std::int64_t> windows_over(const PoolGeometry& g, int axis, std::int64_t i) {
    const std::int64_t above = i + g.pad[axis] - g.window[axis] + 1;
    const std::int64_t low = above <= 0 ? 0 : (above + g.stride[axis] - 1) / g.stride[axis];
    return {low, std::min((i + g.pad[axis]) / g.stride[axis] + 1, g.out[axis])};
}

template <class T>
void scatter_rows(const PoolGeometry& g, const T* y, const std::uint8_t* place, T* x, std::int64_t begin,
                  std::int64_t end) {
    using A = accumulator_t<T>;
    const std::int64_t C = g.channels;
    std::vector<A> storage(static_cast<std::size_t>(C));
    A* HWY_RESTRICT sums = storage.data();
    over_pixels(
        g.in, C, begin, end, [&](std::int64_t at, std::int64_t image, std::int64_t d, std::int64_t h, std::int64_t w) {
            for (std::int64_t c = 0; c < C; ++c) sums[c] = A{0};
            const auto [d0, d1] = windows_over(g, 0, d);
            const auto [h0, h1] = windows_over(g, 1, h);
            const auto [w0, w1] = windows_over(g, 2, w);
            for (std::int64_t i = d0; i < d1; ++i)
                for (std::int64_t j = h0; j < h1; ++j)
                    for (std::int64_t k = w0; k < w1; ++k) {
                        const std::int64_t place_d = d + g.pad[0] - i * g.stride[0];
                        const std::int64_t place_h = h + g.pad[1] - j * g.stride[1];
                        const std::int64_t place_w = w + g.pad[2] - k * g.stride[2];
                        const auto p =
                            static_cast<std::uint8_t>((place_d * g.window[1] + place_h) * g.window[2] + place_w);
                        const std::int64_t from = (((image * g.out[0] + i) * g.out[1] + j) * g.out[2] + k) * C;
                        const T* HWY_RESTRICT value = y + from;
                        const std::uint8_t* HWY_RESTRICT won = place + from;
                        for (std::int64_t c = 0; c < C; ++c) sums[c] += won[c] == p ? static_cast<A>(value[c]) : A{0};
                    }
            T* HWY_RESTRICT to = x + at;
            for (std::int64_t c = 0; c < C; ++c) to[c] = static_cast<T>(sums[c]);
        });
}

// clang-format off
#define PROTOLITH_POOL_TYPE(T, NAME)                                                                                   \
    void max_##NAME(const PoolGeometry& g, const T* x, T* y, std::uint8_t* place, std::int64_t b, std::int64_t e) {    \
        max_rows(g, x, y, place, b, e);                                                                                \
    }                                                                                                                  \
    void gather_##NAME(const PoolGeometry& g, const T* x, const std::uint8_t* place, T* y, std::int64_t b,             \
                       std::int64_t e) {                                                                               \
        gather_rows(g, x, place, y, b, e);                                                                             \
    }                                                                                                                  \
    void scatter_##NAME(const PoolGeometry& g, const T* y, const std::uint8_t* place, T* x, std::int64_t b,            \
                        std::int64_t e) {                                                                              \
        scatter_rows(g, y, place, x, b, e);                                                                            \
    }
// clang-format on
PROTOLITH_POOL_TYPE(float, f32)
PROTOLITH_POOL_TYPE(bfloat16, bf16)
PROTOLITH_POOL_TYPE(double, f64)
#undef PROTOLITH_POOL_TYPE

}  // namespace protolith::kernels::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::kernels::cpu {
namespace {

/// Calls work(begin, end) on parts of the rows of an array of spatial size `size`.
template <class Work>
void over_rows(Queue& queue, const PoolGeometry& g, const std::int64_t* size, Work&& work) {
    const std::int64_t row = std::max<std::int64_t>(1, g.in[2] * g.channels);
    parallel_ranges(queue, g.images * size[0] * size[1], std::max<std::int64_t>(1, 16384 / row), work);
}

}  // namespace

// clang-format off
#define PROTOLITH_POOL_TYPE(T, NAME)                                                                                   \
    HWY_EXPORT(max_##NAME);                                                                                            \
    HWY_EXPORT(gather_##NAME);                                                                                         \
    HWY_EXPORT(scatter_##NAME);                                                                                        \
    template <>                                                                                                        \
    void max_pool(Queue& queue, const PoolGeometry& g, const T* x, T* y, std::uint8_t* place) {                        \
        over_rows(queue, g, g.out, [&](std::int64_t b, std::int64_t e) {                                               \
            HWY_DYNAMIC_DISPATCH(max_##NAME)(g, x, y, place, b, e);                                                    \
        });                                                                                                            \
    }                                                                                                                  \
    template <>                                                                                                        \
    void pool_gather(Queue& queue, const PoolGeometry& g, const T* x, const std::uint8_t* place, T* y) {               \
        over_rows(queue, g, g.out, [&](std::int64_t b, std::int64_t e) {                                               \
            HWY_DYNAMIC_DISPATCH(gather_##NAME)(g, x, place, y, b, e);                                                 \
        });                                                                                                            \
    }                                                                                                                  \
    template <>                                                                                                        \
    void pool_scatter(Queue& queue, const PoolGeometry& g, const T* y, const std::uint8_t* place, T* x) {              \
        over_rows(queue, g, g.in, [&](std::int64_t b, std::int64_t e) {                                                \
            HWY_DYNAMIC_DISPATCH(scatter_##NAME)(g, y, place, x, b, e);                                                \
        });                                                                                                            \
    }
// clang-format on
PROTOLITH_POOL_TYPE(float, f32)
PROTOLITH_POOL_TYPE(bfloat16, bf16)
PROTOLITH_POOL_TYPE(double, f64)
#undef PROTOLITH_POOL_TYPE

}  // namespace protolith::kernels::cpu
#endif
