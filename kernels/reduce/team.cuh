// The end of a reduction over the lines of a team: lanes of a column within each warp by shuffles, then the warps of a
// block through shared memory, in a fixed order.
#pragma once

#include "reduce/layout.cuh"

namespace protolith::kernels::cuda {

/// Adds each of `count` values over the lanes of this warp that share a column; the first layout.lanes lanes hold the
/// sums. All lanes must call it.
template <int count>
__device__ void add_over_warp(double (&values)[count], int lanes) {
    for (int distance = lanes; distance < warp_threads; distance *= 2)
#pragma unroll
        for (int i = 0; i < count; ++i) values[i] += __shfl_xor_sync(full_warp, values[i], distance);
}

constexpr int block_warps = block_threads / warp_threads;

/// Shared memory in which a block's warps leave `count` values of each lane.
constexpr std::size_t team_bytes(int count, const Layout& layout) {
    return layout.team == warp_threads ? 0 : sizeof(double) * block_warps * count * layout.lanes;
}

/// The warps' values, which the first layout.lanes lanes of each hold, to shared[warp][i][lane]. All threads of the
/// block must call it; what the block read of an earlier call must be behind a barrier.
template <int count>
__device__ void share_warps(const double (&values)[count], int lanes, double* shared) {
    const int lane = static_cast<int>(threadIdx.x) % warp_threads, warp = static_cast<int>(threadIdx.x) / warp_threads;
    if (lane < lanes)
        for (int i = 0; i < count; ++i) shared[(warp * count + i) * lanes + lane] = values[i];
    __syncthreads();
}

}  // namespace protolith::kernels::cuda
