// The rows that the normalisation's formulas read, made in registers from statistics and parameters that may be absent.
#pragma once

#include "normalise/normalise.hpp"
#include "normalise/terms.hpp"
#include "reduce/rows.cuh"

namespace protolith::kernels::cuda {

/// to[j] = from[at + j], or `constant` where there is no array.
template <int N, class A>
__device__ void load_or(const A* from, std::int64_t at, A constant, A (&to)[N]) {
    if (from) return load_elements<N>(from + at, to);
#pragma unroll
    for (int j = 0; j < N; ++j) to[j] = constant;
}

/// mean, scale = γ · rstd and shift = β.
template <class A>
struct AffineRows {
    static constexpr int count = 3;
    Normalisation<A> by;

    bool aligned() const { return aligned_16(by.mean, by.rstd, by.gamma, by.beta); }
    template <int N, int R>
    __device__ void load(std::int64_t group, std::int64_t channel, Values<A, R, N>& to) const {
        A gamma[N];
        load_or(by.gamma, channel, A{1}, gamma);
        load_or(by.mean, group, A{0}, to.of[0]);
        load_elements<N>(by.rstd + group, to.of[1]);
        load_or(by.beta, channel, A{0}, to.of[2]);
#pragma unroll
        for (int j = 0; j < N; ++j) to.of[1][j] *= gamma[j];
    }
};

/// What NormaliseBackward reads: those of AffineRows, offset and pull.
template <class A>
struct BackwardRows {
    static constexpr int count = 5;
    AffineRows<A> affine;
    const A *sums, *products;
    A share;  // 1 / rows

    bool aligned() const { return affine.aligned() && aligned_16(sums, products); }
    template <int N, int R>
    __device__ void load(std::int64_t group, std::int64_t channel, Values<A, R, N>& to) const {
        affine.template load<N>(group, channel, to);
        A rstd[N];
        load_elements<N>(affine.by.rstd + group, rstd);
        load_elements<N>(sums + group, to.of[3]);
        load_elements<N>(products + group, to.of[4]);
#pragma unroll
        for (int j = 0; j < N; ++j) {
            const auto row =
                formula::backward_row(affine.by.mean != nullptr, to.of[1][j], rstd[j], to.of[3][j], to.of[4][j], share);
            to.of[3][j] = row.offset;
            to.of[4][j] = row.pull;
        }
    }
};

}  // namespace protolith::kernels::cuda
