// Any number of ranks gives the same bytes as one: images shared, or one image counted in parts.
#include "brute_force.hpp"
#include "descriptors/chord_length.hpp"
#include "descriptors/curve_statistics.hpp"
#include "descriptors/minkowski.hpp"

#include <gtest/gtest.h>

namespace protolith::descriptors {
namespace {

Curve curve_of_image(std::size_t k) {
    const PackedVolume packed(bernoulli({1, 40, 50}, 0.5, static_cast<std::uint32_t>(k)), Boundary::periodic);
    return to_curve(polytope(packed, Polytope::p4, VertexRule::nearest, 20));
}

TEST(DescriptorsOverRanks, BandOfASharedSetEqualsOneRanks) {
    const Communicator comm;
    constexpr std::size_t images = 7;
    std::vector<Curve> mine, all;
    const ItemRange share = comm.share(images);
    for (std::size_t k = share.first; k < share.last; ++k) mine.push_back(curve_of_image(k));
    for (std::size_t k = 0; k < images; ++k) all.push_back(curve_of_image(k));
    const Band shared = confidence_band(gather_curves(comm, mine)), alone = confidence_band(all);
    EXPECT_EQ(shared.mean.name, "P4");
    EXPECT_EQ(shared.mean.value, alone.mean.value);
    EXPECT_EQ(shared.low, alone.low);
    EXPECT_EQ(shared.high, alone.high);
    EXPECT_EQ(shared.images, images);
}

TEST(DescriptorsOverRanks, PartsOfOneImageSumToTheWhole) {
    const Communicator comm;
    const Part part{static_cast<std::size_t>(comm.rank()), static_cast<std::size_t>(comm.size())};
    const PhaseVolume image = bernoulli({1, 90, 77}, 0.6);
    const PackedVolume packed(image, Boundary::non_periodic);
    CurveCounts l = lineal_path(packed, 30, part), p6 = polytope(packed, Polytope::p6, VertexRule::nearest, 30, part);
    sum_over_ranks(comm, l);
    sum_over_ranks(comm, p6);
    EXPECT_EQ(l, lineal_path(packed, 30));
    EXPECT_EQ(p6, polytope(packed, Polytope::p6, VertexRule::nearest, 30));
    auto chords = chord_lengths(image, 0, Boundary::periodic, part);
    sum_over_ranks(comm, chords);
    EXPECT_EQ(chords, chord_lengths(image, 0, Boundary::periodic));
    auto configurations = configurations_2d(image, Frame::background, part);
    sum_over_ranks(comm, configurations);
    EXPECT_EQ(configurations, configurations_2d(image, Frame::background));
}

}  // namespace
}  // namespace protolith::descriptors
