// Pairs go through the vector units; swapping is its own inverse, so the gather of pairs is also their scatter. Larger
// groups are sorted by insertion: they have few members.
#include "group_sort/group_sort.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "group_sort/group_sort_cpu.cpp"
#include "queue/parallel.hpp"

#include <bit>
#include <cstring>

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace protolith::kernels::cpu::HWY_NAMESPACE {

template <class T>
void sort_pairs(std::int64_t begin, std::int64_t end, const T* HWY_RESTRICT x, T* HWY_RESTRICT y,
                std::uint8_t* HWY_RESTRICT swapped) {
    using A = accumulator_t<T>;
    for (std::int64_t p = begin; p < end; ++p) {
        const T a = x[2 * p], b = x[2 * p + 1];
        const bool swap = static_cast<A>(a) > static_cast<A>(b);
        y[2 * p] = swap ? b : a;
        y[2 * p + 1] = swap ? a : b;
        swapped[p] = swap;
    }
}

template <class T>
void swap_pairs(std::int64_t begin, std::int64_t end, const T* HWY_RESTRICT x, const std::uint8_t* HWY_RESTRICT swapped,
                T* HWY_RESTRICT y) {
    for (std::int64_t p = begin; p < end; ++p) {
        const T a = x[2 * p], b = x[2 * p + 1];
        const bool swap = swapped[p] != 0;
        y[2 * p] = swap ? b : a;
        y[2 * p + 1] = swap ? a : b;
    }
}

// A pair of bfloat16 is one word, its first value in the lower half; shifted up they are the float32 to compare.

void sort_pairs(std::int64_t begin, std::int64_t end, const bfloat16* HWY_RESTRICT x, bfloat16* HWY_RESTRICT y,
                std::uint8_t* HWY_RESTRICT swapped) {
    for (std::int64_t p = begin; p < end; ++p) {
        std::uint32_t pair;
        std::memcpy(&pair, x + 2 * p, sizeof pair);
        const std::uint32_t low = pair << 16, high = pair & 0xffff0000u;
        float a, b;
        std::memcpy(&a, &low, sizeof a);
        std::memcpy(&b, &high, sizeof b);
        const bool swap = a > b;
        pair = swap ? low | high >> 16 : pair;
        std::memcpy(y + 2 * p, &pair, sizeof pair);
        swapped[p] = swap;
    }
}

void swap_pairs(std::int64_t begin, std::int64_t end, const bfloat16* HWY_RESTRICT x,
                const std::uint8_t* HWY_RESTRICT swapped, bfloat16* HWY_RESTRICT y) {
    for (std::int64_t p = begin; p < end; ++p) {
        std::uint32_t pair;
        std::memcpy(&pair, x + 2 * p, sizeof pair);
        pair = swapped[p] != 0 ? pair << 16 | pair >> 16 : pair;
        std::memcpy(y + 2 * p, &pair, sizeof pair);
    }
}

// clang-format off
#define PROTOLITH_PAIR_TYPE(T, NAME)                                                                                   \
    void sort_##NAME(std::int64_t b, std::int64_t e, const T* x, T* y, std::uint8_t* swapped) {                        \
        sort_pairs(b, e, x, y, swapped);                                                                               \
    }                                                                                                                  \
    void swap_##NAME(std::int64_t b, std::int64_t e, const T* x, const std::uint8_t* swapped, T* y) {                  \
        swap_pairs(b, e, x, swapped, y);                                                                               \
    }
