// Arrays in the memory of Kokkos' default execution space.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <Kokkos_Core.hpp>
#ifdef __linux__
#include <sys/mman.h>
#endif

namespace protolith::flow {

using DeviceSpace = Kokkos::DefaultExecutionSpace;
/// Whether the host may follow the device's pointers: then packs are updated by the host's SIMD kernels.
inline constexpr bool on_host = Kokkos::SpaceAccessibility<Kokkos::HostSpace, DeviceSpace::memory_space>::accessible;

template <class T>
using DeviceArray = Kokkos::View<T*, DeviceSpace::memory_space>;

/// Elements without a value; large arrays of the host ask for huge pages before they are touched.
template <class T>
DeviceArray<T> unfilled(const char* label, std::size_t count) {
    DeviceArray<T> array(Kokkos::view_alloc(Kokkos::WithoutInitializing, std::string(label)), count);
#ifdef MADV_HUGEPAGE
    if constexpr (on_host) {
        constexpr std::uintptr_t page = 4096;
        const auto begin = (reinterpret_cast<std::uintptr_t>(array.data()) + page - 1) / page * page;
        const auto end = reinterpret_cast<std::uintptr_t>(array.data() + count) / page * page;
        if (end > begin + (std::uintptr_t{4} << 20))
            ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);  // a wish
    }
#endif
    return array;
}

/// A copy of `values`.
template <class T, class Allocator>
DeviceArray<T> to_device(const char* label, const std::vector<T, Allocator>& values) {
    auto array = unfilled<T>(label, values.size());
    Kokkos::deep_copy(array,
                      Kokkos::View<const T*, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(values.data(), values.size()));
    return array;
}

template <class T>
std::vector<T> to_host(const DeviceArray<T>& array) {
    std::vector<T> values(array.extent(0));
    Kokkos::deep_copy(Kokkos::View<T*, Kokkos::HostSpace, Kokkos::MemoryUnmanaged>(values.data(), values.size()),
                      array);
    return values;
}

}  // namespace protolith::flow
