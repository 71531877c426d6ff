// `protolith flow` from outside: known permeabilities on 1 and 2 ranks, stopped and resumed, decks that cannot be used.
#include "io/hdf5/file_reader.hpp"
#include "program.hpp"

#include <array>
#include <utility>

namespace protolith::program {
namespace {

class Flow : public ::testing::Test {
  protected:
    void SetUp() override { folder = fresh_folder("flow"); }
    void TearDown() override { std::filesystem::remove_all(folder); }

    Outcome run(const std::string& program, const std::string& output, const std::string& keys) const {
        std::ofstream(folder / (output + ".toml")) << keys;
        return shell(program + " flow --input " + (folder / (output + ".toml")).string() + " --output " +
                         (folder / output).string(),
                     folder);
    }
    std::vector<double> numbers(const std::string& output, const std::string& name) const {
        return io::FileReader(folder / output / "result.h5").read<double>(name);
    }
    /// A raw volume of bytes, pore(z, y, x), in a deck with more keys.
    template <class Pore>
    Outcome run_volume(const Pore& pore, const std::string& output, const std::string& keys = "",
                       const std::string& program = binary, std::array<int, 3> extent = {8, 8, 8},
                       const std::string& size = "voxel_size = 1e-6\n", const std::string& sidecar = "") const {
        std::ofstream raw(folder / "rock.raw", std::ios::binary);
        for (int z = 0; z < extent[0]; ++z)
            for (int y = 0; y < extent[1]; ++y)
                for (int x = 0; x < extent[2]; ++x) raw.put(pore(z, y, x) ? 1 : 0);
        raw.close();
        std::ofstream(folder / "rock.toml")
            << "extent = [" << extent[0] << ", " << extent[1] << ", " << extent[2] << "]\ntype = \"uint8\"\n"
            << sidecar;
        return run(program, output, keys + "[rock]\nvolume = '" + (folder / "rock.raw").string() + "'\n" + size);
    }
    std::filesystem::path folder;
};

const std::string channel = "[rock]\ngeometry = 'channel'\nwidth = 8\n[convergence]\ntolerance = 1e-9\n";
const std::string spheres =
    "[rock]\ngeometry = 'simple_cubic'\nchi = [0.7, 0.8]\ncell = 16\n[convergence]\ntolerance = 1e-5\n";

TEST_F(Flow, TheChannelIsExactOnOneAndTwoRanks) {
    for (const int ranks : {1, 2}) {
        const std::string output = "channel" + std::to_string(ranks);
        const auto o = run(on_ranks(ranks), output, channel);
        ASSERT_EQ(o.code, 0) << o.err;
        // k = φ·N²/12·(1 + 1/(2N²)) with N = 8 of 10 voxels
        const double exact = 0.8 * (64.0 / 12 + 1.0 / 24);
        EXPECT_NEAR(numbers(output, "permeability")[0] / exact, 1, 1e-7);
        EXPECT_NEAR(numbers(output, "permeability_known")[0] / exact, 1, 1e-12);
        EXPECT_NEAR(numbers(output, "tortuosity")[0], 1, 1e-9);
        for (const char* file : {"flows.csv", "report.html", "summary.json", "fields_00.h5", "fields_00.xdmf"})
            EXPECT_TRUE(std::filesystem::exists(folder / output / file)) << file;
        EXPECT_FALSE(std::filesystem::exists(folder / output / "checkpoint.h5"));
        EXPECT_NE(text_of(folder / output / "summary.json").find("\"status\": \"complete\""), std::string::npos);
    }
    const auto again = run(binary, "channel1", channel);
    EXPECT_NE(again.out.find("nothing to do"), std::string::npos) << again.out;
}

TEST_F(Flow, SphereArraysAgreeWithSanganiAndAcrivosOnOneTwoRanksAndTwoGroups) {
    ASSERT_EQ(run(binary, "one", spheres).code, 0);
    ASSERT_EQ(run(on_ranks(2), "two", spheres).code, 0);
    ASSERT_EQ(run(on_ranks(2), "groups", "groups = 2\n" + spheres).code, 0);
    const auto k = numbers("one", "permeability"), known = numbers("one", "permeability_known");
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_NEAR(k[i] / known[i], 1, 0.06) << i;
        EXPECT_NEAR(numbers("two", "permeability")[i] / k[i], 1, 1e-10);
        EXPECT_EQ(numbers("groups", "permeability")[i], k[i]) << "each flow on one rank";
    }
}

TEST_F(Flow, StoppedItResumesBitForBit) {
    const std::string deck =
        "checkpoint_interval = 0.01\n[rock]\ngeometry = 'simple_cubic'\ncell = 32\n[convergence]\ntolerance = 1e-9\n";
    ASSERT_EQ(run(binary, "whole", deck).code, 0);
    const auto stopped = run(binary + " ", "run", deck);  // writes the deck
    ASSERT_EQ(stopped.code, 0);
    std::filesystem::remove_all(folder / "run");
    const std::string again =
        binary + " flow --input " + (folder / "run.toml").string() + " --output " + (folder / "run").string();
    ASSERT_EQ(shell(again + " --max-walltime 00:00:00", folder).code, 75);
    ASSERT_TRUE(std::filesystem::exists(folder / "run/checkpoint.h5"));
    shell("timeout -s KILL 1.5 " + again, folder);
    const auto resumed = shell(again, folder);
    ASSERT_EQ(resumed.code, 0) << resumed.err;
    EXPECT_EQ(numbers("run", "permeability"), numbers("whole", "permeability"));
    EXPECT_EQ(numbers("run", "steps"), numbers("whole", "steps"));
    const io::FileReader one(folder / "run/fields_00.h5"), other(folder / "whole/fields_00.h5");
    EXPECT_EQ(one.read<float>("velocity_z"), other.read<float>("velocity_z"));
}

/// Methane whose mean free path is 0.295 voxels of 31.2 nm at 0.8 MPa.
const std::string methane =
    "[fluid]\nkind = 'gas'\nviscosity = 1.34e-5\ntemperature = 370.0\npressures = [0.8e6, 3e6]\n";

TEST_F(Flow, AGasInAChannelHasTheKnudsenNumberOfItsWidthEverywhere) {
    const std::string rest =
        "[rock]\ngeometry = 'channel'\nwidth = 7\nvoxel_size = 3.12e-8\n[convergence]\ntolerance = 1e-10\n";
    for (const char* const size : {"inscribed_sphere", "rays", "uniform"}) {
        const auto o = run(binary, size,
                           methane + rest + "[slip]\npore_size = '" + size +
                               "'\n[[published]]\nsource = 'elsewhere'\npermeability = 1e-6\nknudsen = 0.1\n");
        ASSERT_EQ(o.code, 0) << o.err;
        for (std::size_t k = 0; k < 2; ++k) {
            const double known = numbers(size, "permeability_known")[k];
            EXPECT_NEAR(numbers(size, "permeability")[k] / known, 1, 1e-7) << size << k;
            EXPECT_NEAR(numbers(size, "permeability_gas")[k] / known, 1, 1e-7) << size << k;
            const double path = numbers(size, "mean_free_path")[k] / 3.12e-8;
            EXPECT_NEAR(numbers(size, "knudsen_number")[k], path / 7, 1e-7);
            EXPECT_NEAR(numbers(size, "largest_knudsen_number")[k], path / 7, 1e-7);
        }
        EXPECT_NE(text_of(folder / size / "published.csv").find("elsewhere"), std::string::npos);
        EXPECT_TRUE(std::filesystem::exists(folder / size / "streamlines.csv"));
    }
}

/// Two channels along z, 3 and 7 voxels wide.
bool channels(int, int y, int) { return y != 0 && y != 4; }

TEST_F(Flow, LocalKnudsenNumbersAreTheSameOnOneTwoAndThreeRanksAndInGroups) {
    const auto duct = [&](const std::string& output, const std::string& program, const std::string& keys = "") {
        const auto o = run_volume(channels, output, keys + methane + "[convergence]\ntolerance = 1e-6\n", program,
                                  {9, 12, 4}, "voxel_size = 3.12e-8\n");
        ASSERT_EQ(o.code, 0) << o.err;
    };
    duct("one", binary);
    duct("two", on_ranks(2));
    duct("three", on_ranks(3));
    duct("groups", on_ranks(2), "groups = 2\n");
    const double path = numbers("one", "mean_free_path")[0] / 3.12e-8;
    EXPECT_NEAR(numbers("one", "knudsen_number")[0], path * (3.0 / 3 + 7.0 / 7) / 10, 1e-6);
    EXPECT_NEAR(numbers("one", "largest_knudsen_number")[0], path / 3, 1e-6);
    for (std::size_t k = 0; k < 2; ++k) {
        for (const char* const other : {"two", "three"}) {
            EXPECT_NEAR(numbers(other, "permeability")[k] / numbers("one", "permeability")[k], 1, 1e-10);
            EXPECT_EQ(numbers(other, "knudsen_number")[k], numbers("one", "knudsen_number")[k]);
        }
        EXPECT_EQ(numbers("groups", "permeability")[k], numbers("one", "permeability")[k]) << "each flow on one rank";
    }
    EXPECT_GT(numbers("one", "permeability")[0], numbers("one", "permeability")[1]) << "less pressure, more slip";
    const auto planned =
        shell(binary + " flow --check --set planned_ranks=6 --input " + (folder / "one.toml").string(), folder);
    EXPECT_NE((planned.out + planned.err).find("6 blocks"), std::string::npos) << planned.out << planned.err;
    EXPECT_NE(text_of(folder / "two/log.txt").find("2 blocks"), std::string::npos);
    EXPECT_NE(text_of(folder / "two/log.txt").find("in the halo"), std::string::npos);
}

TEST_F(Flow, SolidSidesNarrowThePoresAndOneVoxelThickVolumesFlow) {
    const auto open = [](int, int, int) { return true; };
    const std::string gas = methane + "[drive]\naxes = ['x']\nsides = 'solid'\n[slip]\nmean_free_path = 'bulk'\n";
    const auto o = run_volume(open, "sides", gas, binary, {7, 9, 4}, "voxel_size = 3.12e-8\n");
    ASSERT_EQ(o.code, 0) << o.err;
    const auto walled = run_volume([](int z, int y, int) { return z > 0 && z < 8 && y > 0 && y < 10; }, "walled",
                                   methane + "[drive]\naxes = ['x']\n[slip]\nmean_free_path = 'bulk'\n", binary,
                                   {9, 11, 4}, "voxel_size = 3.12e-8\n");
    ASSERT_EQ(walled.code, 0) << walled.err;
    EXPECT_NEAR(numbers("sides", "knudsen_number")[0] / numbers("walled", "knudsen_number")[0], 1, 1e-12);
    EXPECT_NEAR(numbers("sides", "permeability")[0] * 7 * 9 / (numbers("walled", "permeability")[0] * 9 * 11), 1, 1e-6);
    // A plane of one voxel: channel of 8 in a row of 10.
    const auto thin = run_volume([](int, int y, int) { return y > 0 && y < 9; }, "thin",
                                 "[drive]\naxes = ['x']\n[convergence]\ntolerance = 1e-9\n", binary, {1, 10, 5});
    ASSERT_EQ(thin.code, 0) << thin.err;
    EXPECT_NEAR(numbers("thin", "permeability")[0] / (0.8 * (64.0 / 12 + 1.0 / 24) * 1e-12), 1, 1e-7);
}

TEST_F(Flow, DivergenceEndsWithItsStepAndTheLastGoodCheckpoint) {
    const std::string deck =
        "[rock]\ngeometry = 'channel'\nwidth = 256\n[lattice]\nrelaxation_time = 0.51\n"
        "[drive]\nlattice_force = 1e-6\n";
    std::ofstream(folder / "fast.toml") << deck;
    const std::string command =
        binary + " flow --input " + (folder / "fast.toml").string() + " --output " + (folder / "fast").string();
    ASSERT_EQ(shell(command + " --max-walltime 00:00:00", folder).code, 75);
    const auto o = shell(command, folder);
    EXPECT_EQ(o.code, 1);
    EXPECT_NE(o.err.find("diverged by step"), std::string::npos) << o.err;
    EXPECT_NE(o.err.find("the last good checkpoint is"), std::string::npos) << o.err;
    EXPECT_TRUE(std::filesystem::exists(folder / "fast/checkpoint.h5"));
    EXPECT_NE(text_of(folder / "fast/status.json").find("failed"), std::string::npos);
}

TEST_F(Flow, NotConvergedIsSaidEverywhere) {
    const auto o = run(binary, "short", "[rock]\ngeometry = 'channel'\nwidth = 8\n[convergence]\nmax_steps = 60\n");
    ASSERT_EQ(o.code, 0) << o.err;
    EXPECT_EQ(io::FileReader(folder / "short/result.h5").read<std::uint8_t>("converged")[0], 0);
    EXPECT_NE(text_of(folder / "short/summary.json").find("\"status\": \"not converged\""), std::string::npos);
    EXPECT_NE(text_of(folder / "short/flows.csv").find("NO"), std::string::npos);
    EXPECT_NE(o.err.find("not converged"), std::string::npos) << o.err;
}

TEST_F(Flow, ThreeDrivesGiveTheTensorOfThreeCrossingDucts) {
    const auto tube = [](int, int y, int x) { return x > 1 && x < 6 && y > 1 && y < 6; };
    const auto o = run_volume([&](int z, int y, int x) { return tube(z, y, x) || tube(y, x, z) || tube(x, z, y); },
                              "tensor", "[drive]\naxes = ['x', 'y', 'z']\n");
    ASSERT_EQ(o.code, 0) << o.err;
    const auto k = numbers("tensor", "permeability_tensor");
    ASSERT_EQ(k.size(), 9u);
    EXPECT_GT(k[0], 1e-14);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_NEAR(k[4 * i] / k[0], 1, 1e-6) << "the same along every axis";
        for (std::size_t j = 0; j < 3; ++j)
            if (i != j) {
                EXPECT_NEAR(k[3 * i + j] / k[0], 0, 1e-6);
            }
    }
}

