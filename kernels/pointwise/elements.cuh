// What the threads of pointwise kernels and of sums take at a time: N neighbouring elements of each array, as values of
// the arithmetic, by accesses of 16 bytes or one by one.
#pragma once

#include "launch/packed.cuh"

#include <utility>

namespace protolith::kernels::cuda {

/// As many elements as 16 bytes hold of the narrower type.
template <class T, class U = T>
constexpr int pack_of = Packed<T>::size > Packed<U>::size ? Packed<T>::size : Packed<U>::size;

/// Whole packs of N elements in arrays of `count`; none where an array is not aligned for them.
template <int N, class... T>
std::int64_t packs_of(std::int64_t count, const T*... arrays) {
    return aligned_16(arrays...) ? count / N : 0;
}

/// Arrays of the same type and length that a formula reads.
template <class T, int I>
struct Inputs {
    using Element = T;
    static constexpr int count = I;
    const T* of[I > 0 ? I : 1];

    bool aligned() const {
        for (int i = 0; i < I; ++i)
            if (!aligned_16(of[i])) return false;
        return true;
    }
};

/// N values of each of `count` arrays.
template <class A, int count, int N>
struct Values {
    A of[count > 0 ? count : 1][N];
};

/// to[j] = from[j], j < N. `from` is aligned to 16 bytes unless N is 1.
template <int N, class T, class A>
__device__ void load_elements(const T* from, A (&to)[N]) {
    if constexpr (N == 1) {
        to[0] = static_cast<A>(*from);
    } else {
        constexpr int size = Packed<T>::size;
        static_assert(N % size == 0);
#pragma unroll
        for (int first = 0; first < N; first += size) {
            const Packed<T> pack = load_packed(from + first);
#pragma unroll
            for (int j = 0; j < size; ++j) to[first + j] = static_cast<A>(pack[j]);
        }
    }
}

/// The elements of every input from `at` on.
template <class T, int I, class A, int N>
__device__ void load_inputs(const Inputs<T, I>& from, std::int64_t at, Values<A, I, N>& to) {
#pragma unroll
    for (int i = 0; i < I; ++i) load_elements<N>(from.of[i] + at, to.of[i]);
}

/// to[j] = from[j], rounded; aligned likewise.
template <int N, class T, class A>
__device__ void store_elements(T* to, const A (&from)[N]) {
    if constexpr (N == 1) {
        *to = static_cast<T>(from[0]);
    } else {
        constexpr int size = Packed<T>::size;
        static_assert(N % size == 0);
#pragma unroll
        for (int first = 0; first < N; first += size) {
            Packed<T> pack;
#pragma unroll
            for (int j = 0; j < size; ++j) pack[j] = static_cast<T>(from[first + j]);
            store_packed(to + first, pack);
        }
    }
}

/// formula(x[j]…, row[k]…): the value j of each input, then the value k of each row.
template <class Formula, class A, int I, int N, int R, int W, std::size_t... Input, std::size_t... Row>
__device__ auto call(const Formula& formula, [[maybe_unused]] const Values<A, I, N>& x, [[maybe_unused]] int j,
                     [[maybe_unused]] const Values<A, R, W>& row, [[maybe_unused]] int k, std::index_sequence<Input...>,
                     std::index_sequence<Row...>) {
    return formula(x.of[Input][j]..., row.of[Row][k]...);
}

template <class Formula, class A, int I, int N, int R, int W>
__device__ auto call(const Formula& formula, const Values<A, I, N>& x, int j, const Values<A, R, W>& row, int k) {
    return call(formula, x, j, row, k, std::make_index_sequence<I>(), std::make_index_sequence<R>());
}

}  // namespace protolith::kernels::cuda
