// Bit-packed lines hold the voxels of the volume, along every axis, at awkward sizes; padding stays zero.
#include "volume/bit_rows.hpp"

#include "base/random.hpp"

#include <gtest/gtest.h>

namespace protolith {
namespace {

PhaseVolume random_volume(Extent extent) {
    PhaseVolume volume(extent);
    RandomStream stream(7, RandomPurpose::test, static_cast<std::uint32_t>(extent.count()));
    for (auto& voxel : volume) voxel = static_cast<std::uint8_t>(stream.below(2));
    return volume;
}

const Extent awkward[] = {{1, 1, 1},   {1, 1, 63}, {1, 3, 64},   {1, 65, 65},  {1, 127, 5},
                          {1, 2, 129}, {3, 5, 7},  {65, 4, 130}, {2, 70, 128}, {70, 1, 1}};

void expect_zero_padding(const BitRows& rows) {
    for (std::size_t i = 0; i < rows.lines(); ++i) {
        for (std::size_t x = rows.length(); x < 64 * rows.stride(); ++x) ASSERT_FALSE(rows.get(i, x)) << i << ' ' << x;
    }
}

TEST(BitRows, LinesAlongEveryAxisHoldTheVoxels) {
    for (const Extent& e : awkward) {
        const PhaseVolume volume = random_volume(e);
        const BitRows x = pack_lines(volume, Axis::x), y = pack_lines(volume, Axis::y), z = pack_lines(volume, Axis::z);
        for (std::size_t k = 0; k < e.z; ++k) {
            for (std::size_t j = 0; j < e.y; ++j) {
                for (std::size_t i = 0; i < e.x; ++i) {
                    const bool voxel = volume(k, j, i) != 0;
                    ASSERT_EQ(x.get(k * e.y + j, i), voxel) << to_string(e);
                    ASSERT_EQ(y.get(k * e.x + i, j), voxel) << to_string(e);
                    ASSERT_EQ(z.get(j * e.x + i, k), voxel) << to_string(e);
                }
            }
        }
        for (const BitRows* rows : {&x, &y, &z}) expect_zero_padding(*rows);
    }
}

TEST(BitRows, PaddingCoversTwoVectors) {
    for (const std::size_t length : {1, 63, 64, 65, 448, 512, 513}) {
        const BitRows rows(1, 1, length);
        EXPECT_GE(rows.stride(), (length + 63) / 64 + BitRows::padding_words);
        EXPECT_EQ(rows.stride() % 8, 0u);
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(rows.line(0)) % 64, 0u);
    }
}

TEST(BitRows, DoubledLinesRepeatThemselves) {
    for (const Extent& e : awkward) {
        const BitRows rows = pack_lines(random_volume(e)), twice = doubled(rows);
        ASSERT_EQ(twice.length(), 2 * e.x);
        for (std::size_t i = 0; i < rows.lines(); ++i) {
            for (std::size_t x = 0; x < 2 * e.x; ++x) ASSERT_EQ(twice.get(i, x), rows.get(i, x % e.x)) << to_string(e);
        }
        expect_zero_padding(twice);
    }
}

TEST(BitRows, ComplementInvertsEveryVoxelAndNoPadding) {
    for (const Extent& e : awkward) {
        const BitRows rows = pack_lines(random_volume(e)), inverse = complement(rows);
        for (std::size_t i = 0; i < rows.lines(); ++i) {
            for (std::size_t x = 0; x < e.x; ++x) ASSERT_NE(inverse.get(i, x), rows.get(i, x)) << to_string(e);
        }
        expect_zero_padding(inverse);
    }
}

}  // namespace
}  // namespace protolith
