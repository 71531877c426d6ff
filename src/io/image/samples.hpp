// From packed file samples to one grey sample a pixel: 1, 2 and 4 bits to a byte, and colour to grey where nothing is
// lost.
#pragma once

#include <cstddef>
#include <string>

namespace protolith::io {

/// How the pixels of a decoded row lie in memory, in this machine's byte order.
struct PixelLayout {
    int bits = 8;                ///< of one sample: 1, 2, 4, 8, 16 or 32 (float); fewer than 8 only with one channel
    int channels = 1;            ///< samples of a pixel, with alpha
    int colours = 1;             ///< colour samples of a pixel: 1 or 3
    bool alpha = false;          ///< the sample after the colours is opacity
    bool white_is_zero = false;  ///< stored inverted (TIFF MINISWHITE); not with float samples
};

/// Bytes of a decoded grey row: one byte a pixel up to 8 bits, else two or four.
std::size_t grey_row_bytes(const PixelLayout& layout, std::size_t width) noexcept;

/// Turns the pixels [first, first + count) of the packed row `in` into grey samples at the same places of the row
/// `out`. A pixel whose three colours differ, or that is not opaque, is an InputError naming `file`, `row` and the
/// column.
void unpack_grey(const PixelLayout& layout, const std::byte* in, std::byte* out, std::size_t first, std::size_t count,
                 const std::string& file, std::size_t row);

}  // namespace protolith::io
