// Claims about segmentation: two values, thresholds, inversion, and the questions that an ambiguous image raises; real
// rocks.
#include "image_files.hpp"
#include "io/image/png_image.hpp"
#include "io/image/raw_image.hpp"
#include "io/image/source.hpp"

namespace protolith::io {
namespace {

using test::expect_input_error;

class PhaseFiles : public test::ImageFiles {
  protected:
    std::string bytes_image(const std::vector<std::uint8_t>& grey) const {
        write_png(at("a.png"), {1, 1, grey.size()}, grey.data());
        return at("a.png");
    }
    std::string float_image(const std::vector<float>& grey) const {
        write_raw(at("a.raw"), GreyVolume({1, 1, grey.size()}, grey));
        return at("a.raw");
    }
};

PhaseVolume line(const std::vector<std::uint8_t>& phase) { return PhaseVolume({1, 1, phase.size()}, phase); }

TEST_F(PhaseFiles, OfTwoValuesTheLargerIsThePhase) {
    EXPECT_EQ(read_phase(bytes_image({0, 255, 0, 255, 255})), line({0, 1, 0, 1, 1}));
    EXPECT_EQ(read_phase(bytes_image({7, 3, 3})), line({1, 0, 0}));
    EXPECT_EQ(read_phase(float_image({-1.5F, -2.5F, -1.5F})), line({1, 0, 1}));
    EXPECT_EQ(read_phase(bytes_image({0, 255}), {.threshold = {}, .invert = true}), line({1, 0}));
}

TEST_F(PhaseFiles, OneValueIsFullOrEmpty) {
    EXPECT_EQ(read_phase(bytes_image({0, 0})), line({0, 0}));
    EXPECT_EQ(read_phase(bytes_image({255, 255})), line({1, 1}));
    EXPECT_EQ(read_phase(bytes_image({1, 1})), line({1, 1}));
    EXPECT_EQ(read_phase(float_image({1})), line({1}));
    expect_input_error(
        [&] {
            read_phase(bytes_image({9, 9}));
        },
        {"a.png", "every pixel has the grey value 9", "set a threshold"});
}

TEST_F(PhaseFiles, AThresholdIsExclusive) {
    EXPECT_EQ(read_phase(bytes_image({0, 99, 100, 101, 255}), {.threshold = 100}), line({0, 0, 0, 1, 1}));
    EXPECT_EQ(read_phase(bytes_image({0, 99, 100, 101, 255}), {.threshold = 100, .invert = true}),
              line({1, 1, 1, 0, 0}));
    EXPECT_EQ(read_phase(float_image({-3, 0.25F, 0.5F}), {.threshold = 0.25}), line({0, 0, 1}));
}

TEST_F(PhaseFiles, ManyValuesNeedAThreshold) {
    expect_input_error(
        [&] {
            read_phase(bytes_image({0, 128, 255}));
        },
        {"a.png", "3 different grey values from 0 to 255", "set a threshold"});
    std::vector<float> many(10000);
    for (std::size_t i = 0; i < many.size(); ++i) many[i] = static_cast<float>(i);
    expect_input_error([&] { read_phase(float_image(many)); }, {"a.raw", "more than 4096 different"});
}

TEST_F(PhaseFiles, AThresholdOutsideTheTypeIsRefused) {
    for (const double threshold : {-1.0, 255.0, 300.0})
        expect_input_error(
            [&] {
                read_phase(bytes_image({0, 255}), {.threshold = threshold});
            },
            {"a.png", "0 … 255", "threshold"});
    test::write_png_file(at("bit.png"), 1, 2, {0, 1}, {1});
    expect_input_error([&] { read_phase(at("bit.png"), {.threshold = 128}); }, {"bit.png", "threshold 128", "0 … 1"});
    EXPECT_EQ(read_phase(at("bit.png"), {.threshold = 0.5}), line({0, 1}));
}

TEST_F(PhaseFiles, BlocksUseTheThresholdOfTheWholeImage) {
    const auto source = open_image(bytes_image({3, 3, 3, 8}));
    EXPECT_THROW(read_phase_block(*source, {{0, 0, 0}, {1, 1, 2}}, {}), Error);
    const double threshold = find_threshold(*source, {});
    EXPECT_EQ(read_phase_block(*source, {{0, 0, 0}, {1, 1, 2}}, {.threshold = threshold}), line({0, 0}));
    EXPECT_EQ(read_phase_block(*source, {{0, 0, 2}, {1, 1, 2}}, {.threshold = threshold}), line({0, 1}));
}

TEST_F(PhaseFiles, ManyBandsGiveTheWholeImage) {
    GreyVolume grey({2, 700, 900});
    const auto values = test::noise(grey.size(), 1);
    std::copy(values.begin(), values.end(), grey.begin());
    write_raw(at("a.raw"), grey);
    const PhaseVolume phase = read_phase(at("a.raw"));
    ASSERT_EQ(phase.extent(), grey.extent());
    EXPECT_TRUE(std::equal(phase.begin(), phase.end(), values.begin(), values.end()));
}

TEST(RealImages, SandstoneOfTheCheckout) {
    const PhaseVolume sandstone = read_phase(PROTOLITH_SOURCE_DIR "/inputs/data/sandstone_256.png");
    EXPECT_EQ(sandstone.extent(), (Extent{1, 256, 256}));
    EXPECT_EQ(phase_fraction(sandstone), 12913.0 / 65536);  // counted by another decoder
    const PhaseVolume rest =
        read_phase(PROTOLITH_SOURCE_DIR "/inputs/data/sandstone_256.png", {.threshold = {}, .invert = true});
    EXPECT_EQ(phase_fraction(rest), 1 - phase_fraction(sandstone));
}

TEST(RealImages, BereaHasItsPublishedPorosity) {
    const std::string path = PROTOLITH_SHARED_DATA "/rocks/berea_2320x2900.tif";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is not here";
    const auto source = open_image(path);
    EXPECT_EQ(source->extent(), (Extent{1, 2320, 2900}));
    EXPECT_EQ(source->info().maximum, 1);
    const PhaseVolume pores = read_phase(*source);
    EXPECT_NEAR(phase_fraction(pores), 0.334, 0.0005);
    EXPECT_LE(source->held_bytes(), 2900u + 363u);
    // A window read on its own is that part of the whole.
    const Block window{{0, 1000, 333}, {1, 200, 77}};
    const PhaseVolume part = read_phase_block(*source, window, {.threshold = 0.5});
    for (std::size_t y = 0; y < 200; ++y)
        for (std::size_t x = 0; x < 77; ++x) ASSERT_EQ(part(y, x), pores(1000 + y, 333 + x));
}

}  // namespace
}  // namespace protolith::io
