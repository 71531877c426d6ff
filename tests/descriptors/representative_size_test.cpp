// Where the random windows lie, and what is refused.
#include "descriptors/representative_size.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

namespace protolith::descriptors {
namespace {

std::string refusal(const Extent& extent, const RepresentativeSizeSettings& settings) {
    try {
        random_windows(extent, settings);
    } catch (const InputError& error) {
        return error.what();
    }
    return "";
}

TEST(RepresentativeSize, WindowsLieInsideAndDoNotDependOnLaterSizes) {
    const RepresentativeSizeSettings few{.sizes = {10, 37}, .windows = 50}, more{.sizes = {10, 37, 40}, .windows = 50};
    const Extent extent{1, 40, 61};
    const auto windows = random_windows(extent, more), prefix = random_windows(extent, few);
    ASSERT_EQ(windows.size(), 150u);
    EXPECT_TRUE(std::equal(prefix.begin(), prefix.end(), windows.begin()));
    bool first = false, last = false;
    for (const Window& w : windows) {
        EXPECT_LE(w.y + w.size, 40u);
        EXPECT_LE(w.x + w.size, 61u);
        EXPECT_EQ(w.z, 0u);
        first = first || (w.size == 37 && w.y == 0);
        last = last || (w.size == 37 && w.y == 3);
    }
    EXPECT_TRUE(first && last);
}

TEST(RepresentativeSize, RefusesWithBothNumbers) {
    const Extent extent{1, 100, 200};
    const std::string too_large = refusal(extent, {.sizes = {50, 101}});
    EXPECT_NE(too_large.find("101"), std::string::npos) << too_large;
    EXPECT_NE(too_large.find("100"), std::string::npos) << too_large;
    EXPECT_NE(refusal(extent, {.sizes = {50}}), "");
    EXPECT_NE(refusal(extent, {.sizes = {50, 50}}), "");
    EXPECT_NE(refusal(extent, {.sizes = {60, 50}}), "");
    EXPECT_NE(refusal(extent, {.sizes = {2, 50}}), "");
    EXPECT_NE(refusal(extent, {.sizes = {20, 50}, .windows = 0}), "");
    EXPECT_NE(refusal(extent, {.sizes = {20, 50}, .tolerance = 0.0}), "");
    EXPECT_NE(refusal(extent, {.sizes = {20, 50}, .max_r = 0}), "");
    EXPECT_NE(refusal({40, 100, 100}, {.sizes = {20, 50}}), "");
    EXPECT_EQ(refusal(extent, {.sizes = {20, 100}}), "");
}

}  // namespace
}  // namespace protolith::descriptors
