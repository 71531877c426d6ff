// The vectorised bit kernels equal their plain texts, on every SIMD target, for every pattern of columns.
#include "descriptors/bit_kernels.hpp"

#include "base/random.hpp"
#include "volume/bit_rows.hpp"
#include "volume/simd_targets.hpp"

#include <gtest/gtest.h>

namespace protolith::descriptors {
namespace {

class BitKernels : public ::testing::TestWithParam<const char*> {
  protected:
    void SetUp() override { restrict_simd(GetParam()); }
    void TearDown() override { restrict_simd("best"); }
};

BitRows random_rows(std::size_t lines, std::size_t length, std::uint64_t one_in) {
    BitRows rows(1, lines, length);
    RandomStream stream(3, RandomPurpose::test, static_cast<std::uint32_t>(length));
    for (std::size_t i = 0; i < lines; ++i) {
        for (std::size_t x = 0; x < length; ++x) {
            if (stream.below(one_in) != 0) rows.set(i, x);
        }
    }
    return rows;
}

TEST_P(BitKernels, CountsOfEveryColumnPatternEqualTheReference) {
    // Vertices per column; {3, 1} and {1, 1, 1, 1} go the general way.
    const std::vector<std::vector<int>> patterns = {{1},    {2},          {1, 1}, {2, 1},       {1, 1, 1},
                                                    {2, 2}, {1, 2, 2, 1}, {3, 1}, {1, 1, 1, 1}, {1, 1, 1, 1, 1, 1}};
    for (const std::size_t length : {1, 63, 64, 65, 127, 129, 511, 512, 513, 1030}) {
        const BitRows rows = random_rows(9, length, 6);
        for (const auto& pattern : patterns) {
            for (const std::size_t spread : {1, 7, 64, 65, 200}) {
                std::vector<Vertex> vertices;
                std::size_t line = 0;
                for (std::size_t c = 0; c < pattern.size(); ++c) {
                    for (int k = 0; k < pattern[c]; ++k) {
                        vertices.push_back({rows.line(line++ % 4), c * spread, rows.stride()});
                    }
                }
                const std::size_t reach = (pattern.size() - 1) * spread;
                if (reach >= length) continue;
                EXPECT_EQ(count_all_set(vertices, 5, length - reach),
                          count_all_set_reference(vertices, 5, length - reach))
                    << "columns " << ::testing::PrintToString(pattern) << " spread " << spread << " length " << length;
            }
        }
    }
}

TEST_P(BitKernels, SegmentsEqualTheReferenceOpenAndWrapped) {
    for (const std::size_t length : {1, 63, 64, 65, 127, 129, 512, 700}) {
        const BitRows rows = random_rows(12, length, 30), twice = doubled(rows);
        BitRows work(1, 1, length);
        const std::size_t steps = length / 2 + 1;
        for (std::size_t i = 0; i < rows.lines(); ++i) {
            for (const BitRows* next : {&rows, &twice}) {
                std::vector<std::uint64_t> counts(steps), expected(steps);
                count_segments_along(rows.line(i), next->line(i), length, counts, work.line(0));
                count_segments_along_reference(rows.line(i), next->line(i), length, expected, nullptr);
                EXPECT_EQ(counts, expected) << length;
            }
        }
        std::vector<const std::uint64_t*> lines;
        for (std::size_t i = 0; i < rows.lines(); ++i) lines.push_back(rows.line(i));
        std::vector<std::uint64_t> counts(lines.size()), expected(lines.size());
        count_segments_across(lines, length, counts, work.line(0));
        count_segments_across_reference(lines, length, expected, nullptr);
        EXPECT_EQ(counts, expected) << length;
    }
}

INSTANTIATE_TEST_SUITE_P(Targets, BitKernels, ::testing::Values("best", "avx512", "avx2", "sse4", "scalar"),
                         [](const auto& set) { return std::string(set.param); });

}  // namespace
}  // namespace protolith::descriptors
