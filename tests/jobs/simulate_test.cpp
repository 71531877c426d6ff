// `protolith simulate` from outside: same bytes on any number of ranks and after an interruption; every kind runs.
#include "io/hdf5/file_reader.hpp"
#include "program.hpp"

namespace protolith::program {
namespace {

std::vector<std::uint8_t> phase_of(const std::filesystem::path& run) {
    return io::FileReader(run / "result.h5").read<std::uint8_t>("phase");
}

TEST(Simulate, MarbleCakesAreTheSameOnOneTwoAndFourRanksAndKeepTheirArea) {
    const auto folder = fresh_folder("cakes");
    for (int ranks : {1, 2, 4}) {
        const auto o = shell(on_ranks(ranks) + " simulate marble-cake --set count=6 --output " +
                                 (folder / std::to_string(ranks)).string(),
                             folder);
        ASSERT_EQ(o.code, 0) << o.err;
    }
    const auto one = phase_of(folder / "1");
    EXPECT_EQ(phase_of(folder / "2"), one);
    EXPECT_EQ(phase_of(folder / "4"), one);
    for (double area : io::FileReader(folder / "1/result.h5").read<double>("contour_area"))
        EXPECT_NEAR(area, 0.5, 2e-5);
}

TEST(Simulate, StoppedByTheWalltimeItGoesOnToTheSameImages) {
    const auto folder = fresh_folder("cakes_stopped");
    const std::string job = " simulate marble-cake --set count=24 --set size=128 --set time=[1.0,1.0] --output ";
    ASSERT_EQ(shell(on_ranks(2) + job + (folder / "whole").string(), folder).code, 0);
    const auto stopped = shell(on_ranks(2) + job + (folder / "run").string() + " --max-walltime 00:00:00", folder);
    ASSERT_EQ(stopped.code, 75) << stopped.err;
    EXPECT_FALSE(std::filesystem::exists(folder / "run/result.h5"));
    const auto resumed = shell(binary + job + (folder / "run").string(), folder);  // one rank now
    ASSERT_EQ(resumed.code, 0) << resumed.err;
    EXPECT_NE(resumed.out.find("Going on from"), std::string::npos);
    EXPECT_EQ(phase_of(folder / "run"), phase_of(folder / "whole"));
}

TEST(Simulate, EveryMediumRunsFromItsDeckAndItsImagesHaveTheRightFraction) {
    const auto folder = fresh_folder("media");
    for (const auto& [kind, fraction] :
         {std::pair{"disks", 0.5}, {"gaussian", 0.352}, {"debye", 0.5}, {"checkerboard", 0.5}, {"spheres", 0.4}}) {
        const auto run = folder / kind;
        const auto o = shell(binary + " simulate " + kind + " --input " + inputs + "/simulate_" + kind +
                                 ".toml --set count=4 --output " + run.string(),
                             folder);
        ASSERT_EQ(o.code, 0) << o.err;
        double mean = 0;
        for (double phi : io::FileReader(run / "result.h5").read<double>("phase_fraction")) mean += phi / 4;
        EXPECT_NEAR(mean, fraction, 0.06) << kind;  // debye: four images of 50 correlation lengths a side
    }
}

TEST(Simulate, SpherePackingsAreTheSameOnOneTwoAndFourRanks) {
    const auto folder = fresh_folder("spheres");
    for (int ranks : {1, 2, 4}) {
        const auto o =
            shell(on_ranks(ranks) + " simulate spheres --set count=3 --set extent=[32,32,32] --set radius=5 " +
                      "--set porosity=0.45 --output " + (folder / std::to_string(ranks)).string(),
                  folder);
        ASSERT_EQ(o.code, 0) << o.err;
    }
    const auto one = phase_of(folder / "1");
    EXPECT_EQ(one.size(), 3u * 32 * 32 * 32);
    EXPECT_EQ(phase_of(folder / "2"), one);
    EXPECT_EQ(phase_of(folder / "4"), one);
    EXPECT_TRUE(std::filesystem::exists(folder / "1/result.xdmf"));
}

TEST(Simulate, ALatticeOfSpheresIsSetByChiOrByTheRadiusNotByBoth) {
    const auto folder = fresh_folder("lattice");
    const std::string lattice =
        " simulate spheres --set arrangement=simple_cubic --set cell=32 --set extent=[32,32,32] --output ";
    ASSERT_EQ(shell(binary + lattice + (folder / "chi").string() + " --set chi=0.75", folder).code, 0);
    ASSERT_EQ(shell(binary + lattice + (folder / "radius").string() + " --set radius=12", folder).code, 0);
    EXPECT_EQ(phase_of(folder / "chi"), phase_of(folder / "radius"));
    for (const auto& [more, expected] :
         {std::pair{" --set chi=0.5 --set radius=8", "both of radius and chi"}, {"", "none of radius and chi"}}) {
        const auto o = shell(binary + lattice + (folder / "no").string() + more, folder);
        EXPECT_EQ(o.code, 2);
        EXPECT_NE(o.err.find(expected), std::string::npos) << o.err;
    }
}

TEST(Simulate, UnusableSettingsAreRefusedByName) {
    const auto folder = fresh_folder("unusable");
    const auto o = shell(binary + " simulate disks --set radius=-1 --output " + (folder / "run").string(), folder);
    EXPECT_EQ(o.code, 2);
    EXPECT_NE(o.err.find("radius = -1"), std::string::npos) << o.err;
    const auto cake =
        shell(binary + " simulate marble-cake --set time=[2,1] --output " + (folder / "run").string(), folder);
    EXPECT_EQ(cake.code, 2);
    EXPECT_NE(cake.err.find("low ≤ high"), std::string::npos) << cake.err;
    EXPECT_FALSE(std::filesystem::exists(folder / "run"));
}

}  // namespace
}  // namespace protolith::program
