// Claims about TIFF: every grey kind, layout and compression gives the same pixels.
#include "image_files.hpp"
#include "io/image/source.hpp"
#include "io/image/tiff_image.hpp"

namespace protolith::io {
namespace {

using test::as_floats;
using test::expect_input_error;
using test::noise;
using test::packed;
using test::TiffKind;

class TiffFiles : public test::ImageFiles {};

std::vector<float> values_of(const std::string& path) {
    const GreyVolume grey = read_grey(path);
    return {grey.begin(), grey.end()};
}

TEST_F(TiffFiles, EveryDepthInStripsAndTilesIsReadBack) {
    for (const unsigned bits : {1u, 2u, 4u, 8u, 16u})
        for (const std::uint32_t tile : {0u, 16u})
            for (const auto& [rows, columns] :
                 {std::pair<std::size_t, std::size_t>{1, 1}, {3, 9}, {7, 1}, {33, 37}, {16, 32}}) {
                const auto samples = noise(rows * columns, (1u << bits) - 1);
                TiffKind kind;
                kind.bits = static_cast<int>(bits);
                kind.tile = tile;
                test::write_tiff_file(at("a.tif"), rows, columns, {packed(samples, columns, bits)}, kind);
                EXPECT_EQ(values_of(at("a.tif")), as_floats(samples))
                    << bits << " bits, tile " << tile << ", " << rows << " × " << columns;
                EXPECT_EQ(open_image(at("a.tif"))->info().maximum, (1u << bits) - 1);
            }
}

TEST_F(TiffFiles, EveryCompressionAndByteOrderGivesTheSamePixels) {
    const auto samples = noise(29 * 31, 65535);
    for (const int compression : {COMPRESSION_NONE, COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE, COMPRESSION_PACKBITS})
        for (const char* mode : {"w", "wb", "wl", "w8"})
            for (const std::uint32_t tile : {0u, 16u}) {
                TiffKind kind;
                kind.bits = 16;
                kind.compression = compression;
                kind.mode = mode;
                kind.tile = tile;
                test::write_tiff_file(at("a.tif"), 29, 31, {packed(samples, 31, 16)}, kind);
                EXPECT_EQ(values_of(at("a.tif")), as_floats(samples))
                    << "compression " << compression << ", mode " << mode;
            }
}

TEST_F(TiffFiles, FaxCompressionAndWhiteIsZero) {
    const auto samples = noise(40 * 61, 1);
    auto inverted = samples;
    for (unsigned& value : inverted) value = 1 - value;
    for (const int compression : {COMPRESSION_CCITTFAX4, COMPRESSION_CCITTFAX3}) {
        TiffKind kind;
        kind.bits = 1;
        kind.compression = compression;
        test::write_tiff_file(at("black.tif"), 40, 61, {packed(samples, 61, 1)}, kind);
        EXPECT_EQ(values_of(at("black.tif")), as_floats(samples));
        kind.photometric = PHOTOMETRIC_MINISWHITE;
        test::write_tiff_file(at("white.tif"), 40, 61, {packed(samples, 61, 1)}, kind);
        EXPECT_EQ(values_of(at("white.tif")), as_floats(inverted));
    }
}

TEST_F(TiffFiles, WhiteIsZeroAtEveryDepth) {
    for (const unsigned bits : {1u, 4u, 8u, 16u}) {
        const unsigned most = (1u << bits) - 1;
        TiffKind kind;
        kind.bits = static_cast<int>(bits);
        kind.photometric = PHOTOMETRIC_MINISWHITE;
        test::write_tiff_file(at("a.tif"), 1, 3, {packed({0, 1, most}, 3, bits)}, kind);
        EXPECT_EQ(values_of(at("a.tif")), as_floats({most, most - 1, 0}));
    }
}

TEST_F(TiffFiles, FloatSamples) {
    const std::vector<float> values{0, -1.5F, 3.25e-20F, 7e30F, 1, 2};
    std::vector<std::uint8_t> bytes(values.size() * 4);
    std::memcpy(bytes.data(), values.data(), bytes.size());
    TiffKind kind;
    kind.bits = 32;
    kind.format = SAMPLEFORMAT_IEEEFP;
    for (const char* mode : {"wl", "wb"}) {
        kind.mode = mode;
        test::write_tiff_file(at("a.tif"), 2, 3, {bytes}, kind);
        EXPECT_EQ(values_of(at("a.tif")), values);
    }
    EXPECT_EQ(open_image(at("a.tif"))->sample(), Sample::float32);
}

TEST_F(TiffFiles, PagesAreThePlanesOfAVolume) {
    std::vector<std::vector<std::uint8_t>> pages;
    std::vector<unsigned> all;
    for (std::uint64_t z = 0; z < 4; ++z) {
        const auto samples = noise(6 * 5, 255, z);
        pages.push_back(packed(samples, 5, 8));
        all.insert(all.end(), samples.begin(), samples.end());
    }
    for (const std::uint32_t tile : {0u, 16u}) {
        TiffKind kind;
        kind.tile = tile;
        test::write_tiff_file(at("a.tif"), 6, 5, pages, kind);
        EXPECT_EQ(open_image(at("a.tif"))->extent(), (Extent{4, 6, 5}));
        EXPECT_EQ(values_of(at("a.tif")), as_floats(all));
        const GreyVolume third = read_grey(at("a.tif") + "[2]");
        EXPECT_EQ(std::vector<float>(third.begin(), third.end()),
                  as_floats({all.begin() + 2 * 30, all.begin() + 3 * 30}));
    }
    expect_input_error([&] { open_image(at("a.tif") + "[4]"); }, {"a.tif[4]", "4 planes"});
}

TEST_F(TiffFiles, AnyOrderOfRowsAndPlanes) {
    for (const int compression : {COMPRESSION_NONE, COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE})
        for (const std::uint32_t tile : {0u, 16u}) {
            const auto a = noise(23 * 40, 255, 1), b = noise(23 * 40, 255, 2);
            TiffKind kind;
            kind.compression = compression;
            kind.tile = tile;
            test::write_tiff_file(at("a.tif"), 23, 40, {packed(a, 40, 8), packed(b, 40, 8)}, kind);
            const auto source = open_image(at("a.tif"));
            for (const auto& [z, y] : {std::pair<std::size_t, std::size_t>{1, 22},
                                       {1, 4},
                                       {0, 4},
                                       {0, 3},
                                       {0, 3},
                                       {0, 7},
                                       {1, 0},
                                       {0, 22}}) {
                std::vector<std::uint8_t> row(11), expected(11);
                source->read({{z, y, 17}, {1, 1, 11}}, row.data());
                const auto& plane = z == 0 ? a : b;
                for (std::size_t x = 0; x < 11; ++x) expected[x] = static_cast<std::uint8_t>(plane[y * 40 + 17 + x]);
                EXPECT_EQ(row, expected) << "plane " << z << ", row " << y << ", compression " << compression
                                         << ", tile " << tile;
            }
        }
}

TEST_F(TiffFiles, WhatWeWriteIsWhatWeRead) {
    Volume<std::uint8_t> volume({3, 300, 301});
    const auto samples = noise(volume.size(), 255);
    std::copy(samples.begin(), samples.end(), volume.begin());
    write_tiff(at("a.tif"), volume);
    Volume<std::uint8_t> back(volume.extent());
    open_image(at("a.tif"))->read(whole(volume.extent()), back.data());
    EXPECT_EQ(back, volume);
    EXPECT_THROW(write_tiff(at("no/such/folder/a.tif"), volume), Error);
}

TEST_F(TiffFiles, EqualColoursAndGreyPalettesAreGrey) {
    const std::vector<std::uint8_t> rgb{5, 5, 5, 9, 9, 9}, rgba{5, 5, 5, 255, 9, 9, 9, 255};
    TiffKind kind;
    kind.photometric = PHOTOMETRIC_RGB;
    kind.channels = 3;
    test::write_tiff_file(at("rgb.tif"), 1, 2, {rgb}, kind);
    EXPECT_EQ(values_of(at("rgb.tif")), (std::vector<float>{5, 9}));
    kind.channels = 4;
    kind.alpha = EXTRASAMPLE_UNASSALPHA;
    test::write_tiff_file(at("rgba.tif"), 1, 2, {rgba}, kind);
    EXPECT_EQ(values_of(at("rgba.tif")), (std::vector<float>{5, 9}));
}

TEST_F(TiffFiles, PalettesAreLookedUpAndColourRefused) {
    for (const bool colour : {false, true}) {
        TIFF* tiff = TIFFOpen(at("a.tif").c_str(), "w");
        std::vector<std::uint16_t> red(256, 0), blue(256, 0);
        red[1] = blue[1] = 0x8000;
        red[2] = 0xff00;
        blue[2] = colour ? 0 : 0xff00;
        TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
        TIFFSetField(tiff, TIFFTAG_COLORMAP, red.data(), red.data(), blue.data());
        TiffKind kind;
        kind.photometric = PHOTOMETRIC_PALETTE;
        test::write_tiff_page(tiff, 1, 4, {0, 1, 2, 1}, kind);
        TIFFClose(tiff);
        if (colour)
            expect_input_error([&] { read_grey(at("a.tif")); },
                               {"a.tif", "colour image; grey expected", "row 0, column 2"});
        else
            EXPECT_EQ(values_of(at("a.tif")), (std::vector<float>{0, 128, 255, 128}));
    }
}

TEST_F(TiffFiles, ThumbnailsArePassedOver) {
    TIFF* tiff = TIFFOpen(at("a.tif").c_str(), "w");
    test::write_tiff_page(tiff, 2, 3, {1, 2, 3, 4, 5, 6}, {});
    TIFFWriteDirectory(tiff);
    TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, FILETYPE_REDUCEDIMAGE);
    test::write_tiff_page(tiff, 1, 1, {9}, {});
    TIFFClose(tiff);
    EXPECT_EQ(values_of(at("a.tif")), (std::vector<float>{1, 2, 3, 4, 5, 6}));
}

TEST_F(TiffFiles, StreamingHoldsOneRowOrOneRowOfTiles) {
    TiffKind kind;
    kind.bits = 16;
    kind.strip_rows = 100000;  // one strip: the hardest case
    kind.compression = COMPRESSION_ADOBE_DEFLATE;
    const auto samples = noise(700 * 300, 65535);
    test::write_tiff_file(at("strip.tif"), 700, 300, {packed(samples, 300, 16)}, kind);
    kind.tile = 16;
    test::write_tiff_file(at("tiles.tif"), 700, 300, {packed(samples, 300, 16)}, kind);
    const auto strips = open_image(at("strip.tif")), tiles = open_image(at("tiles.tif"));
    std::vector<float> a(10 * 300), b(10 * 300);
    for (std::size_t y = 0; y < 700; y += 10) {
        strips->read_rows(0, y, 10, a.data());
        tiles->read_rows(0, y, 10, b.data());
        EXPECT_EQ(a, b);
        EXPECT_LE(strips->held_bytes(), 2 * 300 * 2u);
        EXPECT_LE(tiles->held_bytes(), 16 * 304 * 2u + 16 * 16 * 2u + 300 * 2u);
    }
}

}  // namespace
}  // namespace protolith::io
