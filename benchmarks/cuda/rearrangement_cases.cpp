// Kernels that move elements about: boxes, blocks of pixels, resizing, pooling, GroupSort; and softmax.
#include "case.hpp"
#include "group_sort/group_sort.hpp"
#include "pool/max_pool.hpp"
#include "resize/separable.hpp"
#include "slice/slice.hpp"
#include "softmax/softmax.hpp"
#include "space_to_depth/space_to_depth.hpp"

#include <fmt/format.h>

namespace protolith::benchmarks {
namespace {

using namespace kernels;

/// call(queue, x, y) takes `from` elements to `to` others, of which `share` are read and written.
template <class T, class Launch>
Case one_to_one(std::string kernel, std::string shape, std::int64_t from, std::int64_t to, Launch call,
                double share = 1) {
    return make_case<T>(std::move(kernel), std::move(shape), share * static_cast<double>(from + to) * sizeof(T), 0,
                        [=](Queue& q, Operands& o) {
                            const T* x = o.array<T>(from);
                            T* y = o.constant<T>(to, 0);
                            return [=, &q] { call(q, x, y); };
                        });
}

template <class T>
void add_boxes(std::vector<Case>& cases, std::int64_t images) {
    const Box border{4, {images, 130, 130, 64}, {0, 1, 1, 0}, {images, 128, 128, 64}};
    const Box half{4, {images, 128, 128, 64}, {0, 0, 0, 32}, {images, 128, 128, 32}};
    const std::int64_t wide = images * 130 * 130 * 64, n = images * 128 * 128 * 64;
    cases.push_back(
        one_to_one<T>("pad", fmt::format("({}, 128² → 130², 64)", images), n, wide,
                      [=](Queue& q, const T* x, T* y) { PROTOLITH_LAUNCH(q, pad(q, border, sizeof(T), x, y)); }));
    cases.push_back(one_to_one<T>(
        "slice", fmt::format("({}, 128², 64 → 32)", images), n, n / 2,
        [=](Queue& q, const T* x, T* y) { PROTOLITH_LAUNCH(q, slice(q, half, sizeof(T), x, y)); }, 2.0 / 3));
    cases.push_back(one_to_one<T>(
        "insert", fmt::format("({}, 128², 32 → 64)", images), n / 2, n,
        [=](Queue& q, const T* x, T* y) { PROTOLITH_LAUNCH(q, insert(q, half, sizeof(T), x, y)); }, 2.0 / 3));
}

template <class T>
void add_blocks(std::vector<Case>& cases, std::int64_t images) {
    const std::int64_t n = images * 128 * 128 * 64;
    for (const BlockOrder order : {BlockOrder::pixel_major, BlockOrder::channel_major}) {
        const BlockGeometry g{images, {1, 128, 128}, {1, 2, 2}, 64, order};
        const std::string shape =
            fmt::format("({}, 128², 64), 2², {}-major", images, order == BlockOrder::pixel_major ? "pixel" : "channel");
        cases.push_back(one_to_one<T>("space_to_depth", shape, n, n, [=](Queue& q, const T* x, T* y) {
            PROTOLITH_LAUNCH(q, space_to_depth(q, g, sizeof(T), x, y));
        }));
        cases.push_back(one_to_one<T>("depth_to_space", shape, n, n, [=](Queue& q, const T* x, T* y) {
            PROTOLITH_LAUNCH(q, depth_to_space(q, g, sizeof(T), x, y));
        }));
    }
}

template <class T>
void add_maps(std::vector<Case>& cases, std::int64_t images) {
    const AxisMap keep{AxisRule::nearest, 1, 1};
    const std::pair<const char*, AxisMap> maps[] = {
        {"nearest 64² → 128²", {AxisRule::nearest, 64, 128}},
        {"bilinear 64² → 128²", {AxisRule::linear, 64, 128}},
        {"average 128² → 64²", {AxisRule::average, 128, 64, 2, 2, 0}},
        {"reflect 128² → 134²", {AxisRule::reflect, 128, 134, 1, 1, 3}},
    };
    for (const auto& [name, axis] : maps)
        for (const bool adjoint : {false, true}) {
            const SeparableMap m{images, {keep, axis, axis}, 64};
            const std::int64_t in = images * axis.in * axis.in * 64, out = images * axis.out * axis.out * 64;
            cases.push_back(one_to_one<T>(
                "separable_map", fmt::format("({}, {}, 64){}", images, name, adjoint ? ", adjoint" : ""),
                adjoint ? out : in, adjoint ? in : out,
                [=](Queue& q, const T* x, T* y) { PROTOLITH_LAUNCH(q, separable_map(q, m, adjoint, x, y)); }));
        }
}

template <class T>
void add_pools(std::vector<Case>& cases, std::int64_t images) {
    const PoolGeometry g{images, {1, 128, 128}, {1, 64, 64}, {1, 2, 2}, {1, 2, 2}, {0, 0, 0}, 64};
    const std::int64_t in = images * 128 * 128 * 64, out = in / 4;
    const std::string shape = fmt::format("({}, 128² → 64², 64)", images);
    const auto add = [&](const char* name, double bytes, auto call) {
        cases.push_back(make_case<T>(name, shape, bytes, 0, [=](Queue& q, Operands& o) {
            T *wide = o.array<T>(in), *pooled = o.array<T>(out);
            auto* place = o.zeros<std::uint8_t>(out);
            PROTOLITH_LAUNCH(q, max_pool(q, g, static_cast<const T*>(wide), pooled, place));
            return [=, &q] { call(q, wide, pooled, place); };
        }));
    };
    const double wide_bytes = static_cast<double>(in) * sizeof(T), pooled_bytes = static_cast<double>(out) * sizeof(T);
    const auto places = static_cast<double>(out);
    using Place = std::uint8_t;
    add("max_pool", wide_bytes + pooled_bytes + places, [=](Queue& q, T* wide, T* pooled, Place* place) {
        PROTOLITH_LAUNCH(q, max_pool(q, g, static_cast<const T*>(wide), pooled, place));
    });
    add("pool_gather", 2 * pooled_bytes + places, [=](Queue& q, T* wide, T* pooled, Place* place) {
        PROTOLITH_LAUNCH(q, pool_gather(q, g, static_cast<const T*>(wide), static_cast<const Place*>(place), pooled));
    });
    add("pool_scatter", wide_bytes + pooled_bytes + places, [=](Queue& q, T* wide, T* pooled, Place* place) {
        PROTOLITH_LAUNCH(q, pool_scatter(q, g, static_cast<const T*>(pooled), static_cast<const Place*>(place), wide));
    });
}

template <class T>
void add_sorts(std::vector<Case>& cases, std::int64_t images) {
    for (const std::int64_t size : {2, 4, 64}) {
        const std::int64_t n = images * 128 * 128 * 64, groups = n / size;
        const std::string shape = fmt::format("({}, 128², 64), groups of {}", images, size);
        const double bytes = 2.0 * static_cast<double>(n) * sizeof(T) + static_cast<double>(group_places(groups, size));
        const auto add = [&](const char* name, auto call) {
            cases.push_back(make_case<T>(name, shape, bytes, 0, [=](Queue& q, Operands& o) {
                const T* x = o.array<T>(n);
                T* y = o.constant<T>(n, 0);
                auto* places = o.zeros<std::uint8_t>(group_places(groups, size));
                return [=, &q] { call(q, x, y, places); };
            }));
        };
        using Place = std::uint8_t;
        add("group_sort", [=](Queue& q, const T* x, T* y, Place* places) {
            PROTOLITH_LAUNCH(q, group_sort(q, groups, size, x, y, places));
        });
        add("group_gather", [=](Queue& q, const T* x, T* y, Place* places) {
            PROTOLITH_LAUNCH(q, group_gather(q, groups, size, x, static_cast<const Place*>(places), y));
        });
        add("group_scatter", [=](Queue& q, const T* x, T* y, Place* places) {
            PROTOLITH_LAUNCH(q, group_scatter(q, groups, size, x, static_cast<const Place*>(places), y));
        });
    }
}

template <class T>
void add_softmax(std::vector<Case>& cases, std::int64_t images) {
    for (const std::int64_t channels : {4, 64, 512}) {
        const std::int64_t n = images * 128 * 128 * 64, rows = n / channels;
        const std::string shape = fmt::format("({}, {})", rows, channels);
        cases.push_back(one_to_one<T>("softmax", shape, n, n, [=](Queue& q, const T* x, T* y) {
            PROTOLITH_LAUNCH(q, softmax(q, rows, channels, x, y));
        }));
        cases.push_back(one_to_one<T>("log_softmax", shape, n, n, [=](Queue& q, const T* x, T* y) {
            PROTOLITH_LAUNCH(q, log_softmax(q, rows, channels, x, y));
        }));
        cases.push_back(make_case<T>(
            "softmax_derivative", shape, 3.0 * static_cast<double>(n) * sizeof(T), 0, [=](Queue& q, Operands& o) {
                const T *y = o.array<T>(n), *g = o.array<T>(n);
                T* d = o.constant<T>(n, 0);
                return [=, &q] { PROTOLITH_LAUNCH(q, softmax_derivative(q, rows, channels, y, g, d)); };
            }));
    }
}

template <class T>
void add_type(std::vector<Case>& cases, std::int64_t images) {
    add_boxes<T>(cases, images);
    add_blocks<T>(cases, images);
    add_maps<T>(cases, images);
    add_pools<T>(cases, images);
    add_sorts<T>(cases, images);
    add_softmax<T>(cases, images);
}

}  // namespace

void add_rearrangements(std::vector<Case>& cases, std::int64_t images) {
    add_type<float>(cases, images);
    add_type<bfloat16>(cases, images);
}

}  // namespace protolith::benchmarks
