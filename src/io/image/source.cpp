#include "io/image/source.hpp"

#include <algorithm>
#include <cmath>

namespace protolith::io {

namespace {

/// Rows converted at a time: small enough for the cache, large enough that a call per piece does not count.
constexpr std::size_t conversion_bytes = 256 * 1024;

/// Refuses a NaN or an infinity in what was read from `block`, with its position in the image.
void require_finite(const std::string& name, const Block& block, const float* values) {
    const float* last = values + block.count();
    const float* bad = std::find_if(values, last, [](float value) { return !std::isfinite(value); });
    if (bad == last) return;
    const auto at = static_cast<std::size_t>(bad - values);
    const std::size_t x = at % block.extent.x, y = at / block.extent.x % block.extent.y,
                      z = at / (block.extent.x * block.extent.y);
    throw InputError(fmt::format("{}: value {} at plane {}, row {}, column {}; finite grey values expected", name, *bad,
                                 block.offset.z + z, block.offset.y + y, block.offset.x + x));
}

}  // namespace

ImageSource::ImageSource(ImageInfo info) : info_(std::move(info)) {
    const auto& [z, y, x] = info_.extent;
    require_input(z > 0 && y > 0 && x > 0,
                  "{}: the image is empty ({} planes, {} rows, {} columns); at least one pixel expected", info_.name, z,
                  y, x);
    constexpr double most = 1e15;
    require_input(static_cast<double>(z) * static_cast<double>(y) * static_cast<double>(x) < most,
                  "{}: {} pixels cannot be right; the file is damaged", info_.name, to_string(info_.extent));
}

void ImageSource::check(const Block& block) const {
    require(inside(block, info_.extent), "{}: block {} is not inside the image of {}", info_.name, to_string(block),
            to_string(info_.extent));
}

template <class T>
void ImageSource::read_converted(const Block& block, float* out) {
    const std::size_t row = block.extent.x;
    const std::size_t rows = std::clamp<std::size_t>(conversion_bytes / (row * sizeof(T)), 1, block.extent.y);
    std::vector<T> piece(rows * row);
    for (std::size_t z = 0; z < block.extent.z; ++z)
        for (std::size_t y = 0; y < block.extent.y; y += rows) {
            const std::size_t count = std::min(rows, block.extent.y - y);
            read_samples({{block.offset.z + z, block.offset.y + y, block.offset.x}, {1, count, row}},
                         reinterpret_cast<std::byte*>(piece.data()));
            out = std::transform(piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(count * row), out,
                                 [](T value) { return static_cast<float>(value); });
        }
}

void ImageSource::read(const Block& block, float* out) {
    check(block);
    switch (info_.sample) {
        case Sample::uint8:
            return read_converted<std::uint8_t>(block, out);
        case Sample::uint16:
            return read_converted<std::uint16_t>(block, out);
        case Sample::float32:
            read_samples(block, reinterpret_cast<std::byte*>(out));
            return require_finite(info_.name, block, out);
    }
}

void ImageSource::read(const Block& block, std::uint8_t* out) {
    check(block);
    require(info_.sample == Sample::uint8, "{}: {}-byte samples cannot be read as bytes", info_.name,
            bytes_of(info_.sample));
    read_samples(block, reinterpret_cast<std::byte*>(out));
}

void ImageSource::read_rows(std::size_t z, std::size_t first, std::size_t count, float* out) {
    read({{z, first, 0}, {1, count, info_.extent.x}}, out);
}

void ImageSource::read_rows(std::size_t z, std::size_t first, std::size_t count, std::uint8_t* out) {
    read({{z, first, 0}, {1, count, info_.extent.x}}, out);
}

GreyVolume read_grey(ImageSource& source) { return read_block(source, whole(source.extent())); }
GreyVolume read_grey(const std::string& path) { return read_grey(*open_image(path)); }

GreyVolume read_block(ImageSource& source, const Block& block) {
    GreyVolume grey(block.extent);
    source.read(block, grey.data());
    return grey;
}

GreyVolume read_block(const std::string& path, const Block& block) { return read_block(*open_image(path), block); }

}  // namespace protolith::io
