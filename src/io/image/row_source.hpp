// Base of the formats that are decoded row by row (PNG, TIFF): a box is copied together from rows.
#pragma once

#include "io/image/source.hpp"

#include <cstring>

namespace protolith::io {

class RowSource : public ImageSource {
  protected:
    using ImageSource::ImageSource;

    /// Row `y` of plane `z` as stored samples, valid until the next call. Only the columns [first, first + count) need
    /// be filled.
    virtual const std::byte* row(std::size_t z, std::size_t y, std::size_t first, std::size_t count) = 0;

    void read_samples(const Block& block, std::byte* out) final {
        const std::size_t width = bytes_of(sample()), bytes = block.extent.x * width;
        for (std::size_t z = 0; z < block.extent.z; ++z)
            for (std::size_t y = 0; y < block.extent.y; ++y, out += bytes) {
                const std::byte* from = row(block.offset.z + z, block.offset.y + y, block.offset.x, block.extent.x);
                std::memcpy(out, from + block.offset.x * width, bytes);
            }
    }
};

}  // namespace protolith::io
