#include "anneal/terms/polytope_term.hpp"

#include "plain_counts.hpp"
#include "random_swaps.hpp"

namespace protolith::anneal {
namespace {

using descriptors::Polytope;
using descriptors::VertexRule;
using testing::expect_exact_increments;
using testing::random_volume;

std::vector<double> falling_target(std::size_t reach) {
    std::vector<double> target;
    for (std::size_t r = 0; r <= reach; ++r) target.push_back(0.1 + 0.3 * std::exp(-0.3 * static_cast<double>(r)));
    return target;
}

void expect_exact(Polytope polytope, VertexRule rule, const Extent& extent, std::size_t reach, int swaps,
                  double fraction = 0.5) {
    PolytopeTerm term(extent, polytope, rule, falling_target(reach), 0.7);
    const auto count = [&](const PhaseVolume& v) { return testing::plain_polytope(v, polytope, rule, reach); };
    expect_exact_increments(term, random_volume(extent, fraction, 2, 2), count, swaps, 8);
}

class PolytopeTermOf : public ::testing::TestWithParam<std::tuple<Polytope, VertexRule>> {
  protected:
    void check(const Extent& extent, std::size_t reach, int swaps, double fraction = 0.5) {
        expect_exact(std::get<0>(GetParam()), std::get<1>(GetParam()), extent, reach, swaps, fraction);
    }
};

TEST_P(PolytopeTermOf, IncrementsEqualRecountOnSquareImage) { check({1, 32, 32}, 15, 2500); }
TEST_P(PolytopeTermOf, IncrementsEqualRecountOnOddNonSquareImage) { check({1, 21, 34}, 10, 2500); }
TEST_P(PolytopeTermOf, IncrementsEqualRecountWhereVerticesMeetRoundThePeriod) {
    check({1, 12, 12}, 11, 2000, 0.6);
    check({1, 9, 14}, 8, 2000, 0.6);
}
TEST_P(PolytopeTermOf, IncrementsEqualRecountBeyondOneWord) { check({1, 71, 76}, 70, 60, 0.7); }
TEST_P(PolytopeTermOf, IncrementsEqualRecountInThreeDimensions) { check({10, 10, 10}, 5, 500); }
TEST_P(PolytopeTermOf, IncrementsEqualRecountInBoxOfUnequalSides) { check({7, 11, 8}, 6, 500, 0.6); }

std::string readable(const ::testing::TestParamInfo<std::tuple<Polytope, VertexRule>>& info) {
    const bool nearest = std::get<1>(info.param) == VertexRule::nearest;
    return std::string(descriptors::name(std::get<0>(info.param))) + (nearest ? "Nearest" : "Companion");
}
INSTANTIATE_TEST_SUITE_P(AllPolytopes, PolytopeTermOf,
                         ::testing::Combine(::testing::Values(Polytope::p3h, Polytope::p3v, Polytope::p4, Polytope::p6),
                                            ::testing::Values(VertexRule::nearest, VertexRule::companion)),
                         readable);

TEST(PolytopeTerm, FullImageCountsEveryPlace) {
    PolytopeTerm term({1, 10, 14}, Polytope::p6, VertexRule::nearest, falling_target(9), 1.0);
    term.recount(PhaseVolume({1, 10, 14}, std::uint8_t{1}));
    for (const auto c : term.counts()) EXPECT_EQ(c, 140);
    EXPECT_EQ(term.placements(), 140.0);
}

TEST(PolytopeTerm, CheckerboardHasSquaresOfEvenEdgeOnly) {
    PolytopeTerm term({1, 12, 12}, Polytope::p4, VertexRule::nearest, falling_target(5), 1.0);
    PhaseVolume board({1, 12, 12});
    for (std::size_t i = 0; i < board.size(); ++i) board[i] = (i / 12 + i) % 2 == 0 ? 1 : 0;
    term.recount(board);
    EXPECT_EQ(testing::counts_of(term), (std::vector<std::int64_t>{72, 0, 72, 0, 72, 0}));
}

TEST(PolytopeTerm, EdgesThatTheRuleDoesNotDefineWeighNothing) {
    std::vector<double> target = falling_target(6), other = target;
    for (const std::size_t odd : {1, 3, 5}) other[odd] = std::nan("");
    PolytopeTerm a({1, 16, 16}, Polytope::p3h, VertexRule::companion, target, 1.0);
    PolytopeTerm b({1, 16, 16}, Polytope::p3h, VertexRule::companion, other, 1.0);
    const PhaseVolume volume = random_volume({1, 16, 16}, 0.5, 1, 3);
    a.recount(volume);
    b.recount(volume);
    EXPECT_EQ(a.energy(), b.energy());
    EXPECT_THROW(PolytopeTerm({1, 16, 16}, Polytope::p3h, VertexRule::nearest, other, 1.0), InputError);
}

TEST(PolytopeTerm, TargetPastTheSideIsRefused) {
    EXPECT_THROW(PolytopeTerm({1, 16, 12}, Polytope::p4, VertexRule::nearest, falling_target(12), 1.0), InputError);
}

}  // namespace
}  // namespace protolith::anneal
