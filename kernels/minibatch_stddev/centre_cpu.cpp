// A block of features at a time: all samples of it stay in the cache between the pass that finds the means and the pass
// that takes them away.
#include "minibatch_stddev/centre.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "minibatch_stddev/centre_cpu.cpp"
#include "queue/parallel.hpp"

#include <cmath>

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace protolith::kernels::cpu::HWY_NAMESPACE {

constexpr std::int64_t block = 2048;

/// Features [0, count) of one block, the samples of which lie `stride` elements apart.
template <class T>
void centre_block(std::int64_t samples, std::int64_t stride, std::int64_t count, double epsilon, const T* x, T* centred,
                  accumulator_t<T>* deviation) {
    using A = accumulator_t<T>;
    A means[block], squares[block];
    for (std::int64_t f = 0; f < count; ++f) means[f] = squares[f] = A{0};
    for (std::int64_t s = 0; s < samples; ++s) {
        const T* HWY_RESTRICT row = x + s * stride;
        for (std::int64_t f = 0; f < count; ++f) means[f] += static_cast<A>(row[f]);
    }
    const A share = A{1} / static_cast<A>(samples);
    for (std::int64_t f = 0; f < count; ++f) means[f] *= share;
    for (std::int64_t s = 0; s < samples; ++s) {
        const T* HWY_RESTRICT row = x + s * stride;
        if (centred) {
            T* HWY_RESTRICT to = centred + s * stride;
            for (std::int64_t f = 0; f < count; ++f) to[f] = static_cast<T>(static_cast<A>(row[f]) - means[f]);
        }
        if (!deviation) continue;
        for (std::int64_t f = 0; f < count; ++f) {
            const A difference = static_cast<A>(row[f]) - means[f];
            squares[f] += difference * difference;
        }
    }
    if (!deviation) return;
    for (std::int64_t f = 0; f < count; ++f) deviation[f] = std::sqrt(squares[f] * share + static_cast<A>(epsilon));
}

/// Blocks [begin, end), counted over the groups.
template <class T>
void centre_blocks(std::int64_t begin, std::int64_t end, std::int64_t samples, std::int64_t features, double epsilon,
                   const T* x, T* centred, accumulator_t<T>* deviation) {
    const std::int64_t blocks = (features + block - 1) / block;
    for (std::int64_t b = begin; b < end; ++b) {
        const std::int64_t group = b / blocks, first = b % blocks * block;
        const std::int64_t at = group * samples * features + first, row = group * features + first;
        centre_block(samples, features, std::min(block, features - first), epsilon, x + at,
                     centred ? centred + at : nullptr, deviation ? deviation + row : nullptr);
    }
}

// clang-format off
#define PROTOLITH_CENTRE_TYPE(T, NAME)                                                                                 \
    void centre_##NAME(std::int64_t b, std::int64_t e, std::int64_t samples, std::int64_t features, double epsilon,    \
                       const T* x, T* centred, accumulator_t<T>* deviation) {                                          \
        centre_blocks(b, e, samples, features, epsilon, x, centred, deviation);                                        \
    }
// clang-format on
PROTOLITH_CENTRE_TYPE(float, f32)
PROTOLITH_CENTRE_TYPE(bfloat16, bf16)
PROTOLITH_CENTRE_TYPE(double, f64)
#undef PROTOLITH_CENTRE_TYPE

}  // namespace protolith::kernels::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::kernels::cpu {

// clang-format off
#define PROTOLITH_CENTRE_TYPE(T, NAME)                                                                                 \
    HWY_EXPORT(centre_##NAME);                                                                                         \
    template <>                                                                                                        \
    void centre_batch(Queue& queue, std::int64_t groups, std::int64_t samples, std::int64_t features, double epsilon,  \
                      const T* x, T* centred, accumulator_t<T>* deviation) {                                           \
        const std::int64_t blocks = groups * ((features + HWY_NAMESPACE::block - 1) / HWY_NAMESPACE::block);           \
        parallel_ranges(queue, blocks, 1, [&](std::int64_t b, std::int64_t e) {                                        \
            HWY_DYNAMIC_DISPATCH(centre_##NAME)(b, e, samples, features, epsilon, x, centred, deviation);              \
        });                                                                                                            \
    }
// clang-format on
PROTOLITH_CENTRE_TYPE(float, f32)
PROTOLITH_CENTRE_TYPE(bfloat16, bf16)
PROTOLITH_CENTRE_TYPE(double, f64)
#undef PROTOLITH_CENTRE_TYPE

}  // namespace protolith::kernels::cpu
#endif
