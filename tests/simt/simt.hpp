// Runs the text of a CUDA kernel on the CPU, for tests: one block after the other, and within a block a fiber for every
// thread that waits somewhere. Barriers and shuffles are checked (who is missing, where, reading from which lane),
// shared memory begins as NaN with guards around every array, and threads run forward, backward or in random order, so
// that what a missing barrier leaves to chance shows. launch/launch.cuh includes this in the place of the CUDA
// compiler's built-ins; types, streams and error codes are those of the toolkit's own headers.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <functional>
#include <source_location>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include <cuda_runtime_api.h>
#include <vector_functions.h>
#include <vector_types.h>

#undef __launch_bounds__
#define __launch_bounds__(...)
#undef __forceinline__
#define __forceinline__ inline
#undef __shared__  // PROTOLITH_SHARED declares shared memory

namespace simt {

using Site = std::source_location;

/// What a kernel does wrong: file, line, block, thread.
struct Error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

enum class Order { forward, backward, random };

/// The order in which threads, warps and blocks run from now on. `seed` draws the random one.
void set_order(Order order, unsigned seed = 1);

/// Where the thread that runs now stands: what threadIdx and its like give.
struct Here {
    uint3 thread{}, block{};
    dim3 block_size{}, grid_size{};
};
extern Here here;

// -- what kernels call -----------------------------------------------------------------------------------------------

void* shared_array(const void* key, std::size_t bytes, const Site& site);
void* dynamic_array();
void barrier(const Site& site);
/// The sum over the block's threads of `vote`, after the barrier.
unsigned barrier_count(unsigned vote, const Site& site);
void warp_barrier(unsigned mask, const Site& site);
/// Bit l: whether lane l of the mask voted yes.
unsigned warp_vote(unsigned mask, bool yes, const Site& site);
/// What lane `source` of this warp offers.
std::uint64_t warp_exchange(unsigned mask, std::uint64_t offered, int source, const Site& site);
int lane();
void require_aligned(const void* address, std::size_t bytes, const Site& site = Site::current());

/// The array of type T that a declaration names; the closure's type tells one declaration, and one instance of a
/// template, from another.
template <class T, class Closure>
T& shared(Closure /*where*/, const Site& site = Site::current()) {
    static_assert(std::is_trivially_default_constructible_v<std::remove_all_extents_t<T>>,
                  "shared memory is not initialised: its type must not need to be");
    static const char key = 0;
    return *static_cast<T*>(shared_array(&key, sizeof(T), site));
}

template <class T>
T* dynamic_shared() {
    return static_cast<T*>(dynamic_array());
}

/// `kind` decides the lane that is read, as in CUDA: lanes outside the segment of `width` give one's own value.
template <class T>
T shuffle(unsigned mask, T value, int source, bool inside, const Site& site) {
    static_assert(std::is_arithmetic_v<T> && (sizeof(T) == 4 || sizeof(T) == 8), "CUDA shuffles words of 4 or 8 bytes");
    std::uint64_t word = 0;
    std::memcpy(&word, &value, sizeof value);
    word = warp_exchange(mask, word, inside ? source : lane(), site);
    std::memcpy(&value, &word, sizeof value);
    return value;
}

// -- what launch.cuh calls -------------------------------------------------------------------------------------------

struct Shape {
    dim3 grid, block;
    std::size_t shared_bytes;
    const void* kernel;
    Site where;
};

/// Checks the shape and the pointers as the runtime would, and hands the grid to the stream.
void start(const Shape& shape, cudaStream_t stream, std::function<void()> thread);
/// Throws where a pointer given to a kernel is not device memory.
void require_device_pointer(const void* pointer, int parameter, const Site& where);

template <class... Parameters>
void launch(void (*kernel)(Parameters...), dim3 grid, dim3 block, std::size_t shared_bytes, cudaStream_t stream,
            const Site& where, std::type_identity_t<Parameters>... arguments) {
    int number = 0;
    const auto look = [&](const auto& argument) {
        ++number;
        if constexpr (std::is_pointer_v<std::decay_t<decltype(argument)>>)
            require_device_pointer(argument, number, where);
    };
    (look(arguments), ...);
    start({grid, block, shared_bytes, reinterpret_cast<const void*>(kernel), where}, stream,
          [=] { kernel(arguments...); });
}

}  // namespace simt

