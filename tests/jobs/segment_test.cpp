// `protolith segment` from outside: known pores, same bytes on any number of ranks, volumes that cannot be used.
#include "io/hdf5/file_reader.hpp"
#include "program.hpp"

#include <algorithm>

namespace protolith::program {
namespace {

class Segment : public ::testing::Test {
  protected:
    void SetUp() override { folder = fresh_folder("segment"); }
    void TearDown() override { std::filesystem::remove_all(folder); }

    /// A raw volume of bytes, grey(z, y, x).
    template <class Grey>
    void volume(std::size_t planes, std::size_t rows, std::size_t columns, const Grey& grey) const {
        std::ofstream raw(folder / "rock.raw", std::ios::binary);
        for (std::size_t z = 0; z < planes; ++z)
            for (std::size_t y = 0; y < rows; ++y)
                for (std::size_t x = 0; x < columns; ++x) raw.put(static_cast<char>(grey(z, y, x)));
        std::ofstream(folder / "rock.toml") << "extent = [" << planes << ", " << rows << ", " << columns
                                            << "]\ntype = \"uint8\"\nvoxel_size = 2.0\nvoxel_unit = \"um\"\n";
    }
    Outcome run(const std::string& program, const std::string& output, const std::string& more = "") const {
        return shell(program + " segment --set volume=" + (folder / "rock.raw").string() + " --output " +
                         (folder / output).string() + " " + more,
                     folder);
    }
    io::FileReader result(const std::string& output) const { return io::FileReader(folder / output / "result.h5"); }

