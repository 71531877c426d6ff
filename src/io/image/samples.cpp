#include "io/image/samples.hpp"

#include "base/error.hpp"

#include <cstdint>
#include <cstring>
#include <limits>

namespace protolith::io {

namespace {

/// One, two or four bits a pixel, most significant bits first, to a byte a pixel with the same value.
void unpack_bits(const PixelLayout& layout, const std::byte* in, std::byte* out, std::size_t first, std::size_t count) {
    const auto bits = static_cast<std::size_t>(layout.bits), pixels = 8 / bits;
    const auto mask = static_cast<unsigned>((1 << bits) - 1);
    const unsigned flip = layout.white_is_zero ? mask : 0;
    for (std::size_t x = first; x < first + count; ++x) {
        const std::size_t shift = 8 - bits * (x % pixels + 1);
        out[x] = static_cast<std::byte>((std::to_integer<unsigned>(in[x / pixels]) >> shift & mask) ^ flip);
    }
}

[[noreturn]] void refuse_colour(const std::string& file, std::size_t row, std::size_t column) {
    throw InputError(
        fmt::format("{}: colour image; grey expected (the colours differ at row {}, column {})", file, row, column));
}

/// Whole samples of type T: checks that colours are equal and pixels opaque, and keeps one sample.
template <class T>
void unpack_samples(const PixelLayout& layout, const std::byte* in, std::byte* out, std::size_t first,
                    std::size_t count, const std::string& file, std::size_t row) {
    constexpr T most = std::numeric_limits<T>::max();
    const auto channels = static_cast<std::size_t>(layout.channels), colours = static_cast<std::size_t>(layout.colours);
    T pixel[5];
    for (std::size_t x = first; x < first + count; ++x) {
        std::memcpy(pixel, in + x * channels * sizeof(T), channels * sizeof(T));
        if (colours == 3 && (pixel[0] != pixel[1] || pixel[1] != pixel[2])) refuse_colour(file, row, x);
        if (layout.alpha)
            require_input(pixel[colours] == most, "{}: opacity {} at row {}, column {}; opaque pixels ({}) expected",
                          file, pixel[colours], row, x, most);
        const T grey = layout.white_is_zero ? static_cast<T>(most - pixel[0]) : pixel[0];
        std::memcpy(out + x * sizeof(T), &grey, sizeof(T));
    }
}

}  // namespace

std::size_t grey_row_bytes(const PixelLayout& layout, std::size_t width) noexcept {
    return layout.bits <= 8 ? width : width * static_cast<std::size_t>(layout.bits) / 8;
}

void unpack_grey(const PixelLayout& layout, const std::byte* in, std::byte* out, std::size_t first, std::size_t count,
                 const std::string& file, std::size_t row) {
    if (layout.bits < 8) {
        unpack_bits(layout, in, out, first, count);
    } else if (layout.channels == 1 && !layout.white_is_zero) {
        const auto bytes = static_cast<std::size_t>(layout.bits) / 8;
        std::memcpy(out + first * bytes, in + first * bytes, count * bytes);
    } else if (layout.bits == 8) {
        unpack_samples<std::uint8_t>(layout, in, out, first, count, file, row);
    } else if (layout.bits == 16) {
        unpack_samples<std::uint16_t>(layout, in, out, first, count, file, row);
    } else {
        throw Error(
            fmt::format("{}: {}-bit samples with {} channels were not refused", file, layout.bits, layout.channels));
    }
}

}  // namespace protolith::io
