// S2 of generated images over 1, 2 and 4 ranks.
#include "base/random.hpp"
#include "descriptors/curve_statistics.hpp"
#include "train/phase_quality.hpp"
#include "train/sample_sheet.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

namespace protolith::train {
namespace {

constexpr Extent extent{1, 12, 17};
constexpr std::size_t images = 10;

/// Image k of values about −0.5 and 0.5, the phase with probability 0.3.
std::vector<float> values_of(ItemRange items) {
    std::vector<float> values;
    for (std::size_t k = items.first; k < items.last; ++k) {
        RandomStream stream(3, RandomPurpose::test, static_cast<std::uint32_t>(k));
        for (std::size_t i = 0; i < extent.count(); ++i)
            values.push_back(static_cast<float>((stream.uniform() < 0.3 ? 0.5 : -0.5) + stream.uniform(-0.1, 0.1)));
    }
    return values;
}

TEST(PhaseQuality, HasTheSameBitsOnAnyNumberOfRanks) {
    const Communicator comm, alone(MPI_COMM_SELF);
    const auto all = values_of({0, images}), mine = values_of(comm.share(images));
    const double threshold = otsu_over_ranks(comm, mine);
    EXPECT_EQ(threshold, otsu_over_ranks(alone, all));
    EXPECT_NEAR(threshold, 0, 0.41);
    const auto one = mean_two_point(alone, to_phases(all, extent, threshold), extent);
    const auto shared = mean_two_point(comm, to_phases(mine, extent, threshold), extent);
    EXPECT_EQ(shared.value, one.value);
    EXPECT_EQ(shared.r.back(), 5) << "r < N/2 of the smaller side";
}

TEST(PhaseQuality, OfIndependentPixelsIsTheSquareOfTheFraction) {
    const Communicator comm;
    const auto quality =
        phase_quality(comm, values_of(comm.share(images)), extent, {"S2", {0, 1, 2}, {0.3, 0.09, 0.09}});
    EXPECT_NEAR(quality.phase_fraction, 0.3, 0.04) << "four standard deviations";
    for (std::size_t r = 1; r < quality.generated.value.size(); ++r)
        EXPECT_NEAR(quality.generated.value[r], quality.phase_fraction * quality.phase_fraction, 0.03);
    EXPECT_LT(quality.error, 1e-3);
}

TEST(PhaseQuality, OfABatchOfOneValueHasTheThresholdZero) {
    const Communicator comm;
    const std::vector<float> same(comm.share(images).size() * extent.count(), 0.7F);
    EXPECT_EQ(otsu_over_ranks(comm, same), 0);
    const auto quality = phase_quality(comm, same, extent, {"S2", {0, 1}, {0.5, 0.25}});
    EXPECT_EQ(quality.phase_fraction, 1);
    EXPECT_DOUBLE_EQ(quality.error, (0.25 + 0.5625) / 2);
}

TEST(PhaseQuality, NotANumberIsNotInThePhaseAndDoesNotHarm) {
    const Communicator comm;
    std::vector<float> values(comm.share(images).size() * extent.count(), std::nanf(""));
    EXPECT_EQ(phase_quality(comm, values, extent, {"S2", {0}, {0.5}}).phase_fraction, 0);
}

TEST(FirstImages, ComeInOrderWhateverTheRanks) {
    const Communicator comm;
    const auto first = first_images(comm, values_of(comm.share(images)), extent, 7);
    EXPECT_EQ(first.size(), comm.is_root() ? 7u : 0u);
    const auto all = values_of({0, 7});
    for (std::size_t k = 0; k < first.size(); ++k)
        EXPECT_TRUE(std::equal(first[k].begin(), first[k].end(),
                               all.begin() + static_cast<std::ptrdiff_t>(k * extent.count())));
}

}  // namespace
}  // namespace protolith::train