    std::filesystem::path folder;
};

/// A dark square channel of 4 × 6 voxels along z, grey 60 + z mod 3, in a solid of 180, and a dark blind hole of 27.
std::uint8_t channel_and_hole(std::size_t z, std::size_t y, std::size_t x) {
    if (y >= 3 && y < 7 && x >= 5 && x < 11) return static_cast<std::uint8_t>(60 + z % 3);
    if (z >= 4 && z < 7 && y >= 10 && y < 13 && x >= 14 && x < 17) return 20;
    return 180;
}

TEST_F(Segment, TheChannelIsFoundAndTheHoleDroppedOnOneTwoAndFourRanks) {
    volume(21, 15, 20, channel_and_hole);
    for (const int ranks : {1, 2, 4}) {
        const auto o = run(on_ranks(ranks), std::to_string(ranks), "--set pore_diameter=true");
        ASSERT_EQ(o.code, 0) << o.err;
    }
    const auto one = result("1");
    const auto phase = one.read<std::uint8_t>("phase");
    const double channel = 21 * 24, hole = 27, voxels = 21 * 15 * 20;
    EXPECT_EQ(std::count(phase.begin(), phase.end(), 1), 21 * 24);
    EXPECT_EQ(one.read<double>("threshold")[0], 62);
    EXPECT_DOUBLE_EQ(one.read<double>("porosity")[0], (channel + hole) / voxels);
    EXPECT_DOUBLE_EQ(one.read<double>("connected_porosity")[0], channel / voxels);
    EXPECT_DOUBLE_EQ(one.read<double>("voxel_size")[0], 2e-6);
    const auto diameter = one.read<float>("pore_diameter");
    EXPECT_FLOAT_EQ(*std::max_element(diameter.begin(), diameter.end()), 3) << "a channel of four voxels by six";
    for (const char* ranks : {"2", "4"}) {
        const auto other = result(ranks);
        EXPECT_EQ(other.read<std::uint8_t>("phase"), phase);
        EXPECT_EQ(other.read<std::uint8_t>("pore_space"), one.read<std::uint8_t>("pore_space"));
        EXPECT_EQ(other.read<double>("search_threshold"), one.read<double>("search_threshold"));
        EXPECT_EQ(other.read<float>("pore_diameter"), diameter);
        EXPECT_EQ(other.read<double>("mean_pore_diameter"), one.read<double>("mean_pore_diameter"));
        EXPECT_EQ(text_of(folder / ranks / "components.csv"), text_of(folder / "1/components.csv"));
    }
    for (const char* file : {"result.xdmf", "report.html", "pore_slices.png", "grey_slices.png", "threshold_search.png",
                             "component_sizes.png", "grey_values.png"})
        EXPECT_TRUE(std::filesystem::exists(folder / "1" / file)) << file;
}

TEST_F(Segment, WhatCannotBeUsedIsRefusedWithTheNumbers) {
    volume(9, 15, 20, channel_and_hole);
    int tried = 0;
    const auto refused = [&](const std::string& more, const std::string& expected) {
        const auto o = run(on_ranks(2), "refused" + std::to_string(++tried), more);
        EXPECT_EQ(o.code, 2) << more << o.err;
        EXPECT_NE(o.err.find(expected), std::string::npos) << more << ": " << o.err;
    };
    refused("--set axis=x", "percolates along x at no threshold: at the widest, 179, its 2 components");
    refused("--set axis=y --set threshold.method=value --set threshold.value=100",
            "do not reach from end to end along y: threshold 100, porosity 0.0900 in 2 components, the largest of 216");
    refused("--set threshold.method=value --set threshold.value=5", "all solid: no voxel is at or below");
    refused("--set threshold.method=value", "threshold.value is not set");
    refused("--set threshold.method=otsu --set threshold.value=5", "threshold.value = 5");
    refused("--set connectivity=8", "connectivity = 8: expected 6, 18 or 26");
    volume(9, 15, 20, [](std::size_t, std::size_t, std::size_t) { return 7; });
    refused("", "every voxel has the grey value 7");
    volume(1, 15, 20, channel_and_hole);
    refused("", "is one voxel thick along it");
}

TEST_F(Segment, AVolumeThatRepeatsHasItsPoresJoinedAcrossTheSides) {
    // A slit of 4 voxels that the edge of y cuts in two, beside a duct of which each half is too short.
    volume(6, 12, 10, [](std::size_t z, std::size_t y, std::size_t x) {
        const bool slit = y < 2 || y >= 10;
        const bool halves = y == 6 && ((z < 4 && x == 9) || (z >= 3 && x == 0));
        return slit ? 20 : halves ? 30 : 200;
    });
    const std::string keys = "--set threshold.method=value --set threshold.value=100 --set pore_diameter=true ";
    ASSERT_EQ(run(on_ranks(2), "edges", keys).code, 0);
    ASSERT_EQ(run(on_ranks(2), "repeats", keys + "--set boundary=periodic").code, 0);
    EXPECT_DOUBLE_EQ(result("edges").read<double>("connected_porosity")[0], 240.0 / 720);
    EXPECT_DOUBLE_EQ(result("repeats").read<double>("connected_porosity")[0], 247.0 / 720);
    const auto largest = [&](const char* output) {
        const auto diameter = result(output).read<float>("pore_diameter");
        return *std::max_element(diameter.begin(), diameter.end());
    };
    EXPECT_FLOAT_EQ(largest("repeats"), 3) << "4 voxels across the edge";
    const auto o = run(on_ranks(2), "corners", keys + "--set boundary=periodic --set connectivity=26");
    EXPECT_EQ(o.code, 2);
    EXPECT_NE(o.err.find("connectivity = 26"), std::string::npos) << o.err;
}

TEST_F(Segment, AllFluidPassesWithAWarning) {
    volume(4, 5, 6, [](std::size_t, std::size_t, std::size_t) { return 7; });
    const auto o = run(on_ranks(2), "fluid", "--set threshold.method=value --set threshold.value=50");
    EXPECT_EQ(o.code, 0) << o.err;
    EXPECT_NE(o.err.find("all pores"), std::string::npos) << o.err;
    EXPECT_EQ(result("fluid").read<double>("connected_porosity")[0], 1);
}

TEST_F(Segment, AVolumeOneVoxelThickPercolatesInItsPlane) {
    volume(1, 15, 20, [](std::size_t, std::size_t, std::size_t x) { return x == 3 ? 10 : 200; });
    const auto o = run(on_ranks(2), "thin", "--set axis=y");
    EXPECT_EQ(o.code, 0) << o.err;
    EXPECT_DOUBLE_EQ(result("thin").read<double>("connected_porosity")[0], 0.05);
}

}  // namespace
}  // namespace protolith::program
