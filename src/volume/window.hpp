// Parts and views of a volume: blocks cut out, orthogonal slices, axes exchanged, and the positions of sliding windows.
#pragma once

#include "volume/blocks.hpp"
#include "volume/volume.hpp"

#include <array>
#include <vector>

namespace protolith::volume {

/// An axis of a volume.
enum class Axis { z, y, x };

/// Copies `block`, which must lie inside the volume.
template <class T>
Volume<T> crop(const Volume<T>& volume, const Block& block);

/// The 2-D image normal to `axis` at `index`: z gives (y, x), y gives (z, x), x gives (z, y).
template <class T>
Volume<T> slice(const Volume<T>& volume, Axis axis, std::size_t index);

/// Reorders the axes: axis i of the result (z, y, x) is axis `order[i]` of `volume`. {Axis::z, Axis::x, Axis::y}
/// transposes each plane.
template <class T>
Volume<T> transpose(const Volume<T>& volume, const std::array<Axis, 3>& order);

/// All positions of a window of `size`, `stride` apart along each axis, that fit inside `extent`; x fastest.
/// A window larger than the image is an error.
std::vector<Block> sliding_windows(const Extent& extent, const Extent& size, const Extent& stride);

extern template Volume<std::uint8_t> crop(const Volume<std::uint8_t>&, const Block&);
extern template Volume<float> crop(const Volume<float>&, const Block&);
extern template Volume<std::uint8_t> slice(const Volume<std::uint8_t>&, Axis, std::size_t);
extern template Volume<float> slice(const Volume<float>&, Axis, std::size_t);
extern template Volume<std::uint8_t> transpose(const Volume<std::uint8_t>&, const std::array<Axis, 3>&);
extern template Volume<float> transpose(const Volume<float>&, const std::array<Axis, 3>&);

}  // namespace protolith::volume
