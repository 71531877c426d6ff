// Memory of large arrays. A page that is touched for the first time costs microseconds, more than the work on its
// voxels; so arrays of several megabytes begin on a huge page and ask for them (madvise(2)).
#pragma once

#include <cstddef>
#include <new>
#include <utility>
#include <vector>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace protolith {

/// Elements that are given no value are left as the memory was found.
template <class T>
struct LargeArrayAllocator {
    using value_type = T;
    static constexpr std::size_t huge_page = std::size_t{2} << 20;

    LargeArrayAllocator() = default;
    template <class U>
    LargeArrayAllocator(const LargeArrayAllocator<U>&) noexcept {}

    T* allocate(std::size_t count) {
        const std::size_t bytes = count * sizeof(T);
        if (!on_huge_pages(bytes)) return static_cast<T*>(::operator new(bytes, small));
        const std::size_t whole_pages = (bytes + huge_page - 1) / huge_page * huge_page;
        void* memory = ::operator new (whole_pages, std::align_val_t{huge_page});
#ifdef MADV_HUGEPAGE
        ::madvise(memory, whole_pages, MADV_HUGEPAGE);  // a wish; without it small pages serve
#endif
        return static_cast<T*>(memory);
    }
    void deallocate(T* at, std::size_t count) noexcept {
        ::operator delete(at, on_huge_pages(count * sizeof(T)) ? std::align_val_t{huge_page} : small);
    }
    template <class U>
    void construct(U* at) noexcept {
        ::new (static_cast<void*>(at)) U;
    }
    template <class U, class... Args>
    void construct(U* at, Args&&... args) {
        ::new (static_cast<void*>(at)) U(std::forward<Args>(args)...);
    }
    bool operator==(const LargeArrayAllocator&) const = default;

  private:
    static constexpr std::align_val_t small{64};
    static constexpr bool on_huge_pages(std::size_t bytes) noexcept { return bytes >= 2 * huge_page; }
};

/// A vector whose elements have no value until they are given one: LargeArray<T>(n) and resize(n) write nothing.
template <class T>
using LargeArray = std::vector<T, LargeArrayAllocator<T>>;

}  // namespace protolith
