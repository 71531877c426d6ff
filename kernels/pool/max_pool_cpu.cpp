// Every pass takes a few channels of one pixel through all places of its window, comparing and selecting: the loops
// over channels have no branches and no indirect reads.
#include "pool/max_pool.hpp"
#include "pool/windows.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "pool/max_pool_cpu.cpp"
#include "queue/parallel.hpp"

#include <algorithm>
#include <vector>

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace protolith::kernels::cpu::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// Calls block(tag, first channel) for the channels of a pixel: a vector at a time, and the last ones singly.
template <class A, class Block>
HWY_INLINE void over_channels(std::int64_t channels, Block&& block) {
    const hn::CappedTag<A, 16> d;
    const hn::CappedTag<A, 1> single;
    std::int64_t c = 0;
    for (const auto lanes = static_cast<std::int64_t>(hn::Lanes(d)); c + lanes <= channels; c += lanes) block(d, c);
    for (; c < channels; ++c) block(single, c);
}

template <class D, class T>
HWY_INLINE hn::Vec<D> loaded(D d, const T* from) {
    return hn::LoadU(d, from);
}
template <class D>
HWY_INLINE hn::Vec<D> loaded(D d, const bfloat16* from) {
    const hn::Rebind<std::uint16_t, D> half;
    const hn::Rebind<std::uint32_t, D> word;
    const auto bits = hn::LoadU(half, reinterpret_cast<const std::uint16_t*>(from));
    return hn::BitCast(d, hn::ShiftLeft<16>(hn::PromoteTo(word, bits)));
}

template <class D, class T>
HWY_INLINE void store(D d, hn::Vec<D> values, T* to) {
    hn::StoreU(values, d, to);
}
/// Rounded as bfloat16(float) does it.
template <class D>
HWY_INLINE void store(D d, hn::Vec<D> values, bfloat16* to) {
    const hn::Rebind<std::uint32_t, D> word;
    const auto bits = hn::BitCast(word, values);
    const auto even = hn::And(hn::ShiftRight<16>(bits), hn::Set(word, 1));
    const auto rounded = hn::Add(bits, hn::Add(even, hn::Set(word, 0x7fff)));
    const auto nan = hn::MaskFromVec(hn::BitCast(word, hn::VecFromMask(d, hn::IsNaN(values))));
    const auto upper = hn::ShiftRight<16>(hn::IfThenElse(nan, hn::Set(word, 0x7fc00000), rounded));
    const auto half = hn::DemoteTo(hn::Rebind<std::uint16_t, D>(), hn::BitCast(hn::Rebind<std::int32_t, D>(), upper));
    hn::StoreU(half, hn::Rebind<std::uint16_t, D>(), reinterpret_cast<std::uint16_t*>(to));
}

/// Places as numbers of the elements' own width, so that they are selected by the same masks.
template <class D>
HWY_INLINE hn::Vec<D> loaded_places(D d, const std::uint8_t* from) {
    const hn::Rebind<std::int32_t, D> integer;
    const auto places = hn::PromoteTo(integer, hn::LoadU(hn::Rebind<std::uint8_t, D>(), from));
    if constexpr (sizeof(hn::TFromD<D>) == 8)
        return hn::PromoteTo(d, places);
    else
        return hn::ConvertTo(d, places);
}
template <class D>
HWY_INLINE void store_places(D d, hn::Vec<D> places, std::uint8_t* to) {
    hn::TFromD<D> wide[16];
    hn::StoreU(places, d, wide);
    for (std::size_t j = 0; j < hn::Lanes(d); ++j) to[j] = static_cast<std::uint8_t>(wide[j]);
}

/// A pixel of a window: where its channels start, and its place in the window.
struct WindowPixel {
    std::int64_t at;
    std::int32_t place;
};

/// Fills `pixels` with those of the window at (image, d, h, w) that lie outside the padding; returns their number.
HWY_INLINE int window_pixels(const PoolGeometry& g, std::int64_t image, std::int64_t d, std::int64_t h, std::int64_t w,
                             WindowPixel* pixels) {
    const std::int64_t first[3] = {d * g.stride[0] - g.pad[0], h * g.stride[1] - g.pad[1], w * g.stride[2] - g.pad[2]};
    int count = 0;
    std::int32_t place = 0;
    for (std::int64_t i = first[0]; i < first[0] + g.window[0]; ++i)
        for (std::int64_t j = first[1]; j < first[1] + g.window[1]; ++j)
            for (std::int64_t k = first[2]; k < first[2] + g.window[2]; ++k, ++place)
                if (i >= 0 && i < g.in[0] && j >= 0 && j < g.in[1] && k >= 0 && k < g.in[2])
                    pixels[count++] = {(((image * g.in[0] + i) * g.in[1] + j) * g.in[2] + k) * g.channels, place};
    return count;
}

/// Calls visit(offset in y, pixels of the window, their number) for the output rows [begin, end).
template <class Visit>
HWY_INLINE void over_windows(const PoolGeometry& g, std::int64_t begin, std::int64_t end, Visit&& visit) {
    WindowPixel pixels[256];
    for (std::int64_t r = begin; r < end; ++r)
        for (std::int64_t w = 0; w < g.out[2]; ++w) {
            const int count =
                window_pixels(g, r / g.out[1] / g.out[0], r / g.out[1] % g.out[0], r % g.out[1], w, pixels);
            visit((r * g.out[2] + w) * g.channels, pixels, count);
        }
}