// clang-format on
PROTOLITH_PAIR_TYPE(float, f32)
PROTOLITH_PAIR_TYPE(bfloat16, bf16)
PROTOLITH_PAIR_TYPE(double, f64)
#undef PROTOLITH_PAIR_TYPE

}  // namespace protolith::kernels::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::kernels::cpu {
namespace {

static_assert(std::endian::native == std::endian::little, "the first bfloat16 of a word is its lower half");

HWY_EXPORT(sort_f32);
HWY_EXPORT(sort_bf16);
HWY_EXPORT(sort_f64);
HWY_EXPORT(swap_f32);
HWY_EXPORT(swap_bf16);
HWY_EXPORT(swap_f64);

void sort_pairs(std::int64_t b, std::int64_t e, const float* x, float* y, std::uint8_t* swapped) {
    HWY_DYNAMIC_DISPATCH(sort_f32)(b, e, x, y, swapped);
}
void sort_pairs(std::int64_t b, std::int64_t e, const bfloat16* x, bfloat16* y, std::uint8_t* swapped) {
    HWY_DYNAMIC_DISPATCH(sort_bf16)(b, e, x, y, swapped);
}
void sort_pairs(std::int64_t b, std::int64_t e, const double* x, double* y, std::uint8_t* swapped) {
    HWY_DYNAMIC_DISPATCH(sort_f64)(b, e, x, y, swapped);
}
void swap_pairs(std::int64_t b, std::int64_t e, const float* x, const std::uint8_t* swapped, float* y) {
    HWY_DYNAMIC_DISPATCH(swap_f32)(b, e, x, swapped, y);
}
void swap_pairs(std::int64_t b, std::int64_t e, const bfloat16* x, const std::uint8_t* swapped, bfloat16* y) {
    HWY_DYNAMIC_DISPATCH(swap_bf16)(b, e, x, swapped, y);
}
void swap_pairs(std::int64_t b, std::int64_t e, const double* x, const std::uint8_t* swapped, double* y) {
    HWY_DYNAMIC_DISPATCH(swap_f64)(b, e, x, swapped, y);
}

/// One group by insertion.
template <class T>
void sort_one(std::int64_t size, const T* x, T* y, std::uint8_t* places) {
    using A = accumulator_t<T>;
    for (std::int64_t i = 0; i < size; ++i) {
        const T value = x[i];
        std::int64_t at = i;
        for (; at > 0 && static_cast<A>(y[at - 1]) > static_cast<A>(value); --at) {
            y[at] = y[at - 1];
            places[at] = places[at - 1];
        }
        y[at] = value;
        places[at] = static_cast<std::uint8_t>(i);
    }
}

template <class Work>
void over_groups(Queue& queue, std::int64_t groups, std::int64_t size, Work&& work) {
    parallel_ranges(queue, groups, std::max<std::int64_t>(1, 32768 / size), work);
}

}  // namespace

template <class T>
void group_sort(Queue& queue, std::int64_t groups, std::int64_t size, const T* x, T* y, std::uint8_t* places) {
    over_groups(queue, groups, size, [&](std::int64_t begin, std::int64_t end) {
        if (size == 2) return sort_pairs(begin, end, x, y, places);
        for (std::int64_t g = begin; g < end; ++g) sort_one(size, x + g * size, y + g * size, places + g * size);
    });
}

template <class T>
void group_gather(Queue& queue, std::int64_t groups, std::int64_t size, const T* x, const std::uint8_t* places, T* y) {
    over_groups(queue, groups, size, [&](std::int64_t begin, std::int64_t end) {
        if (size == 2) return swap_pairs(begin, end, x, places, y);
        for (std::int64_t g = begin * size; g < end * size; g += size)
            for (std::int64_t i = 0; i < size; ++i) y[g + i] = x[g + places[g + i]];
    });
}

template <class T>
void group_scatter(Queue& queue, std::int64_t groups, std::int64_t size, const T* y, const std::uint8_t* places, T* x) {
    over_groups(queue, groups, size, [&](std::int64_t begin, std::int64_t end) {
        if (size == 2) return swap_pairs(begin, end, y, places, x);
        for (std::int64_t g = begin * size; g < end * size; g += size)
            for (std::int64_t i = 0; i < size; ++i) x[g + places[g + i]] = y[g + i];
    });
}

// clang-format off
#define PROTOLITH_GROUP_TYPE(T)                                                                                        \
    template void group_sort(Queue&, std::int64_t, std::int64_t, const T*, T*, std::uint8_t*);                         \
    template void group_gather(Queue&, std::int64_t, std::int64_t, const T*, const std::uint8_t*, T*);                 \
    template void group_scatter(Queue&, std::int64_t, std::int64_t, const T*, const std::uint8_t*, T*);
// clang-format on
PROTOLITH_GROUP_TYPE(float)
PROTOLITH_GROUP_TYPE(bfloat16)
PROTOLITH_GROUP_TYPE(double)
#undef PROTOLITH_GROUP_TYPE

}  // namespace protolith::kernels::cpu
#endif
