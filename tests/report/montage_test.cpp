// Montages: every pixel where it belongs, in the sheet and in the picture that gnuplot makes of it.
#include "report/montage.hpp"

#include "base/error.hpp"
#include "picture_header.hpp"
#include "report/gnuplot.hpp"
#include "report/montage_layout.hpp"
#include "tags.hpp"
#include "temporary_folder.hpp"

#include <gtest/gtest.h>
#include <png.h>

namespace protolith::report {
namespace {

Raster read_png(const std::filesystem::path& path) {
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    if (!png_image_begin_read_from_file(&png, path.c_str())) return {};
    png.format = PNG_FORMAT_RGB;
    std::vector<std::uint8_t> bytes(PNG_IMAGE_SIZE(png));
    png_image_finish_read(&png, nullptr, bytes.data(), 0, nullptr);
    Raster raster(png.height, png.width, {});
    for (std::size_t i = 0; i < raster.rows(); ++i)
        for (std::size_t j = 0; j < raster.columns(); ++j) {
            const std::uint8_t* pixel = &bytes[3 * (i * raster.columns() + j)];
            raster(i, j) = {pixel[0], pixel[1], pixel[2]};
        }
    return raster;
}

PhaseVolume stripes(Extent extent, std::size_t period) {
    PhaseVolume volume(extent);
    for (std::size_t i = 0; i < volume.size(); ++i) volume[i] = (i / period) % 2 == 0;
    return volume;
}

/// Whether each pixel of the image stands at its place in `sheet`, looked at in the middle of its magnified square.
::testing::AssertionResult shows(const Raster& sheet, const MontageCell& cell, const Picture& picture,
                                 std::size_t factor) {
    for (std::size_t row = 0; row < picture.raster.rows(); ++row)
        for (std::size_t column = 0; column < picture.raster.columns(); ++column)
            if (!(sheet(cell.top + row * factor + factor / 2, cell.left + column * factor + factor / 2) ==
                  picture.raster(row, column)))
                return ::testing::AssertionFailure()
                       << "pixel (" << row << ", " << column << ") of '" << picture.label << "'";
    return ::testing::AssertionSuccess();
}

TEST(Montage, EveryPixelStandsWhereTheCsvSays) {
    const TemporaryFolder folder;
    Montage montage{
        .name = "rocks", .title = "Rocks", .pictures = phase_pictures("odd, \"13 × 17\"", stripes({1, 13, 17}, 3))};
    montage.pictures.push_back(phase_pictures("smaller", stripes({1, 5, 9}, 2)).front());
    const std::string statement = write_figure(folder.path(), montage);
    const MontageLayout layout = layout_of(montage);
    ASSERT_GT(layout.factor, 1u);
    const Raster sheet = read_png(folder.path() / "rocks_pixels.png");
    ASSERT_EQ(sheet.rows(), layout.height);
    for (std::size_t k = 0; k < 2; ++k) EXPECT_TRUE(shows(sheet, layout.cells[k], montage.pictures[k], layout.factor));
    const MontageCell& first = layout.cells[0];
    EXPECT_NE(io::read_file(folder.path() / "rocks.csv")
                  .find(fmt::format("1,\"odd, \"\"13 × 17\"\"\",1,1,{},{},{},{}\n", first.left, first.top, first.width,
                                    first.height)),
              std::string::npos);

    if (find_gnuplot().empty()) GTEST_SKIP() << "gnuplot is not on PATH";
    EXPECT_EQ(statement, "");
    const Raster drawn = read_png(folder.path() / "rocks.png");
    ASSERT_EQ(drawn.columns(), layout.width);
    for (std::size_t k = 0; k < 2; ++k) EXPECT_TRUE(shows(drawn, layout.cells[k], montage.pictures[k], layout.factor));
    EXPECT_EQ(svg_size(folder.path() / "rocks.svg"),
              (std::pair<std::uint32_t, std::uint32_t>(layout.width / 2, layout.height / 2)));
    EXPECT_EQ(unbalanced_tag(io::read_file(folder.path() / "rocks.svg")), "");
}

TEST(Montage, VolumeIsShownByItsThreeMiddleSlices) {
    PhaseVolume volume({4, 5, 6});
    volume(2, 1, 3) = volume(2, 2, 5) = volume(0, 2, 3) = 1;  // middle: z = 2, y = 2, x = 3
    const auto pictures = phase_pictures("v", volume);
    ASSERT_EQ(pictures.size(), 3u);
    EXPECT_EQ(pictures[0].label, "v, z = 2");
    EXPECT_EQ(pictures[0].raster(1, 3), phase_colour);
    EXPECT_EQ(pictures[0].raster(2, 5), phase_colour);
    EXPECT_EQ(pictures[1].label, "v, y = 2");
    EXPECT_EQ(pictures[1].raster(2, 5), phase_colour);
    EXPECT_EQ(pictures[1].raster(0, 3), phase_colour);
    EXPECT_EQ(pictures[2].label, "v, x = 3");
    EXPECT_EQ(pictures[2].raster(2, 1), phase_colour);
    EXPECT_EQ(pictures[2].raster(0, 2), phase_colour);
    EXPECT_EQ(pictures[2].raster.rows(), 4u);
    EXPECT_EQ(pictures[2].raster.columns(), 5u);
}

TEST(Montage, LargeImagesAreAveragedNotSampled) {
    const auto pictures = phase_pictures("checkerboard", stripes({1, 3, 5001}, 1));
    EXPECT_EQ(pictures[0].reduction, 4u);
    EXPECT_EQ(pictures[0].raster.columns(), 1251u);
    const Colour mean = pictures[0].raster(0, 100);
    EXPECT_EQ(mean.red, (phase_colour.red + other_colour.red + 1) / 2);
}

TEST(Montage, DifferenceNamesWhoHasThePhase) {
    PhaseVolume first({1, 1, 3}), second({1, 1, 3});
    first[0] = first[1] = second[1] = second[2] = 1;
    const auto picture = difference_pictures("d", first, second, "target", "reconstruction").front();
    EXPECT_EQ(picture.raster(0, 0), picture.scale.swatches[0].colour);
    EXPECT_EQ(picture.raster(0, 1), picture.scale.swatches[1].colour);
    EXPECT_EQ(picture.raster(0, 2), picture.scale.swatches[2].colour);
    EXPECT_EQ(picture.scale.swatches[2].name, "only in reconstruction");
    EXPECT_THROW(difference_pictures("d", first, PhaseVolume({1, 3, 1}), "a", "b"), Error);
}

TEST(Montage, GreyValuesSpanTheirRangeAndUndefinedOnesAreGrey) {
    GreyVolume grey({1, 1, 4}, std::vector<float>{-2, 6, NAN, 2});
    const auto picture = grey_pictures("g", grey, "p (Pa)").front();
    EXPECT_EQ(picture.scale.low, -2);
    EXPECT_EQ(picture.scale.high, 6);
    EXPECT_EQ(picture.raster(0, 0), colour_at(ColourMap::viridis, 0));
    EXPECT_EQ(picture.raster(0, 1), colour_at(ColourMap::viridis, 1));
    EXPECT_EQ(picture.raster(0, 2), undefined_colour);
    EXPECT_EQ(picture.raster(0, 3), colour_at(ColourMap::viridis, 0.5));
    EXPECT_EQ(colour_at(ColourMap::viridis, 7), colour_at(ColourMap::viridis, 1));
}

TEST(Montage, ScaleBarIsARoundLengthInTheUnitOfThePixel) {
    Montage montage{.name = "m", .title = "", .pictures = phase_pictures("a", stripes({1, 256, 256}, 7))};
    montage.voxel_size = 2.25;
    montage.voxel_unit = "µm";
    const MontageLayout layout = layout_of(montage);
    EXPECT_EQ(layout.bar_label, "200 µm");
    EXPECT_DOUBLE_EQ(layout.bar_pixels, 200 / 2.25 * static_cast<double>(layout.factor));
}

TEST(Montage, TheNumberLeftOfAColourBarLiesOnTheSheet) {
    Montage montage{"bars", "", {}};
    GreyVolume values({1, 8, 8}, 0);
    values[0] = 1;
    for (const double low : {-4.203, -1.2345e-7, 0.0})
        montage.pictures.push_back(grey_pictures("a", values, "Δp (Pa)", low, 1.0).front());
    const MontageLayout layout = layout_of(montage);
    ASSERT_EQ(layout.legend.size(), 3u);
    double free_from = 0;
    for (const LegendEntry& entry : layout.legend) {
        const double text = 11 * static_cast<double>(low_text(entry.scale).size());
        EXPECT_GE(static_cast<double>(entry.left) - 8 - text, free_from) << entry.scale.low;
        free_from =
            static_cast<double>(entry.left + entry.width) + 8 + 11 * static_cast<double>(high_text(entry.scale).size());
    }
    EXPECT_GE(static_cast<double>(layout.width), free_from);
}

TEST(Montage, ManyColourBarsTakeRowsInsteadOfWidth) {
    Montage montage{"bars", "", {}};
    const GreyVolume values({1, 64, 64}, 0);
    for (int k = 0; k < 9; ++k)
        montage.pictures.push_back(grey_pictures("a", values, "C11 (GPa)", 100.0 + k, 180.0).front());
    const MontageLayout layout = layout_of(montage);
    EXPECT_LE(layout.width, 1700u);
    ASSERT_EQ(layout.legend.size(), 9u);
    EXPECT_EQ(layout.legend.front().top, layout.legend_top);
    for (std::size_t k = 1; k < 9; ++k) {
        const LegendEntry &before = layout.legend[k - 1], &entry = layout.legend[k];
        EXPECT_LE(entry.left + entry.width, layout.width);
        EXPECT_LE(entry.top + 22, layout.height);
        if (entry.top == before.top)
            EXPECT_GT(entry.left, before.left + before.width);
        else
            EXPECT_GE(entry.top, before.top + 22);
    }
    EXPECT_GT(layout.legend.back().top, layout.legend.front().top);
}

TEST(Montage, AwkwardSizesAndHostileLabelsAreDrawn) {
    if (find_gnuplot().empty()) GTEST_SKIP() << "gnuplot is not on PATH";
    const TemporaryFolder folder;
    const std::string mark = (folder.path() / "executed").string();
    Montage montage{.name = "m", .title = "'';system('touch " + mark + "') `touch " + mark + "`", .pictures = {}};
    for (const Extent extent :
         {Extent{1, 1, 1}, Extent{1, 1, 300}, Extent{1, 300, 1}, Extent{1, 2900, 2320}, Extent{2, 3, 4}})
        for (Picture& picture : phase_pictures("it's '' a_b{ \\", PhaseVolume(extent, 1)))
            montage.pictures.push_back(std::move(picture));
    montage.pictures.push_back(grey_pictures("constant", GreyVolume({1, 3, 3}, 5.0F), "value").front());
    EXPECT_EQ(write_figure(folder.path(), montage), "");
    EXPECT_FALSE(std::filesystem::exists(mark));
    EXPECT_THROW(write_figure(folder.path(), Montage{.name = "none", .title = "", .pictures = {}}), Error);
    EXPECT_THROW(phase_pictures("empty", PhaseVolume()), Error);
}

}  // namespace
}  // namespace protolith::report
