// One image measured by all ranks, by some, or by one: the same bytes; and a stop on one rank is a stop on all.
#include "brute_force.hpp"
#include "descriptors/distance.hpp"
#include "descriptors/local_thickness.hpp"
#include "descriptors/pore_sizes.hpp"
#include "descriptors/size_density.hpp"
#include "descriptors/suite.hpp"
#include "descriptors/teams.hpp"

#include <cstring>

#include <gtest/gtest.h>

namespace protolith::descriptors {
namespace {

SuiteSettings settings_for(const Extent& extent, Boundary boundary) {
    SuiteSettings s;
    s.boundary = boundary;
    s.max_r = largest_common_distance(std::span(&extent, 1), boundary);
    s.max_chord = std::max({extent.z, extent.y, extent.x});
    s.max_pore = s.max_chord;
    s.connectivity = extent.dimensions() == 3 ? Connectivity::six : Connectivity::four;
    return s;
}

void expect_same_bytes(const std::vector<double>& a, const std::vector<double>& b, const std::string& what) {
    ASSERT_EQ(a.size(), b.size()) << what;
    // bytes, so that NaN equals NaN
    EXPECT_TRUE(a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0) << what;
}

void expect_same(const ImageDescriptors& a, const ImageDescriptors& b, const std::string& what) {
    ASSERT_EQ(a.functions.size(), b.functions.size());
    for (std::size_t f = 0; f < a.functions.size(); ++f) {
        EXPECT_EQ(a.functions[f].name, b.functions[f].name);
        EXPECT_EQ(a.functions[f].r, b.functions[f].r) << what;
        expect_same_bytes(a.functions[f].value, b.functions[f].value, what + ", " + a.functions[f].name);
    }
    expect_same_bytes(a.chord_length_density.value, b.chord_length_density.value, what + ", chords");
    expect_same_bytes(a.pore_size_density.value, b.pore_size_density.value, what + ", pores");
    expect_same_bytes(a.thickness_density.value, b.thickness_density.value, what + ", thickness");
    expect_same_bytes(a.power_spectrum.value, b.power_spectrum.value, what + ", spectrum");
    expect_same_bytes(a.numbers, b.numbers, what + ", numbers");
}

TEST(SuiteOverRanks, OneImageMeasuredByAllEqualsMeasuredByOne) {
    const Communicator world;
    const Communicator alone = Communicator::split(world, world.rank());
    for (const Extent extent :
         {Extent{1, 1, 1}, Extent{1, 1, 19}, Extent{1, 23, 1}, Extent{1, 90, 77}, Extent{2, 3, 5}, Extent{9, 12, 10}})
        for (const Boundary boundary : {Boundary::non_periodic, Boundary::periodic, Boundary::companion})
            for (const double fraction : {0.0, 0.55, 0.93, 1.0}) {
                const auto image = bernoulli(extent, fraction);
                auto s = settings_for(extent, boundary);
                if (s.max_r < 0) continue;
                expect_same(measure(world, image, s), measure(alone, image, s),
                            to_string(extent) + ", fraction " + std::to_string(fraction));
            }
}

TEST(SuiteOverRanks, PoreSizesOfSharedImagesEqualTheWholeMaps) {
    const Communicator world;
    for (const Extent extent : {Extent{1, 3, 2}, Extent{1, 61, 87}, Extent{8, 13, 11}})
        for (const Boundary boundary : {Boundary::non_periodic, Boundary::periodic}) {
            PhaseVolume image = bernoulli(extent, 0.95);
            image[0] = 0;
            image[1] = 1;
            const auto squared = squared_distance(image, boundary);
            const PoreSizes sizes = pore_sizes(world, image, boundary);
            EXPECT_EQ(sizes.distance, count_squares(squared)) << to_string(extent);
            EXPECT_EQ(sizes.thickness, count_squares(covering_ball(squared, boundary))) << to_string(extent);
        }
}

TEST(SuiteOverRanks, ASetOfAnySizeIsTheSameAsOnOneRankAndEachImageIsReadOnce) {
    const Communicator world;
    const Communicator alone = Communicator::split(world, world.rank());
    const Extent extent{1, 24, 31};
    const auto s = settings_for(extent, Boundary::non_periodic);
    for (const std::size_t count : {1u, 2u, 3u, 5u}) {
        std::vector<std::uint64_t> read(count, 0);
        const auto load = [&](std::size_t i) {
            ++read[i];
            return bernoulli(extent, 0.6, static_cast<std::uint32_t>(i));
        };
        const auto shared = measure_set(world, "set", count, load, s);
        world.sum_in_place(read.data(), read.size());
        EXPECT_EQ(read, std::vector<std::uint64_t>(count, 1));
        const auto whole = measure_set(
            alone, "set", count, [&](std::size_t i) { return bernoulli(extent, 0.6, static_cast<std::uint32_t>(i)); },
            s);
        EXPECT_EQ(shared.images, whole.images);
        for (std::size_t f = 0; f < whole.functions.size(); ++f) {
            expect_same_bytes(shared.functions[f].mean.value, whole.functions[f].mean.value, "mean");
            expect_same_bytes(shared.functions[f].low, whole.functions[f].low, "band");
        }
        for (std::size_t n = 0; n < whole.numbers.size(); ++n)
            expect_same_bytes(shared.numbers[n], whole.numbers[n], number_table()[n].name);
    }
}

TEST(SuiteOverRanks, ImagesOfASetLieWhereTheirShareLies) {
    const Communicator world;
    for (const std::size_t count : {1u, 2u, 3u, 7u}) {
        const Teams teams(world, count);
        const ItemRange share = world.share(count);
        if (!teams.mine().is_root()) continue;
        EXPECT_EQ(teams.items().first, share.first) << count;
        EXPECT_EQ(teams.items().last, share.last) << count;
    }
}

TEST(SuiteOverRanks, AStopOrAnErrorOnOneRankIsThrownOnAll) {
    const Communicator world;
    const auto s = settings_for({1, 30, 30}, Boundary::periodic);
    const bool chosen = world.rank() == world.size() - 1;
    const auto load = [&](std::size_t) { return bernoulli({1, 30, 30}, 0.6); };
    for (const int pauses : {0, 3, 9}) {
        int asked = 0;
        const Pause pause = [&] {
            if (chosen && asked++ == pauses) throw StoppedEarly("stopped early: SIGUSR1 received");
        };
        try {
            measure_set(world, "set", 1, load, s, {}, pause);
            FAIL() << "not stopped";
        } catch (const Error& e) {
            EXPECT_EQ(e.code(), ExitCode::stopped_resumable);
            EXPECT_STREQ(e.what(), "stopped early: SIGUSR1 received");
        }
    }
    const auto broken = [](std::size_t) -> PhaseVolume { throw InputError("rock.tif: truncated"); };
    EXPECT_THROW(measure_set(world, "set", 1, broken, s), CollectiveError);
}

}  // namespace
}  // namespace protolith::descriptors