#define threadIdx (::simt::here.thread)
#define blockIdx (::simt::here.block)
#define blockDim (::simt::here.block_size)
#define gridDim (::simt::here.grid_size)
#define warpSize 32

inline void __syncthreads(const simt::Site& site = simt::Site::current()) { simt::barrier(site); }
inline int __syncthreads_count(int yes, const simt::Site& site = simt::Site::current()) {
    return static_cast<int>(simt::barrier_count(yes != 0, site));
}
inline int __syncthreads_or(int yes, const simt::Site& site = simt::Site::current()) {
    return simt::barrier_count(yes != 0, site) != 0;
}
inline int __syncthreads_and(int yes, const simt::Site& site = simt::Site::current()) {
    return simt::barrier_count(yes == 0, site) == 0;
}
inline void __syncwarp(unsigned mask = ~0U, const simt::Site& site = simt::Site::current()) {
    simt::warp_barrier(mask, site);
}
inline unsigned __ballot_sync(unsigned mask, int yes, const simt::Site& site = simt::Site::current()) {
    return simt::warp_vote(mask, yes != 0, site);
}
inline int __any_sync(unsigned mask, int yes, const simt::Site& site = simt::Site::current()) {
    return simt::warp_vote(mask, yes != 0, site) != 0;
}
inline int __all_sync(unsigned mask, int yes, const simt::Site& site = simt::Site::current()) {
    return simt::warp_vote(mask, yes == 0, site) == 0;
}
template <class T>
T __shfl_sync(unsigned mask, T value, int source, int width = 32, const simt::Site& site = simt::Site::current()) {
    const int first = simt::lane() / width * width;
    return simt::shuffle(mask, value, first + (source & (width - 1)), true, site);
}
template <class T>
T __shfl_xor_sync(unsigned mask, T value, int bits, int width = 32, const simt::Site& site = simt::Site::current()) {
    const int source = simt::lane() ^ bits;
    return simt::shuffle(mask, value, source, source / width <= simt::lane() / width, site);
}
template <class T>
T __shfl_down_sync(unsigned mask, T value, unsigned distance, int width = 32,
                   const simt::Site& site = simt::Site::current()) {
    const int source = simt::lane() + static_cast<int>(distance);
    return simt::shuffle(mask, value, source, source / width == simt::lane() / width, site);
}
template <class T>
T __shfl_up_sync(unsigned mask, T value, unsigned distance, int width = 32,
                 const simt::Site& site = simt::Site::current()) {
    const int source = simt::lane() - static_cast<int>(distance);
    return simt::shuffle(mask, value, source, source >= simt::lane() / width * width, site);
}

inline void __threadfence() {}
inline void __threadfence_block() {}
template <class T>
T __ldg(const T* address) {
    return *address;
}
inline float rsqrtf(float x) { return 1.0F / std::sqrt(x); }
inline double rsqrt(double x) { return 1.0 / std::sqrt(x); }
inline unsigned __umulhi(unsigned a, unsigned b) { return static_cast<unsigned>(std::uint64_t{a} * b >> 32); }
inline float __uint_as_float(unsigned bits) { return std::bit_cast<float>(bits); }
inline unsigned __float_as_uint(float value) { return std::bit_cast<unsigned>(value); }

// Only of whole numbers: sums of floats in the order of arrival differ from run to run.
template <class T>
T atomicAdd(T* address, std::type_identity_t<T> value) {
    static_assert(std::is_integral_v<T>, "float atomics make runs that cannot be repeated");
    return std::exchange(*address, *address + value);
}
template <class T>
T atomicMax(T* address, std::type_identity_t<T> value) {
    static_assert(std::is_integral_v<T>);
    return std::exchange(*address, *address > value ? *address : value);
}
template <class T>
T atomicOr(T* address, std::type_identity_t<T> value) {
    static_assert(std::is_integral_v<T>);
    return std::exchange(*address, *address | value);
}
template <class T>
T atomicExch(T* address, std::type_identity_t<T> value) {
    return std::exchange(*address, value);
}
