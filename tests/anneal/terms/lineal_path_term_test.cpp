#include "anneal/terms/lineal_path_term.hpp"

#include "plain_counts.hpp"
#include "random_swaps.hpp"

namespace protolith::anneal {
namespace {

using testing::expect_exact_increments;
using testing::random_volume;

std::vector<double> falling_target(std::size_t reach) {
    std::vector<double> target;
    for (std::size_t r = 0; r <= reach; ++r) target.push_back(0.4 * std::exp(-0.3 * static_cast<double>(r)));
    return target;
}

void expect_exact(const Extent& extent, double fraction, int passes, std::size_t reach, int swaps) {
    LinealPathTerm term(extent, falling_target(reach), 1.5);
    const auto count = [&](const PhaseVolume& v) { return testing::plain_lineal_path(v, reach); };
    expect_exact_increments(term, random_volume(extent, fraction, passes, 1), count, swaps, 4);
}

TEST(LinealPathTerm, IncrementsEqualRecountOnPatches) { expect_exact({1, 48, 48}, 0.45, 3, 24, 4000); }
TEST(LinealPathTerm, IncrementsEqualRecountOnOddNonSquareImage) { expect_exact({1, 23, 37}, 0.5, 1, 22, 3000); }
TEST(LinealPathTerm, IncrementsEqualRecountBeyondOneWord) { expect_exact({1, 70, 131}, 0.8, 4, 69, 600); }
TEST(LinealPathTerm, IncrementsEqualRecountWhereRunsCloseRound) { expect_exact({1, 9, 9}, 0.93, 0, 8, 3000); }
TEST(LinealPathTerm, IncrementsEqualRecountOnOneColumn) { expect_exact({1, 17, 1}, 0.5, 0, 0, 200); }
TEST(LinealPathTerm, IncrementsEqualRecountInThreeDimensions) { expect_exact({9, 8, 11}, 0.6, 2, 7, 1500); }

TEST(LinealPathTerm, FullImageCountsEveryStartOfEverySegment) {
    LinealPathTerm term({1, 6, 10}, falling_target(5), 1.0);
    term.recount(PhaseVolume({1, 6, 10}, std::uint8_t{1}));
    for (const auto c : term.counts()) EXPECT_EQ(c, 120);
    EXPECT_EQ(term.placements(), 120.0);
}

TEST(LinealPathTerm, OneRunOfFourVoxelsCountsFourThreeTwoOne) {
    LinealPathTerm term({1, 8, 8}, falling_target(5), 1.0);
    PhaseVolume volume({1, 8, 8});
    for (const std::size_t x : {6, 7, 0, 1}) volume(3, x) = 1;
    term.recount(volume);
    EXPECT_EQ(testing::counts_of(term), (std::vector<std::int64_t>{8, 3, 2, 1, 0, 0}));  // r = 0 in both directions
}

TEST(LinealPathTerm, TargetPastTheSideIsRefusedWithBothNumbers) {
    try {
        LinealPathTerm term({1, 20, 12}, falling_target(12), 1.0);
        FAIL() << "accepted";
    } catch (const InputError& error) {
        EXPECT_NE(std::string(error.what()).find("up to r = 12"), std::string::npos);
        EXPECT_NE(std::string(error.what()).find("below 12"), std::string::npos);
    }
}

TEST(LinealPathTerm, TargetOutsideProbabilitiesIsRefused) {
    EXPECT_THROW(LinealPathTerm({1, 8, 8}, {0.3, 1.2}, 1.0), InputError);
    EXPECT_THROW(LinealPathTerm({1, 8, 8}, {0.3, std::nan("")}, 1.0), InputError);
    EXPECT_THROW(LinealPathTerm({1, 8, 8}, {}, 1.0), InputError);
    EXPECT_THROW(LinealPathTerm({1, 8, 8}, {0.3, 0.1}, -1.0), InputError);
}

}  // namespace
}  // namespace protolith::anneal
