#include "simt/simt.hpp"

#include "simt/block.hpp"
#include "standin/runtime/runtime.hpp"

#include <algorithm>
#include <string>

namespace simt {
namespace {

constexpr std::size_t default_shared = 48 << 10;   // without cudaFuncSetAttribute
constexpr std::size_t largest_shared = 163 << 10;  // what a block can have on compute capability 8.0

std::string at(const Site& site) { return std::string(site.file_name()) + ":" + std::to_string(site.line()) + ": "; }

}  // namespace

void set_order(Order order, unsigned seed) { multiprocessor().set_order(order, seed); }

void* shared_array(const void* key, std::size_t bytes, const Site& site) {
    return multiprocessor().shared().array(key, bytes, site);
}
void* dynamic_array() { return multiprocessor().shared().dynamic_array(); }
void barrier(const Site& site) { multiprocessor().wait_for_block(0, site); }
unsigned barrier_count(unsigned vote, const Site& site) { return multiprocessor().wait_for_block(vote, site); }
void warp_barrier(unsigned mask, const Site& site) { multiprocessor().wait_for_warp(mask, 0, -1, site); }
unsigned warp_vote(unsigned mask, bool yes, const Site& site) {
    return static_cast<unsigned>(multiprocessor().wait_for_warp(mask, yes ? 1 : 0, -1, site));
}
std::uint64_t warp_exchange(unsigned mask, std::uint64_t offered, int source, const Site& site) {
    return multiprocessor().wait_for_warp(mask, offered, source, site);
}
int lane() { return multiprocessor().lane(); }

void require_aligned(const void* address, std::size_t bytes, const Site& site) {
    if (reinterpret_cast<std::uintptr_t>(address) % bytes == 0) return;
    throw Error(at(site) + "an access of " + std::to_string(bytes) + " bytes to an address that is no multiple of it");
}

void require_device_pointer(const void* pointer, int parameter, const Site& where) {
    if (pointer == nullptr || standin::is_device(pointer) || standin::is_pinned(pointer)) return;
    throw Error(at(where) + "argument " + std::to_string(parameter) +
                " of the kernel points to host memory, not to device memory");
}

void start(const Shape& shape, cudaStream_t stream, std::function<void()> thread) {
    const dim3 &grid = shape.grid, &block = shape.block;
    const std::size_t threads = std::size_t{block.x} * block.y * block.z;
    if (threads == 0 || threads > 1024 || block.z > 64)
        throw Error(at(shape.where) + "a block of " + std::to_string(threads) + " threads: expected 1 to 1024");
    if (grid.y > 65535 || grid.z > 65535 || grid.x > 2147483647U)
        throw Error(at(shape.where) + "a grid of " + std::to_string(grid.x) + " x " + std::to_string(grid.y) + " x " +
                    std::to_string(grid.z) + " blocks: at most 2147483647 x 65535 x 65535");
    const std::size_t allowed = std::max(default_shared, standin::allowed_shared(shape.kernel));
    if (shape.shared_bytes > allowed)
        throw Error(at(shape.where) + std::to_string(shape.shared_bytes) +
                    " bytes of dynamic shared memory, but the kernel is allowed " + std::to_string(allowed));
    standin::enqueue(stream, "kernel",
                     [shape, thread = std::move(thread)] { multiprocessor().run_grid(shape, largest_shared, thread); });
}

}  // namespace simt
