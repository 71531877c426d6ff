// The compressed lists of addresses against the plain ones.
#include "flow/pack_addresses.hpp"

#include "base/random.hpp"
#include "flow/touched_lines.hpp"

#include <gtest/gtest.h>

namespace protolith::flow {
namespace {

constexpr std::size_t stride = 4096;
constexpr std::int32_t own_first = 512;

std::vector<std::int32_t> own_addresses(std::size_t lanes) {
    std::vector<std::int32_t> at;
    for (std::size_t q = 1; q < directions; ++q)
        for (std::size_t l = 0; l < lanes; ++l) at.push_back(static_cast<std::int32_t>(q * stride + l) + own_first);
    return at;
}

void expect_listed(const std::vector<std::int32_t>& at, std::size_t lanes, int kind) {
    std::vector<std::int32_t> words{-7};  // a pack before
    ASSERT_EQ(append_pack(at.data(), lanes, own_first, stride, words), kind);
    ASSERT_EQ(words.size(), 1 + words_of(kind, lanes));
    for (int q = 1; q < directions; ++q)
        for (std::size_t l = 0; l < lanes; ++l)
            EXPECT_EQ(address_in(words.data() + 1, kind, lanes, own_first, stride, q, l),
                      at[static_cast<std::size_t>(q - 1) * lanes + l])
                << "direction " << q << ", lane " << l;
}

class PackAddresses : public testing::TestWithParam<std::size_t> {};

TEST_P(PackAddresses, RunsTakeOneWordADirection) {
    std::vector<std::int32_t> at = own_addresses(GetParam());
    expect_listed(at, GetParam(), 0);
    for (auto& a : at) a += 77;
    expect_listed(at, GetParam(), 0);
    EXPECT_EQ(words_of(0, GetParam()), 18u);
}

TEST_P(PackAddresses, PiecesAndOwnSlotsComeBack) {
    const std::size_t lanes = GetParam();
    RandomStream random(3, RandomPurpose::test, 0);
    for (int pieces = 1; pieces <= 6; ++pieces) {
        std::vector<std::int32_t> at = own_addresses(lanes);
        for (std::size_t d = 0; d < links; ++d)
            for (std::size_t l = 0; l + 1 < lanes; ++l)  // the last lane keeps its own slot
                at[d * lanes + l] =
                    static_cast<std::int32_t>(1000 * (random.below(static_cast<unsigned>(pieces)) + 1) + 20000 + l);
        for (std::size_t l = 0; l < static_cast<std::size_t>(pieces); ++l)  // all pieces occur
            at[l] = static_cast<std::int32_t>(1000 * (l + 1) + 20000 + l);
        expect_listed(at, lanes, pieces <= most_pieces ? pieces : each_lane);
    }
}

INSTANTIATE_TEST_SUITE_P(Lanes, PackAddresses, testing::Values(8, 16));

TEST(LineList, NamesEachLineOnceWhileItIsRemembered) {
    LineList list(1000, 8);
    const std::int32_t first[] = {0, 7, 8, 500}, second[] = {9, 16};
    list.add(first, 4);
    list.add(second, 2);
    for (int k = 0; k < 30; ++k) list.add(second + 1, 1);
    list.add(first, 1);  // long ago
    const TouchedLines lines = list.finish();
    EXPECT_EQ(lines.slots, (std::vector<std::int32_t>{0, 8, 496, 16, 0}));
    ASSERT_EQ(lines.starts.size(), 33 + packs_ahead + 1);
    EXPECT_EQ(lines.starts[1], 3u);
    EXPECT_EQ(lines.starts.back(), 5u);
}

}  // namespace
}  // namespace protolith::flow
