// Claims about parts and views of volumes.
#include "volume/window.hpp"

#include <numeric>

#include <gtest/gtest.h>

namespace protolith::volume {
namespace {

GreyVolume counted(const Extent& extent) {
    GreyVolume volume(extent);
    std::iota(volume.begin(), volume.end(), 0.0F);
    return volume;
}

TEST(Crop, TakesTheBlock) {
    const GreyVolume volume = counted({2, 3, 4});
    EXPECT_EQ(crop(volume, {{1, 1, 2}, {1, 2, 2}}), GreyVolume({1, 2, 2}, {18, 19, 22, 23}));
    EXPECT_EQ(crop(volume, whole(volume.extent())), volume);
    EXPECT_THROW(crop(volume, {{1, 1, 2}, {1, 2, 3}}), Error);
}

TEST(Slice, IsNormalToItsAxis) {
    const GreyVolume volume = counted({2, 3, 4});
    EXPECT_EQ(slice(volume, Axis::z, 1), GreyVolume({1, 3, 4}, {12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23}));
    EXPECT_EQ(slice(volume, Axis::y, 2), GreyVolume({1, 2, 4}, {8, 9, 10, 11, 20, 21, 22, 23}));
    EXPECT_EQ(slice(volume, Axis::x, 3), GreyVolume({1, 2, 3}, {3, 7, 11, 15, 19, 23}));
    EXPECT_THROW(slice(volume, Axis::y, 3), Error);
    EXPECT_EQ(slice(counted({1, 1, 1}), Axis::x, 0), counted({1, 1, 1}));
}

TEST(Transpose, MovesEveryVoxel) {
    const GreyVolume volume = counted({2, 3, 4});
    const GreyVolume turned = transpose(volume, {Axis::x, Axis::z, Axis::y});
    ASSERT_EQ(turned.extent(), (Extent{4, 2, 3}));
    for (std::size_t z = 0; z < 2; ++z)
        for (std::size_t y = 0; y < 3; ++y)
            for (std::size_t x = 0; x < 4; ++x) EXPECT_EQ(turned(x, z, y), volume(z, y, x));
    EXPECT_EQ(transpose(turned, {Axis::y, Axis::x, Axis::z}), volume);
    EXPECT_THROW(transpose(volume, {Axis::x, Axis::x, Axis::y}), Error);
}

TEST(SlidingWindows, CountsOfThePublishedPreparation) {
    // Meta-igneous 17,920 × 54,784 in windows of 512 by 256, serpentinite 15,000 × 30,000 in windows of 1024 by 200.
    EXPECT_EQ(sliding_windows({1, 17920, 54784}, {1, 512, 512}, {1, 256, 256}).size(), 69u * 213u);
    EXPECT_EQ(sliding_windows({1, 15000, 30000}, {1, 1024, 1024}, {1, 200, 200}).size(), 70u * 145u);
}

TEST(SlidingWindows, FitInsideAndKnowTheirPlace) {
    const auto windows = sliding_windows({1, 5, 4}, {1, 3, 4}, {1, 2, 1});
    ASSERT_EQ(windows.size(), 2u);
    EXPECT_EQ(windows[1], (Block{{0, 2, 0}, {1, 3, 4}}));
    EXPECT_THROW(sliding_windows({1, 5, 4}, {1, 6, 4}, {1, 1, 1}), InputError);
    EXPECT_THROW(sliding_windows({1, 5, 4}, {1, 3, 3}, {1, 0, 1}), InputError);
}

}  // namespace
}  // namespace protolith::volume