TEST_F(Flow, BadInputIsExitTwoWithTheNumbers) {
    const auto refused = [&](const std::string& keys, const std::string& word) {
        const auto o = run(binary, "bad", keys);
        EXPECT_EQ(o.code, 2) << keys << o.err;
        EXPECT_NE(o.err.find(word), std::string::npos) << o.err;
    };
    refused("[rock]\ngeometry = 'channel'\nwidht = 8\n", "width");
    refused(channel + "[drive]\npressure_gradient = 0.0\n", "pressure_gradient = 0");
    refused(channel + "[drive]\nkind = 'zou_he'\nlattice_drop = 0.0\n", "pressure drop of zero");
    refused(channel + "[lattice]\nrelaxation_time = 0.5\n", "relaxation_time = 0.5");
    refused(channel + "[drive]\naxes = ['w']\n", "'w'");
    refused(
        "[rock]\ngeometry = 'channel'\n[fluid]\nkind = 'gas'\npressures = [1.0]\n[drive]\npressure_gradient = "
        "0.1\n[slip]\npore_size = 'uniform'\nlength "
        "= 1e-9\n",
        "Knudsen");
    refused(channel + methane + "[slip]\nlength = 1e-7\n", "slip.length");
    refused(channel + methane + "[lattice]\ncollision = 'mrt'\n", "'mrt'");
    refused(channel + methane + "[drive]\npressure_gradient = 1e6\n", "leaves none at the outlet");
    auto o = run_volume([](int, int, int) { return true; }, "open");
    EXPECT_EQ(o.code, 2);
    EXPECT_NE(o.err.find("nothing holds the flow back"), std::string::npos) << o.err;
    o = run_volume(channels, "narrow", methane, binary, {3, 12, 4}, "voxel_size = 1e-9\n");
    EXPECT_EQ(o.code, 2);
    EXPECT_NE(o.err.find("Knudsen number 3.06"), std::string::npos) << o.err;
    o = run_volume(channels, "units", "", binary, {3, 12, 4}, "", "voxel_size = 1.0\nvoxel_unit = \"furlong\"\n");
    EXPECT_EQ(o.code, 2);
    EXPECT_NE(o.err.find("furlong"), std::string::npos) << o.err;
    o = run_volume([](int, int, int) { return false; }, "solid");
    EXPECT_EQ(o.code, 2);
    EXPECT_NE(o.err.find("all solid"), std::string::npos) << o.err;
    o = run_volume([](int z, int, int) { return z != 4; }, "blocked");
    EXPECT_EQ(o.code, 2);
    EXPECT_NE(o.err.find("do not reach from end to end along z"), std::string::npos) << o.err;
}

}  // namespace
}  // namespace protolith::program
