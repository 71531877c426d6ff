#include "fft/good_size.hpp"

#include <algorithm>
#include <array>

namespace protolith::fft {
namespace {

bool is_smooth(std::size_t n) {
    for (const std::size_t prime : std::array<std::size_t, 4>{2, 3, 5, 7})
        while (n % prime == 0) n /= prime;
    return n == 1;
}

}  // namespace

std::size_t good_size(std::size_t n) {
    n = std::max<std::size_t>(n, 1);
    // 7-smooth numbers lie dense enough that the next one is found within a few hundred steps for any image size.
    while (!is_smooth(n)) ++n;
    return n;
}

Extent good_extent(const Extent& extent) { return {good_size(extent.z), good_size(extent.y), good_size(extent.x)}; }

}  // namespace protolith::fft
