// Claims about TIFF files that are refused: not grey, of unknown samples, damaged; each by name.
#include "image_files.hpp"
#include "io/image/source.hpp"
#include "io/image/tiff_image.hpp"

namespace protolith::io {
namespace {

using test::expect_input_error;
using test::noise;
using test::packed;
using test::TiffKind;

class RefusedTiffFiles : public test::ImageFiles {};

TEST_F(RefusedTiffFiles, WhatIsNotGreyIsRefused) {
    TiffKind rgb;
    rgb.photometric = PHOTOMETRIC_RGB;
    rgb.channels = 3;
    test::write_tiff_file(at("rgb.tif"), 1, 2, {{5, 5, 5, 9, 8, 9}}, rgb);
    expect_input_error([&] { read_grey(at("rgb.tif")); },
                       {"rgb.tif", "colour image; grey expected", "row 0, column 1"});
    TiffKind cmyk;
    cmyk.photometric = PHOTOMETRIC_SEPARATED;
    cmyk.channels = 4;
    test::write_tiff_file(at("cmyk.tif"), 1, 1, {{1, 2, 3, 4}}, cmyk);
    expect_input_error([&] { open_image(at("cmyk.tif")); }, {"cmyk.tif", "colour image", "grey expected"});
    TiffKind two;
    two.channels = 2;
    test::write_tiff_file(at("two.tif"), 1, 1, {{1, 2}}, two);
    expect_input_error([&] { open_image(at("two.tif")); }, {"two.tif", "one grey channel expected"});
}

TEST_F(RefusedTiffFiles, UnsupportedSamplesAreRefusedWithTheirBits) {
    for (const auto& [bits, format] :
         {std::pair{32, SAMPLEFORMAT_UINT}, {64, SAMPLEFORMAT_IEEEFP}, {16, SAMPLEFORMAT_INT}, {8, SAMPLEFORMAT_INT}}) {
        TiffKind kind;
        kind.bits = bits;
        kind.format = format;
        test::write_tiff_file(at("a.tif"), 1, 1, {std::vector<std::uint8_t>(static_cast<std::size_t>(bits) / 8)}, kind);
        expect_input_error([&] { open_image(at("a.tif")); }, {"a.tif", std::to_string(bits) + " bits", "32-bit float"});
    }
    TiffKind turned;
    turned.orientation = ORIENTATION_BOTLEFT;
    test::write_tiff_file(at("turned.tif"), 1, 1, {{1}}, turned);
    expect_input_error([&] { open_image(at("turned.tif")); }, {"turned.tif", "orientation 4"});
}

TEST_F(RefusedTiffFiles, PagesOfDifferentSizeAreRefused) {
    TIFF* tiff = TIFFOpen(at("a.tif").c_str(), "w");
    test::write_tiff_page(tiff, 2, 3, std::vector<std::uint8_t>(6), {});
    TIFFWriteDirectory(tiff);
    test::write_tiff_page(tiff, 2, 4, std::vector<std::uint8_t>(8), {});
    TIFFClose(tiff);
    expect_input_error([&] { open_image(at("a.tif")); }, {"a.tif", "page 2 is 2 × 4", "page 1 is 2 × 3"});
}

TEST_F(RefusedTiffFiles, PlanesHiddenByImageJAreRefused) {
    TIFF* tiff = TIFFOpen(at("a.tif").c_str(), "w");
    TIFFSetField(tiff, TIFFTAG_IMAGEDESCRIPTION, "ImageJ=1.53t\nimages=12\nslices=12\n");
    test::write_tiff_page(tiff, 1, 1, {9}, {});
    TIFFClose(tiff);
    expect_input_error([&] { open_image(at("a.tif")); }, {"a.tif", "ImageJ", "12 planes"});
}

TEST_F(RefusedTiffFiles, ATruncatedFileIsRefusedWhereverItEnds) {
    for (const int compression : {COMPRESSION_NONE, COMPRESSION_ADOBE_DEFLATE}) {
        TiffKind kind;
        kind.compression = compression;
        const auto samples = noise(31 * 33, 255);
        test::write_tiff_file(at("a.tif"), 31, 33, {packed(samples, 33, 8), packed(samples, 33, 8)}, kind);
        const std::string bytes = test::read_file(at("a.tif"));
        for (std::size_t kept = 0; kept < bytes.size(); kept += kept < 32 ? 1 : 37) {
            test::write_file(at("cut.tif"), bytes.substr(0, kept));
            expect_input_error([&] { read_grey(at("cut.tif")); }, {"cut.tif"});
        }
    }
}

TEST_F(RefusedTiffFiles, StripsOutsideTheFileAreSeenAtTheStart) {
    // Directory first, pixels last: the end of the pixels is cut off.
    TIFF* tiff = TIFFOpen(at("a.tif").c_str(), "w");
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, 30u);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, 30u);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 10u);
    TIFFWriteCheck(tiff, 0, "test");
    TIFFCheckpointDirectory(tiff);
    std::vector<std::uint8_t> row(30, 1);
    for (std::uint32_t y = 0; y < 30; ++y) TIFFWriteScanline(tiff, row.data(), y, 0);
    TIFFClose(tiff);
    const std::string bytes = test::read_file(at("a.tif"));
    test::write_file(at("cut.tif"), bytes.substr(0, bytes.size() - 100));
    expect_input_error([&] { open_image(at("cut.tif")); }, {"cut.tif"});
}

TEST_F(RefusedTiffFiles, NanAndInfinityAreRefusedWithTheirPlace) {
    for (const float bad : {std::nanf(""), HUGE_VALF, -HUGE_VALF}) {
        std::vector<float> values(5 * 7, 1);
        values[3 * 7 + 4] = bad;
        std::vector<std::uint8_t> bytes(values.size() * 4);
        std::memcpy(bytes.data(), values.data(), bytes.size());
        TiffKind kind;
        kind.bits = 32;
        kind.format = SAMPLEFORMAT_IEEEFP;
        test::write_tiff_file(at("nan.tif"), 5, 7, {bytes, bytes}, kind);
        expect_input_error([&] { read_grey(at("nan.tif")); }, {"nan.tif", "plane 0, row 3, column 4", "finite"});
        expect_input_error(
            [&] {
                read_block(at("nan.tif"), {{1, 2, 3}, {1, 2, 4}});
            },
            {"nan.tif", "plane 1, row 3, column 4"});
    }
}

}  // namespace
}  // namespace protolith::io
