#include "volume/window.hpp"

#include <algorithm>

namespace protolith::volume {

template <class T>
Volume<T> crop(const Volume<T>& volume, const Block& block) {
    require(inside(block, volume.extent()), "block {} is not inside a volume of {}", to_string(block),
            to_string(volume.extent()));
    Volume<T> part(block.extent);
    T* to = part.data();
    for (std::size_t z = 0; z < block.extent.z; ++z)
        for (std::size_t y = 0; y < block.extent.y; ++y) {
            const std::size_t row = (block.offset.z + z) * volume.extent().y + block.offset.y + y;
            to = std::copy_n(volume.data() + row * volume.extent().x + block.offset.x, block.extent.x, to);
        }
    return part;
}

template <class T>
Volume<T> slice(const Volume<T>& volume, Axis axis, std::size_t index) {
    const auto [nz, ny, nx] = volume.extent();
    const std::size_t length = axis == Axis::z ? nz : axis == Axis::y ? ny : nx;
    require(index < length, "slice {} along an axis of {} voxels (counted from 0) of a volume of {}", index, length,
            to_string(volume.extent()));
    switch (axis) {
        case Axis::z:
            return crop(volume, {{index, 0, 0}, {1, ny, nx}});
        case Axis::y: {
            const Volume<T> plane = crop(volume, {{0, index, 0}, {nz, 1, nx}});
            return Volume<T>({1, nz, nx}, {plane.begin(), plane.end()});
        }
        case Axis::x:
            break;
    }
    const Volume<T> plane = crop(volume, {{0, 0, index}, {nz, ny, 1}});
    return Volume<T>({1, nz, ny}, {plane.begin(), plane.end()});
}

template <class T>
Volume<T> transpose(const Volume<T>& volume, const std::array<Axis, 3>& order) {
    const auto [nz, ny, nx] = volume.extent();
    const std::array<std::size_t, 3> length{nz, ny, nx}, step{ny * nx, nx, 1};
    std::array<std::size_t, 3> axis{};
    for (std::size_t i = 0; i < 3; ++i) axis[i] = static_cast<std::size_t>(order[i]);
    require(axis[0] != axis[1] && axis[1] != axis[2] && axis[0] != axis[2],
            "the order of axes {} {} {} names one twice", axis[0], axis[1], axis[2]);
    Volume<T> turned(Extent{length[axis[0]], length[axis[1]], length[axis[2]]});
    T* to = turned.data();
    for (std::size_t a = 0; a < length[axis[0]]; ++a)
        for (std::size_t b = 0; b < length[axis[1]]; ++b)
            for (std::size_t c = 0; c < length[axis[2]]; ++c)
                *to++ = volume[a * step[axis[0]] + b * step[axis[1]] + c * step[axis[2]]];
    return turned;
}

std::vector<Block> sliding_windows(const Extent& extent, const Extent& size, const Extent& stride) {
    require_input(inside({{0, 0, 0}, size}, extent), "a window of {} does not fit into an image of {}", to_string(size),
                  to_string(extent));
    require_input(stride.count() > 0, "a stride of {}; at least 1 along every axis expected", to_string(stride));
    std::vector<Block> windows;
    for (std::size_t z = 0; z + size.z <= extent.z; z += stride.z)
        for (std::size_t y = 0; y + size.y <= extent.y; y += stride.y)
            for (std::size_t x = 0; x + size.x <= extent.x; x += stride.x) windows.push_back({{z, y, x}, size});
    return windows;
}

template Volume<std::uint8_t> crop(const Volume<std::uint8_t>&, const Block&);
template Volume<float> crop(const Volume<float>&, const Block&);
template Volume<std::uint8_t> slice(const Volume<std::uint8_t>&, Axis, std::size_t);
template Volume<float> slice(const Volume<float>&, Axis, std::size_t);
template Volume<std::uint8_t> transpose(const Volume<std::uint8_t>&, const std::array<Axis, 3>&);
template Volume<float> transpose(const Volume<float>&, const std::array<Axis, 3>&);

}  // namespace protolith::volume
