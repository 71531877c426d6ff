// Claims about thresholds: strip by strip gives what the whole image gives.
#include "prepare/grey_histogram.hpp"

#include "../io/image_files.hpp"
#include "grey_images.hpp"
#include "volume/otsu.hpp"

namespace protolith::prepare {
namespace {

/// The 8-bit image's histogram from pieces of awkward lengths.
void add_in_pieces(GreyHistogram& histogram, const GreyVolume& grey) {
    for (std::size_t at = 0, piece = 1; at < grey.size(); at += piece, piece = piece * 2 + 1)
        histogram.add(grey.data() + at, std::min(piece, grey.size() - at));
}

TEST(GreyHistogram, OtsuOfStripsEqualsOtsuOfTheWholeImage) {
    auto grey = test::patches(40, 53, 255);
    grey[0] = 0, grey[1] = 255;  // so that the whole image's 256 bins are the grey values themselves
    auto whole = GreyHistogram::of_whole_numbers(255);
    add_in_pieces(whole, grey);
    EXPECT_EQ(whole.total(), grey.size());
    EXPECT_EQ(whole.otsu_threshold("image"), volume::otsu_threshold(grey));

    for (float& value : grey) value = value * 0.0137f - 1.0f;
    const auto [low, high] = std::minmax_element(grey.begin(), grey.end());
    auto reals = GreyHistogram::of_reals(*low, *high);
    add_in_pieces(reals, grey);
    EXPECT_EQ(reals.otsu_threshold("image"), volume::otsu_threshold(grey));
}

TEST(GreyHistogram, TheThresholdLiesMidwayBetweenTheClasses) {
    auto histogram = GreyHistogram::of_whole_numbers(65535);
    const std::vector<float> values{10, 12, 12, 60000, 60001};
    histogram.add(values.data(), values.size());
    EXPECT_EQ(histogram.otsu_threshold("image"), (12 + 60000) / 2.0);
    EXPECT_EQ(histogram.share_above(12), 0.4);
    EXPECT_EQ(histogram.share_above(60001), 0.0);
}

TEST(GreyHistogram, TwoValuesAreRecognised) {
    auto bits = GreyHistogram::of_whole_numbers(255);
    const std::vector<float> values{0, 255, 255};
    bits.add(values.data(), values.size());
    EXPECT_EQ(bits.threshold_between_two("image"), 127.5);
    const float three = 3;
    bits.add(&three, 1);
    protolith::test::expect_input_error([&] { bits.threshold_between_two("rock.png"); },
                                        {"rock.png", "3 different grey values"});

    auto reals = GreyHistogram::of_reals(0.0f, 1.0f);
    const std::vector<float> halves{0.0f, 1.0f, 0.0f};
    reals.add(halves.data(), halves.size());
    EXPECT_EQ(reals.threshold_between_two("image"), 0.5);
    const float near = 0.001f;
    reals.add(&near, 1);
    EXPECT_THROW(reals.threshold_between_two("image"), InputError) << "two values in one bin";
}

TEST(GreyHistogram, ASingleValueHasNoThreshold) {
    auto histogram = GreyHistogram::of_whole_numbers(255);
    const std::vector<float> values(9, 17.0f);
    histogram.add(values.data(), values.size());
    protolith::test::expect_input_error([&] { histogram.otsu_threshold("flat.tif"); }, {"flat.tif", "same grey value"});
    EXPECT_THROW(histogram.threshold_between_two("flat.tif"), InputError);
    auto reals = GreyHistogram::of_reals(0.25f, 0.25f);
    const float value = 0.25f;
    reals.add(&value, 1);
    EXPECT_THROW(reals.otsu_threshold("flat.tif"), InputError);
}

}  // namespace
}  // namespace protolith::prepare
