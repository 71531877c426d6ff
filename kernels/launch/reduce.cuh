// Sums and extremes over warps and blocks by shuffles, in a fixed order: the same bits at every run.
#pragma once

#include "launch/launch.cuh"

namespace protolith::kernels::cuda {

constexpr int warp_threads = 32;
constexpr unsigned full_warp = 0xffffffffu;

struct Sum {
    template <class T>
    __device__ T operator()(T a, T b) const {
        return a + b;
    }
};

struct Maximum {
    template <class T>
    __device__ T operator()(T a, T b) const {
        return a > b ? a : b;
    }
};

/// Of the 32 values of a warp; every lane gets the result. All lanes must call it. T: a type that shuffles take.
template <class Combine, class T>
__device__ T warp_reduce(T value, Combine combine) {
    for (int distance = warp_threads / 2; distance > 0; distance /= 2)
        value = combine(value, __shfl_xor_sync(full_warp, value, distance));
    return value;
}

template <class T>
__device__ T warp_sum(T value) {
    return warp_reduce(value, Sum{});
}

/// Of all threads of a block (its size a multiple of 32, at most 1024); every thread gets the result. `outside` is the
/// neutral element. All threads must call it; it may be called again at once.
template <class Combine, class T>
__device__ T block_reduce(T value, Combine combine, T outside) {
    PROTOLITH_SHARED(of_warps, T[warp_threads]);
    const int thread = static_cast<int>(threadIdx.x + blockDim.x * (threadIdx.y + blockDim.y * threadIdx.z));
    const int lane = thread % warp_threads, warp = thread / warp_threads;
    const int warps = static_cast<int>(blockDim.x * blockDim.y * blockDim.z) / warp_threads;
    value = warp_reduce(value, combine);
    __syncthreads();  // the last call's results have been read
    if (lane == 0) of_warps[warp] = value;
    __syncthreads();
    return warp_reduce(lane < warps ? of_warps[lane] : outside, combine);
}

template <class T>
__device__ T block_sum(T value) {
    return block_reduce(value, Sum{}, T{0});
}

}  // namespace protolith::kernels::cuda
