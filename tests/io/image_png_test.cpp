// Claims about PNG: every grey depth comes back, grey in colour's clothes is taken, colour and damage are refused by
// name.
#include "image_files.hpp"
#include "io/image/png_image.hpp"

namespace protolith::io {
namespace {

using test::as_floats;
using test::expect_input_error;
using test::noise;

class PngFiles : public test::ImageFiles {};

std::vector<float> values_of(const std::string& path) {
    const GreyVolume grey = read_grey(path);
    return {grey.begin(), grey.end()};
}

TEST_F(PngFiles, EveryDepthAndOddSizeIsReadBack) {
    for (const int bits : {1, 2, 4, 8, 16})
        for (const int interlace : {PNG_INTERLACE_NONE, PNG_INTERLACE_ADAM7})
            for (const auto& [rows, columns] :
                 {std::pair<std::size_t, std::size_t>{1, 1}, {1, 9}, {7, 1}, {13, 17}, {16, 16}}) {
                const auto samples = noise(rows * columns, (1u << bits) - 1);
                test::write_png_file(at("a.png"), rows, columns, samples, {bits, PNG_COLOR_TYPE_GRAY, interlace});
                const auto source = open_image(at("a.png"));
                EXPECT_EQ(source->extent(), (Extent{1, rows, columns}));
                EXPECT_EQ(source->info().maximum, (1u << bits) - 1);
                EXPECT_EQ(values_of(at("a.png")), as_floats(samples)) << bits << " bits, " << rows << " × " << columns;
            }
}

TEST_F(PngFiles, RowsCanBeReadInAnyOrder) {
    const auto samples = noise(11 * 5, 65535);
    test::write_png_file(at("a.png"), 11, 5, samples, {16});
    const auto source = open_image(at("a.png"));
    for (const std::size_t y : {10u, 3u, 3u, 4u, 0u, 9u}) {
        std::vector<float> row(5);
        source->read_rows(0, y, 1, row.data());
        const auto expected =
            as_floats({samples.begin() + static_cast<long>(5 * y), samples.begin() + static_cast<long>(5 * y + 5)});
        EXPECT_EQ(row, expected) << "row " << y;
    }
}

TEST_F(PngFiles, WhatWeWriteIsWhatWeRead) {
    const Volume<std::uint8_t> grey({1, 3, 5}, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 250, 251, 252, 254, 255});
    write_png(at("a.png"), grey.extent(), grey.data());
    Volume<std::uint8_t> back(grey.extent());
    open_image(at("a.png"))->read_rows(0, 0, 3, back.data());
    EXPECT_EQ(back, grey);
    EXPECT_THROW(write_png(at("b.png"), {2, 3, 5}, grey.data()), Error);
    EXPECT_THROW(write_png(at("no/such/folder/b.png"), grey.extent(), grey.data()), Error);
}

TEST_F(PngFiles, EqualColoursAreGrey) {
    for (const int bits : {8, 16}) {
        const auto grey = noise(6 * 7, (1u << bits) - 1);
        std::vector<unsigned> rgb, rgba;
        for (const unsigned value : grey) {
            rgb.insert(rgb.end(), {value, value, value});
            rgba.insert(rgba.end(), {value, value, value, (1u << bits) - 1});
        }
        test::write_png_file(at("rgb.png"), 6, 7, rgb, {bits, PNG_COLOR_TYPE_RGB});
        EXPECT_EQ(values_of(at("rgb.png")), as_floats(grey));
        test::write_png_file(at("rgba.png"), 6, 7, rgba, {bits, PNG_COLOR_TYPE_RGB_ALPHA});
        EXPECT_EQ(values_of(at("rgba.png")), as_floats(grey));
    }
}

TEST_F(PngFiles, AGreyPaletteIsLookedUp) {
    const std::vector<png_color> palette{{10, 10, 10}, {200, 200, 200}, {255, 255, 255}};
    test::write_png_file(at("a.png"), 1, 4, {0, 2, 1, 0}, {2, PNG_COLOR_TYPE_PALETTE, PNG_INTERLACE_NONE, palette});
    EXPECT_EQ(values_of(at("a.png")), (std::vector<float>{10, 255, 200, 10}));
    EXPECT_EQ(open_image(at("a.png"))->info().maximum, 255);
}

TEST_F(PngFiles, ColourIsRefusedWithItsPlace) {
    std::vector<unsigned> rgb(4 * 4 * 3, 7);
    rgb[(2 * 4 + 1) * 3 + 2] = 8;
    test::write_png_file(at("red.png"), 4, 4, rgb, {8, PNG_COLOR_TYPE_RGB});
    expect_input_error([&] { read_grey(at("red.png")); },
                       {"red.png", "colour image; grey expected", "row 2, column 1"});
    test::write_png_file(at("pal.png"), 1, 2, {0, 1},
                         {1, PNG_COLOR_TYPE_PALETTE, PNG_INTERLACE_NONE, {{1, 1, 1}, {9, 0, 0}}});
    expect_input_error([&] { read_grey(at("pal.png")); }, {"pal.png", "colour image; grey expected"});
}

TEST_F(PngFiles, TransparencyIsRefused) {
    test::write_png_file(at("a.png"), 1, 2, {5, 255, 5, 254}, {8, PNG_COLOR_TYPE_GRAY_ALPHA});
    expect_input_error([&] { read_grey(at("a.png")); }, {"a.png", "opacity 254", "row 0, column 1", "255"});
}

TEST_F(PngFiles, ATruncatedFileIsRefusedWhereverItEnds) {
    test::write_png_file(at("a.png"), 31, 33, noise(31 * 33, 255));
    const std::string bytes = test::read_file(at("a.png"));
    for (std::size_t kept = 0; kept < bytes.size(); kept += kept < 64 ? 1 : 61) {
        test::write_file(at("cut.png"), bytes.substr(0, kept));
        expect_input_error([&] { read_grey(at("cut.png")); }, {"cut.png"});
    }
    test::write_file(at("cut.png"), bytes.substr(0, bytes.size() - 1));
    expect_input_error([&] { read_grey(at("cut.png")); }, {"cut.png", "damaged PNG"});
}

TEST_F(PngFiles, AFlippedBitIsNoticed) {
    test::write_png_file(at("a.png"), 31, 33, noise(31 * 33, 255));
    std::string bytes = test::read_file(at("a.png"));
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
    test::write_file(at("a.png"), bytes);
    expect_input_error([&] { read_grey(at("a.png")); }, {"a.png", "damaged PNG"});
}

TEST_F(PngFiles, ADamagedSourceStaysRefused) {
    test::write_png_file(at("a.png"), 200, 100, noise(200 * 100, 255));
    test::write_file(at("a.png"), test::read_file(at("a.png")).substr(0, 12000));
    const auto source = open_image(at("a.png"));
    std::vector<float> rows(200 * 100);
    for (int i = 0; i < 3; ++i) expect_input_error([&] { source->read_rows(0, 0, 200, rows.data()); }, {"a.png"});
}

TEST_F(PngFiles, StreamingHoldsOneRow) {
    test::write_png_file(at("a.png"), 900, 400, noise(900 * 400, 255));
    const auto source = open_image(at("a.png"));
    std::vector<float> band(10 * 400);
    for (std::size_t y = 0; y < 900; y += 10) {
        source->read_rows(0, y, 10, band.data());
        EXPECT_LE(source->held_bytes(), 2 * 400u);
    }
}

}  // namespace
}  // namespace protolith::io