template <class T>
void max_rows(const PoolGeometry& g, const T* x, T* y, std::uint8_t* place, std::int64_t begin, std::int64_t end) {
    using A = accumulator_t<T>;
    over_windows(g, begin, end, [&](std::int64_t at, const WindowPixel* pixels, int count) HWY_ATTR {
        over_channels<A>(g.channels, [&](auto d, std::int64_t c) HWY_ATTR {
            auto best = loaded(d, x + pixels[0].at + c);
            auto won = hn::Set(d, static_cast<A>(pixels[0].place));
            for (int t = 1; t < count; ++t) {
                const auto value = loaded(d, x + pixels[t].at + c);
                const auto of_nan = hn::AndNot(hn::IsNaN(best), hn::IsNaN(value));
                const auto better = hn::Or(hn::Gt(value, best), of_nan);
                best = hn::IfThenElse(better, value, best);
                won = hn::IfThenElse(better, hn::Set(d, static_cast<A>(pixels[t].place)), won);
            }
            store(d, best, y + at + c);
            store_places(d, won, place + at + c);
        });
    });
}

template <class T>
void gather_rows(const PoolGeometry& g, const T* x, const std::uint8_t* place, T* y, std::int64_t begin,
                 std::int64_t end) {
    using A = accumulator_t<T>;
    over_windows(g, begin, end, [&](std::int64_t at, const WindowPixel* pixels, int count) HWY_ATTR {
        over_channels<A>(g.channels, [&](auto d, std::int64_t c) HWY_ATTR {
            const auto won = loaded_places(d, place + at + c);
            auto found = hn::Zero(d);
            for (int t = 0; t < count; ++t) {
                const auto here = hn::Eq(won, hn::Set(d, static_cast<A>(pixels[t].place)));
                found = hn::IfThenElse(here, loaded(d, x + pixels[t].at + c), found);
            }
            store(d, found, y + at + c);
        });
    });
}

/// For every place of an axis.
inline std::vector<Windows<std::int64_t>> windows_over_axis(const PoolGeometry& g, int axis) {
    std::vector<Windows<std::int64_t>> windows;
    for (std::int64_t i = 0; i < g.in[axis]; ++i)
        windows.push_back(windows_over(i, g.out[axis], g.window[axis], g.stride[axis], g.pad[axis]));
    return windows;
}

/// Fills `pixels` with those of y whose windows hold (image, d, h, w), and the place that it has in each.
HWY_INLINE int pixels_over(const PoolGeometry& g, std::int64_t image, std::int64_t d, std::int64_t h, std::int64_t w,
                           const Windows<std::int64_t>& over_d, const Windows<std::int64_t>& over_h,
                           const Windows<std::int64_t>& over_w, WindowPixel* pixels) {
    int count = 0;
    for (std::int64_t i = over_d.first; i < over_d.last; ++i)
        for (std::int64_t j = over_h.first; j < over_h.last; ++j)
            for (std::int64_t k = over_w.first; k < over_w.last; ++k) {
                const std::int64_t place_d = d + g.pad[0] - i * g.stride[0], place_h = h + g.pad[1] - j * g.stride[1];
                const std::int64_t place_w = w + g.pad[2] - k * g.stride[2];
                pixels[count++] = {
                    (((image * g.out[0] + i) * g.out[1] + j) * g.out[2] + k) * g.channels,
                    static_cast<std::int32_t>((place_d * g.window[1] + place_h) * g.window[2] + place_w)};
            }
    return count;
}

template <class T>
void scatter_rows(const PoolGeometry& g, const T* y, const std::uint8_t* place, T* x, std::int64_t begin,
                  std::int64_t end) {
    using A = accumulator_t<T>;
    const std::vector<Windows<std::int64_t>> depth = windows_over_axis(g, 0), height = windows_over_axis(g, 1);
    const std::vector<Windows<std::int64_t>> width = windows_over_axis(g, 2);
    WindowPixel pixels[256];
    for (std::int64_t r = begin; r < end; ++r)
        for (std::int64_t w = 0; w < g.in[2]; ++w) {
            const std::int64_t h = r % g.in[1], slab = r / g.in[1] % g.in[0], image = r / g.in[1] / g.in[0];
            const int count = pixels_over(g, image, slab, h, w, depth[slab], height[h], width[w], pixels);
            over_channels<A>(g.channels, [&](auto d, std::int64_t c) HWY_ATTR {
                auto sums = hn::Zero(d);
                for (int t = 0; t < count; ++t) {
                    const auto here = hn::Set(d, static_cast<A>(pixels[t].place));
                    const auto mine = hn::Eq(loaded_places(d, place + pixels[t].at + c), here);
                    sums = hn::Add(sums, hn::IfThenElseZero(mine, loaded(d, y + pixels[t].at + c)));
                }
                store(d, sums, x + (r * g.in[2] + w) * g.channels + c);
            });
        }
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
