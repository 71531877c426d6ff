#include "dropout/dropout.hpp"
#include "dropout/formula.hpp"
#include "dropout/philox.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "dropout/dropout_cpu.cpp"
#include "queue/parallel.hpp"

#include <bit>
#include <cstring>

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace protolith::kernels::cpu::HWY_NAMESPACE {

constexpr std::int64_t lanes = 32;  // blocks of Philox made together
constexpr std::int64_t chunk = lanes * dropout_block;

/// The 16-bit numbers of elements [first, first + chunk); `first` is a multiple of the chunk.
void philox_chunk(const DropoutKey& key, std::int64_t first, std::uint16_t* HWY_RESTRICT bits) {
    std::uint32_t c0[lanes], c1[lanes], c2[lanes], c3[lanes];
    const auto block = static_cast<std::uint64_t>(first / dropout_block);
    // a chunk does not cross a multiple of 2³² blocks
    for (std::uint32_t i = 0; i < lanes; ++i) {
        c0[i] = static_cast<std::uint32_t>(block) + i;
        c1[i] = static_cast<std::uint32_t>(block >> 32);
        c2[i] = key.stream + dropout_stream;
        c3[i] = key.step;
    }
    auto k0 = static_cast<std::uint32_t>(key.seed), k1 = static_cast<std::uint32_t>(key.seed >> 32);
    for (int round = 0; round < philox::rounds; ++round) {
        for (std::int64_t i = 0; i < lanes; ++i) philox::round(c0[i], c1[i], c2[i], c3[i], k0, k1);
        k0 += philox::key_step_0;
        k1 += philox::key_step_1;
    }
    std::uint32_t words[4 * lanes];
    for (std::int64_t i = 0; i < lanes; ++i) {
        words[4 * i] = c0[i];
        words[4 * i + 1] = c1[i];
        words[4 * i + 2] = c2[i];
        words[4 * i + 3] = c3[i];
    }
    std::memcpy(bits, words, sizeof words);
}

/// Chunks [begin, end) of an array of `elements`.
template <class T>
void drop_chunks(std::int64_t begin, std::int64_t end, std::int64_t elements, std::uint32_t threshold,
                 const DropoutKey& key, const T* x, T* y) {
    using A = accumulator_t<T>;
    const A scale = dropout_scale<A>(threshold);
    std::uint16_t bits[chunk];
    for (std::int64_t at = begin * chunk; at < end * chunk; at += chunk) {
        philox_chunk(key, at, bits);
        const std::int64_t count = elements - at < chunk ? elements - at : chunk;
        const T* HWY_RESTRICT from = x + at;
        T* HWY_RESTRICT to = y + at;
        for (std::int64_t i = 0; i < count; ++i)
            to[i] = static_cast<T>(dropped(static_cast<A>(from[i]), bits[i], threshold, scale));
    }
}

// clang-format off
#define PROTOLITH_DROPOUT_TYPE(T, NAME)                                                                                \
    void drop_##NAME(std::int64_t b, std::int64_t e, std::int64_t elements, std::uint32_t threshold,                   \
                     const DropoutKey& key, const T* x, T* y) {                                                        \
        drop_chunks(b, e, elements, threshold, key, x, y);                                                             \
    }
// clang-format on
PROTOLITH_DROPOUT_TYPE(float, f32)
PROTOLITH_DROPOUT_TYPE(bfloat16, bf16)
PROTOLITH_DROPOUT_TYPE(double, f64)
#undef PROTOLITH_DROPOUT_TYPE

}  // namespace protolith::kernels::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::kernels::cpu {

static_assert(std::endian::native == std::endian::little, "a word's low half is its first number");

// clang-format off
#define PROTOLITH_DROPOUT_TYPE(T, NAME)                                                                                \
    HWY_EXPORT(drop_##NAME);                                                                                           \
    template <>                                                                                                        \
    void dropout(Queue& queue, std::int64_t elements, double probability, const DropoutKey& key, const T* x, T* y) {   \
        constexpr std::int64_t chunk = HWY_NAMESPACE::chunk;                                                                            \
        parallel_ranges(queue, (elements + chunk - 1) / chunk, 32, [&](std::int64_t b, std::int64_t e) {               \
            HWY_DYNAMIC_DISPATCH(drop_##NAME)(b, e, elements, dropout_threshold(probability), key, x, y);              \
        });                                                                                                            \
    }
// clang-format on
PROTOLITH_DROPOUT_TYPE(float, f32)
PROTOLITH_DROPOUT_TYPE(bfloat16, bf16)
PROTOLITH_DROPOUT_TYPE(double, f64)
#undef PROTOLITH_DROPOUT_TYPE

}  // namespace protolith::kernels::cpu
#endif
