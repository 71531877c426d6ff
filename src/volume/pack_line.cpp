#include "volume/pack_line.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "volume/pack_line.cpp"
#include <array>
#include <bit>
#include <cstring>

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace protolith::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

void pack(const std::uint8_t* voxels, std::size_t length, std::uint64_t* words) {
    const hn::CappedTag<std::uint8_t, 64> d;
    const std::size_t lanes = hn::Lanes(d);
    std::size_t x = 0;
    if (lanes >= 8) {
        auto* bytes = reinterpret_cast<std::uint8_t*>(words);
        for (; x + lanes <= length; x += lanes) {
            std::array<std::uint8_t, 8> bits{};
            hn::StoreMaskBits(d, hn::Ne(hn::LoadU(d, voxels + x), hn::Zero(d)), bits.data());
            std::memcpy(bytes + x / 8, bits.data(), lanes / 8);
        }
    }
    for (; x < length; ++x) words[x / 64] |= std::uint64_t{voxels[x] != 0} << (x % 64);
}

}  // namespace protolith::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith {

static_assert(std::endian::native == std::endian::little, "mask bytes are laid into words lowest first");

HWY_EXPORT(pack);

void pack_line(const std::uint8_t* voxels, std::size_t length, std::uint64_t* words) {
    HWY_DYNAMIC_DISPATCH(pack)(voxels, length, words);
}

}  // namespace protolith
#endif
