// Segmentation over ranks: thresholds known by construction, the same on any number of ranks; medians by hand.
#include "segment/percolation.hpp"
#include "segment/read_slab.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

namespace protolith::segment {
namespace {

using descriptors::Connectivity;
using volume::Axis;

GreySlab slab_of(const Communicator& comm, const GreyVolume& volume) {
    GreySlab slab(comm, volume.extent());
    const std::size_t plane = volume.extent().y * volume.extent().x;
    std::copy_n(volume.data() + slab.planes.first * plane, slab.voxels.size(), slab.voxels.data());
    return slab;
}

/// Solid of grey value 200 with two channels along `axis`, which are as dark as their lightest voxel: 90, and 120 in
/// one place of the darker; and a dark hole of 10 that leads nowhere.
GreyVolume two_channels(Axis axis) {
    GreyVolume volume({9, 10, 11}, 200);
    for (std::size_t i = 0; i < 11; ++i) {
        const auto set = [&](std::size_t a, std::size_t b, float value) {
            if (axis == Axis::z && i < 9) volume(i, a, b) = value;
            if (axis == Axis::y && i < 10) volume(a, i, b) = value;
            if (axis == Axis::x) volume(a, b, i) = value;
        };
        set(2, 2, i == 5 ? 120.0f : 30.0f);
        set(6, 7, 90);
    }
    volume(4, 4, 4) = 10;
    return volume;
}

TEST(Percolation, TheThresholdIsTheLightestVoxelOfTheDarkestWayThrough) {
    const Communicator comm;
    for (const Axis axis : {Axis::z, Axis::y, Axis::x}) {
        const auto grey = slab_of(comm, two_channels(axis));
        const auto search = find_percolating_threshold(comm, grey, candidate_thresholds(10, 200, true, 0), Pores::dark,
                                                       axis, Connectivity::six);
        EXPECT_EQ(search.threshold, 90);
        EXPECT_LE(search.steps.size(), 9u);
        for (const auto& step : search.steps) EXPECT_EQ(step.percolates, step.threshold >= 90) << step.threshold;
    }
}

TEST(Percolation, OfBrightPoresItIsTheLargest) {
    const Communicator comm;
    auto volume = two_channels(Axis::z);
    for (float& value : volume) value = 255 - value;  // the channels are now 165 or 135 and 225
    const auto search = find_percolating_threshold(comm, slab_of(comm, volume), candidate_thresholds(55, 245, true, 0),
                                                   Pores::bright, Axis::z, Connectivity::six);
    EXPECT_EQ(search.threshold, 164) << "value > 164 holds the channel of 165, > 165 does not";
}

TEST(Percolation, RealValuesAreFoundToTheStep) {
    const Communicator comm;
    auto volume = two_channels(Axis::y);
    for (float& value : volume) value /= 200;
    const auto search =
        find_percolating_threshold(comm, slab_of(comm, volume), candidate_thresholds(0.05, 1, false, 4096), Pores::dark,
                                   Axis::y, Connectivity::six);
    EXPECT_GE(search.threshold, 0.45f);
    EXPECT_LE(search.threshold, 0.45 + 0.95 / 4096 + 1e-6);
}

TEST(Percolation, WithoutAWayThroughTheNumbersAreSaid) {
    const Communicator comm;
    auto volume = two_channels(Axis::z);
    for (std::size_t i = 0; i < 110; ++i) volume[4 * 110 + i] = 200;  // a wall
    volume(4, 4, 4) = 10;
    try {
        find_percolating_threshold(comm, slab_of(comm, volume), candidate_thresholds(10, 200, true, 0), Pores::dark,
                                   Axis::z, Connectivity::six);
        FAIL() << "it does not percolate";
    } catch (const Error& e) {
        EXPECT_EQ(e.code(), ExitCode::bad_input);
        const std::string text = e.what();
        EXPECT_NE(text.find("percolates along z at no threshold: at the widest, 199, its 5 components"),
                  std::string::npos)
            << text;
    }
    EXPECT_THROW(candidate_thresholds(7, 7, true, 0), InputError);
}

TEST(Percolation, StopsWhereTheJobIsToStop) {
    const Communicator comm;
    int asked = 0;
    const Pause pause = [&] {
        if (comm.is_root() && ++asked == 3) throw Error("stopped", ExitCode::stopped_resumable);
    };
    try {
        find_percolating_threshold(comm, slab_of(comm, two_channels(Axis::z)), candidate_thresholds(10, 200, true, 0),
                                   Pores::dark, Axis::z, Connectivity::six, {}, pause);
        FAIL() << "it went on";
    } catch (const Error& e) {
        EXPECT_EQ(e.code(), ExitCode::stopped_resumable) << "on every rank";
    }
}

TEST(Percolation, AWayThroughTheSidesCountsWhereTheVolumeRepeats) {
    const Communicator comm;
    GreyVolume volume({8, 6, 6}, 200);
    for (std::size_t z = 0; z < 5; ++z) volume(z, 2, 5) = 50;  // goes on at x = 0
    for (std::size_t z = 4; z < 8; ++z) volume(z, 2, 0) = 60;
    const auto search = [&](const descriptors::Wrap& wrap) {
        return find_percolating_threshold(comm, slab_of(comm, volume), candidate_thresholds(50, 200, true, 0),
                                          Pores::dark, Axis::z, Connectivity::six, wrap)
            .threshold;
    };
    EXPECT_EQ(search(descriptors::Wrap::sides_of(Axis::z)), 60);
    EXPECT_THROW(search({}), Error);
}

TEST(PoreSpace, DisconnectedVoxelsAreDroppedAlongTheAxisOrAnyAxis) {
    const Communicator comm;
    auto volume = two_channels(Axis::z);
    for (std::size_t x = 0; x < 11; ++x) volume(8, 9, x) = 50;  // a channel along x of its own
    const auto pores = pore_space(slab_of(comm, volume), 150, Pores::dark);
    EXPECT_EQ(count_voxels(comm, pores), 9u + 9 + 1 + 11);
    const auto components = connect_slabs(comm, pores, Connectivity::six);
    EXPECT_EQ(components.count, 4u);
    EXPECT_TRUE(percolates(comm, components, Axis::z));
    EXPECT_FALSE(percolates(comm, components, Axis::y));
    EXPECT_EQ(count_voxels(comm, connected_pores(pores, components, Keep::along_axis, Axis::z)), 18u);
    EXPECT_EQ(count_voxels(comm, connected_pores(pores, components, Keep::along_axis, Axis::y)), 0u);
    EXPECT_EQ(count_voxels(comm, connected_pores(pores, components, Keep::along_any_axis, Axis::y)), 29u);
}

TEST(PoreSpace, AThresholdBetweenTwoFloatsDividesAsTheNumberItIs) {
    const Communicator comm;
    const float value = 0.1f;  // 0.100000001490116
    const auto grey = slab_of(comm, GreyVolume({1, 1, 1}, value));
    EXPECT_EQ(count_voxels(comm, pore_space(grey, 0.1, Pores::dark)), 0u);
    EXPECT_EQ(count_voxels(comm, pore_space(grey, 0.1, Pores::bright)), 1u);
}

TEST(ReadSlab, MedianAlongZIsTheSameInSlabsAndByHand) {
    const Communicator comm;
    const auto folder = std::filesystem::temp_directory_path();
    const auto path = (folder / ("protolith_median_" + std::to_string(comm.size()) + ".raw")).string();
    const std::array<std::uint8_t, 7> column{5, 1, 9, 9, 0, 3, 8}, expected{5, 5, 9, 9, 3, 3, 8};
    on_root(comm, [&] {
        std::ofstream raw(path, std::ios::binary);
        for (const std::uint8_t value : column)
            for (std::uint8_t i = 0; i < 6; ++i) raw.put(static_cast<char>(value + 10 * i));
        raw.close();
        std::ofstream(folder / ("protolith_median_" + std::to_string(comm.size()) + ".toml"))
            << "extent = [7, 2, 3]\ntype = \"uint8\"\n";
    });
    const auto source = io::open_image(path);
    const auto plain = read_slab(comm, *source, Filter::none), filtered = read_slab(comm, *source, Filter::median_z);
    for (std::size_t z = 0; z < plain.planes.size(); ++z)
        for (std::size_t i = 0; i < 6; ++i) {
            const auto add = static_cast<float>(10 * i);
            EXPECT_EQ(plain.voxels[z * 6 + i], static_cast<float>(column[plain.planes.first + z]) + add);
            EXPECT_EQ(filtered.voxels[z * 6 + i], static_cast<float>(expected[plain.planes.first + z]) + add);
        }
}

}  // namespace
}  // namespace protolith::segment
