// Claims about windows: streamed from any format, they are what cutting and resizing the whole phase image gives.
#include "prepare/window_reader.hpp"

#include "../io/image_files.hpp"
#include "../io/one_process.hpp"
#include "grey_images.hpp"
#include "io/image/png_image.hpp"
#include "io/image/raw_image.hpp"
#include "io/image/tiff_image.hpp"
#include "io/result_file.hpp"
#include "volume/window.hpp"

namespace protolith::prepare {
namespace {

class WindowReaderTest : public protolith::test::ImageFiles {
  protected:
    /// The image in every format that io reads.
    std::vector<std::string> in_every_format(const GreyVolume& grey) {
        const auto bytes = test::as<std::uint8_t>(grey);
        const std::vector<unsigned> samples(bytes.begin(), bytes.end());
        const std::size_t rows = grey.extent().y, columns = grey.extent().x;
        io::write_png(at("grey.png"), grey.extent(), bytes.data());
        io::write_tiff(at("strips.tif"), bytes);
        protolith::test::write_tiff_file(at("tiles.tif"), rows, columns, {protolith::test::packed(samples, columns, 8)},
                                         {.tile = 16});
        io::write_raw(at("grey.raw"), bytes, 5e-8);
        auto file = io::ResultFile::create(io::one_process(), at("grey.h5"), io::describe_run(io::one_process()));
        file.dimension("y", rows, "y");
        file.dimension("x", columns, "x");
        file.write("grey", {"y", "x"}, std::vector<std::uint8_t>(bytes.begin(), bytes.end()), {"1", "", {}});
        file.complete();
        return {at("grey.png"), at("strips.tif"), at("tiles.tif"), at("grey.raw"), at("grey.h5:/grey")};
    }
};

PhaseVolume phase_of(const GreyVolume& grey, double threshold) {
    PhaseVolume phase(grey.extent());
    std::transform(grey.begin(), grey.end(), phase.begin(),
                   [=](float v) { return static_cast<std::uint8_t>(static_cast<double>(v) > threshold); });
    return phase;
}

void expect_windows(const ImageSeries& series, const WindowGrid& grid, const BilateralFilter* filter,
                    const std::vector<PhaseVolume>& phases, std::size_t resized, volume::ResizeRule rule) {
    WindowReader reader(series, grid, filter, {127.5, false}, resized, rule);
    for (std::size_t w = 0; w < grid.count(); ++w) {
        const auto place = grid.place(w);
        const auto window =
            volume::crop(phases[place.image], {{0, place.row, place.column}, {1, grid.size(), grid.size()}});
        PhaseVolume found({1, resized, resized});
        EXPECT_EQ(reader.read(w, found.data()), phase_fraction(window));
        EXPECT_EQ(found, volume::resize(window, found.extent(), rule)) << "window " << w;
    }
}

TEST_F(WindowReaderTest, EveryFormatGivesTheWindowsOfTheWholeImage) {
    const auto grey = test::patches(61, 83, 255);
    for (const auto& file : in_every_format(grey)) {
        SCOPED_TRACE(file);
        const ImageSeries series({file});
        const WindowGrid grid(series.images(), 24, 11);
        expect_windows(series, grid, nullptr, {phase_of(grey, 127.5)}, 12, volume::ResizeRule::area);
        expect_windows(series, grid, nullptr, {phase_of(grey, 127.5)}, 9, volume::ResizeRule::any);
        expect_windows(series, grid, nullptr, {phase_of(grey, 127.5)}, 24, volume::ResizeRule::area);
    }
}

TEST_F(WindowReaderTest, DenoisedWindowsAreThoseOfTheDenoisedImage) {
    const auto grey = test::patches(50, 70, 255);
    io::write_tiff(at("grey.tif"), test::as<std::uint8_t>(grey));
    const ImageSeries series({at("grey.tif")});
    const WindowGrid grid(series.images(), 20, 9);
    const BilateralFilter filter(1.0, 40);
    auto smooth = test::plain_bilateral(grey, 1.0, 40, 3);
    for (float& value : smooth) value = std::floor(value + 0.5f);
    EXPECT_NE(phase_of(grey, 127.5), phase_of(smooth, 127.5)) << "the filter changes something";
    expect_windows(series, grid, &filter, {phase_of(smooth, 127.5)}, 10, volume::ResizeRule::area);
}

TEST_F(WindowReaderTest, AFolderOfImagesOfDifferentSizesIsOneSeries) {
    std::vector<PhaseVolume> phases;
    std::vector<std::pair<std::size_t, std::size_t>> sizes{{30, 40}, {16, 16}, {55, 17}};
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const auto grey = test::patches(sizes[i].first, sizes[i].second, 255, static_cast<std::uint32_t>(i));
        io::write_png(at("slice" + std::to_string(i) + ".png"), grey.extent(), test::as<std::uint8_t>(grey).data());
        phases.push_back(phase_of(grey, 127.5));
    }
    const ImageSeries series({at("")});
    ASSERT_EQ(series.images().size(), 3u);
    EXPECT_EQ(series.pixels(), 30 * 40 + 16 * 16 + 55 * 17);
    expect_windows(series, WindowGrid(series.images(), 16, 5), nullptr, phases, 8, volume::ResizeRule::area);
}

TEST_F(WindowReaderTest, PlanesOfAStackAreImages) {
    Volume<std::uint8_t> stack({2, 20, 21});
    std::vector<PhaseVolume> phases;
    for (std::size_t z = 0; z < 2; ++z) {
        const auto grey = test::patches(20, 21, 255, static_cast<std::uint32_t>(z));
        std::transform(grey.begin(), grey.end(), stack.data() + z * grey.size(),
                       [](float v) { return static_cast<std::uint8_t>(v); });
        phases.push_back(phase_of(grey, 127.5));
    }
    io::write_tiff(at("stack.tif"), stack);
    const ImageSeries series({at("stack.tif")});
    expect_windows(series, WindowGrid(series.images(), 10, 10), nullptr, phases, 5, volume::ResizeRule::area);
}

TEST_F(WindowReaderTest, ImagesOfDifferentKindsAreNamed) {
    io::write_png(at("a.png"), {1, 9, 9}, test::as<std::uint8_t>(test::patches(9, 9, 255)).data());
    io::write_raw(at("b.raw"), test::as<std::uint16_t>(test::patches(9, 9, 65535)));
    protolith::test::expect_input_error(
        [&] {
            ImageSeries({at("a.png"), at("b.raw")});
        },
        {"a.png has 8-bit", "b.raw has 16-bit", "65535"});
}

TEST_F(WindowReaderTest, TheVoxelSizeOfTheSidecarIsKnown) {
    io::write_raw(at("a.raw"), test::as<std::uint8_t>(test::patches(9, 9, 255)), 5e-8);
    EXPECT_EQ(ImageSeries({at("a.raw")}).voxel_size(), 5e-8);
}

TEST_F(WindowReaderTest, InvertedPhasesAddUpToOne) {
    const auto grey = test::patches(20, 20, 255);
    io::write_tiff(at("grey.tif"), test::as<std::uint8_t>(grey));
    const ImageSeries series({at("grey.tif")});
    const WindowGrid grid(series.images(), 20, 1);
    WindowReader bright(series, grid, nullptr, {100, false}, 20, volume::ResizeRule::area),
        dark(series, grid, nullptr, {100, true}, 20, volume::ResizeRule::area);
    EXPECT_DOUBLE_EQ(bright.fraction(0) + dark.fraction(0), 1.0);
}

TEST(WindowsBetween, KeepsThoseInRangeAndSaysWhereTheOthersLie) {
    const std::vector<double> fractions{0.1, 0.3, 0.2, 0.9};
    EXPECT_EQ(windows_between(fractions, 0.2, 0.9), (std::vector<std::size_t>{1, 2, 3}));
    protolith::test::expect_input_error([&] { windows_between(fractions, 0.4, 0.8); },
                                        {"from 0.4 to 0.8", "the 4 windows", "0.1", "0.9"});
}

}  // namespace
}  // namespace protolith::prepare
