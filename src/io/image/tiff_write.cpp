// Grey 8-bit TIFF files of one page a plane.
#include "io/image/tiff_file.hpp"
#include "io/image/tiff_image.hpp"

#include <algorithm>

namespace protolith::io {

void write_tiff(const std::string& path, const Volume<std::uint8_t>& volume) {
    const auto [planes, rows, columns] = volume.extent();
    require(volume.size() > 0, "{}: an empty image cannot be written", path);
    // Classic TIFF has 32-bit offsets; deflate can enlarge noise a little, and directories need room.
    constexpr std::size_t classic = std::size_t{4} << 30;
    TiffFile file(path, volume.size() < classic - classic / 16 ? "w" : "w8");
    TIFF* tiff = file.get();
    constexpr std::size_t strip_bytes = 64 * 1024;
    const std::size_t strip_rows = std::clamp<std::size_t>(strip_bytes / columns, 1, rows);
    for (std::size_t z = 0; z < planes; ++z) {
        TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(columns));
        TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(rows));
        TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
        TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 1);
        TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT);
        TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
        TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
        TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE);
        TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, static_cast<std::uint32_t>(strip_rows));
        for (std::size_t y = 0, strip = 0; y < rows; y += strip_rows, ++strip) {
            const auto bytes = static_cast<tmsize_t>(std::min(strip_rows, rows - y) * columns);
            // libtiff takes a non-const pointer but does not change the data of this compression.
            auto* data = const_cast<std::uint8_t*>(volume.data() + (z * rows + y) * columns);
            file.check(TIFFWriteEncodedStrip(tiff, static_cast<std::uint32_t>(strip), data, bytes) == bytes);
        }
        file.check(TIFFWriteDirectory(tiff) != 0);
    }
    file.close();
}

}  // namespace protolith::io
