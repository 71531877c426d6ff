// Image files for the tests of the readers: a folder of its own for each test, and writers for every kind of PNG and
// TIFF.
#pragma once

#include "base/error.hpp"
#include "volume/volume.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <png.h>
#include <tiffio.h>
#include <unistd.h>

namespace protolith::test {

/// A folder that exists as long as the test.
class ImageFiles : public ::testing::Test {
  protected:
    ImageFiles() {
        const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
        folder_ = std::filesystem::temp_directory_path() / (std::string("protolith_") + test->test_suite_name() + "_" +
                                                            test->name() + "_" + std::to_string(getpid()));
        std::filesystem::create_directories(folder_);
    }
    ~ImageFiles() override { std::filesystem::remove_all(folder_); }
    std::string at(const std::string& name) const { return (folder_ / name).string(); }

  private:
    std::filesystem::path folder_;
};

/// Deterministic whole numbers from 0 to `maximum`.
inline std::vector<unsigned> noise(std::size_t count, unsigned maximum, std::uint64_t item = 0) {
    std::vector<unsigned> values(count);
    std::uint64_t state = 0x9e3779b97f4a7c15u * (item + 1);
    for (unsigned& value : values) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        value = static_cast<unsigned>((state >> 33) % (std::uint64_t{maximum} + 1));
    }
    return values;
}

inline std::vector<float> as_floats(const std::vector<unsigned>& values) { return {values.begin(), values.end()}; }

/// Rows of whole numbers packed with `bits` bits a sample, each row padded to a byte; 16 bits in this machine's order.
inline std::vector<std::uint8_t> packed(const std::vector<unsigned>& values, std::size_t row_samples, unsigned bits) {
    const std::size_t rows = values.size() / row_samples, row_bytes = (row_samples * bits + 7) / 8;
    std::vector<std::uint8_t> bytes(rows * row_bytes, 0);
    for (std::size_t i = 0; i < values.size(); ++i) {
        std::uint8_t* row = bytes.data() + i / row_samples * row_bytes;
        const std::size_t x = i % row_samples;
        if (bits == 16) {
            const auto value = static_cast<std::uint16_t>(values[i]);
            std::memcpy(row + 2 * x, &value, 2);
        } else {
            row[x * bits / 8] = static_cast<std::uint8_t>(row[x * bits / 8] | values[i] << (8 - bits - x * bits % 8));
        }
    }
    return bytes;
}

/// What libpng's writer is told beside the size.
struct PngKind {
    int bits = 8;
    int colour = PNG_COLOR_TYPE_GRAY;
    int interlace = PNG_INTERLACE_NONE;
    std::vector<png_color> palette = {};
};

/// Writes `samples` (rows, columns × channels).
inline void write_png_file(const std::string& path, std::size_t rows, std::size_t columns,
                           const std::vector<unsigned>& samples, const PngKind& kind = {}) {
    std::vector<std::uint8_t> bytes = packed(samples, samples.size() / rows, static_cast<unsigned>(kind.bits));
    std::FILE* file = std::fopen(path.c_str(), "wb");
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    png_init_io(png, file);
    png_set_IHDR(png, info, static_cast<png_uint_32>(columns), static_cast<png_uint_32>(rows), kind.bits, kind.colour,
                 kind.interlace, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (!kind.palette.empty()) png_set_PLTE(png, info, kind.palette.data(), static_cast<int>(kind.palette.size()));
    png_write_info(png, info);
    if (kind.bits == 16) png_set_swap(png);
    std::vector<png_bytep> pointers(rows);
    for (std::size_t y = 0; y < rows; ++y) pointers[y] = bytes.data() + y * (bytes.size() / rows);
    png_write_image(png, pointers.data());
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    std::fclose(file);
}

/// What libtiff's writer is told beside the size.
struct TiffKind {
    int bits = 8;
    int format = SAMPLEFORMAT_UINT;
    int photometric = PHOTOMETRIC_MINISBLACK;
    int compression = COMPRESSION_NONE;
    int channels = 1;
    std::uint32_t strip_rows = 5;
    std::uint32_t tile = 0;  ///< side of square tiles; 0: strips
    int orientation = ORIENTATION_TOPLEFT;
    const char* mode = "w";
    int alpha = 0;  ///< kind of the last channel if it is an extra sample (EXTRASAMPLE_…); 0: none
};

/// Sets the tags of the current page and writes its strips or tiles from packed rows.
inline void write_tiff_page(TIFF* tiff, std::size_t rows, std::size_t columns, const std::vector<std::uint8_t>& bytes,
                            const TiffKind& kind) {
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(columns));
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(rows));
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, kind.bits);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, kind.channels);
    TIFFSetField(tiff, TIFFTAG_SAMPLEFORMAT, kind.format);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, kind.photometric);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, kind.compression);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(tiff, TIFFTAG_ORIENTATION, kind.orientation);
    if (kind.alpha != 0) {
        const auto extra = static_cast<std::uint16_t>(kind.alpha);
        TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, &extra);
    }
    const std::size_t row_bytes = bytes.size() / rows;
    if (kind.tile == 0) {
        TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, kind.strip_rows);
        std::vector<std::uint8_t> row(row_bytes);
        for (std::size_t y = 0; y < rows; ++y) {
            std::memcpy(row.data(), bytes.data() + y * row_bytes, row_bytes);
            ASSERT_EQ(TIFFWriteScanline(tiff, row.data(), static_cast<std::uint32_t>(y), 0), 1);
        }
        return;
    }
    TIFFSetField(tiff, TIFFTAG_TILEWIDTH, kind.tile);
    TIFFSetField(tiff, TIFFTAG_TILELENGTH, kind.tile);
    const auto tile_row = static_cast<std::size_t>(TIFFTileRowSize(tiff));
    std::vector<std::uint8_t> tile(tile_row * kind.tile);
    for (std::size_t y = 0; y < rows; y += kind.tile)
        for (std::size_t x = 0, from = 0; x < columns; x += kind.tile, from += tile_row) {
            std::fill(tile.begin(), tile.end(), std::uint8_t{0x5a});
            for (std::size_t r = 0; r < kind.tile && y + r < rows; ++r)
                std::memcpy(tile.data() + r * tile_row, bytes.data() + (y + r) * row_bytes + from,
                            std::min(tile_row, row_bytes - from));
            ASSERT_GT(
                TIFFWriteTile(tiff, tile.data(), static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y), 0, 0),
                0);
        }
}

/// Writes packed pages of equal size.
inline void write_tiff_file(const std::string& path, std::size_t rows, std::size_t columns,
                            const std::vector<std::vector<std::uint8_t>>& pages, const TiffKind& kind = {}) {
    TIFF* tiff = TIFFOpen(path.c_str(), kind.mode);
    ASSERT_NE(tiff, nullptr);
    for (const auto& page : pages) {
        write_tiff_page(tiff, rows, columns, page, kind);
        TIFFWriteDirectory(tiff);
    }
    TIFFClose(tiff);
}

inline std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

inline void write_file(const std::string& path, const std::string& bytes) {
    std::ofstream file(path, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

/// The message of the InputError that `work` must throw; each of `parts` must be in it.
template <class Work>
void expect_input_error(const Work& work, const std::vector<std::string>& parts) {
    try {
        work();
    } catch (const InputError& error) {
        for (const std::string& part : parts)
            EXPECT_NE(std::string(error.what()).find(part), std::string::npos)
                << "'" << part << "' is not in: " << error.what();
        return;
    }
    ADD_FAILURE() << "no InputError";
}

}  // namespace protolith::test
