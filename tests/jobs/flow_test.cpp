// `protolith flow` from outside: known permeabilities on 1 and 2 ranks, stopped and resumed, decks that cannot be used.
#include "io/hdf5/file_reader.hpp"
#include "program.hpp"

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
    Outcome run_volume(const Pore& pore, const std::string& output, const std::string& keys = "") const {
        std::ofstream raw(folder / "rock.raw", std::ios::binary);
        for (int z = 0; z < 8; ++z)
            for (int y = 0; y < 8; ++y)
                for (int x = 0; x < 8; ++x) raw.put(pore(z, y, x) ? 1 : 0);
        raw.close();
        std::ofstream(folder / "rock.toml") << "extent = [8, 8, 8]\ntype = \"uint8\"\n";
        return run(binary, output,
                   keys + "[rock]\nvolume = '" + (folder / "rock.raw").string() + "'\nvoxel_size = 1e-6\n");
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
    refused("[rock]\ngeometry = 'channel'\n[fluid]\nkind = 'gas'\npressures = [1.0]\n[slip]\nlength = 1e-9\n",
            "Knudsen");
    auto o = run_volume([](int, int, int) { return false; }, "solid");
    EXPECT_EQ(o.code, 2);
    EXPECT_NE(o.err.find("all solid"), std::string::npos) << o.err;
    o = run_volume([](int z, int, int) { return z != 4; }, "blocked");
    EXPECT_EQ(o.code, 2);
    EXPECT_NE(o.err.find("do not reach from end to end along z"), std::string::npos) << o.err;
}

}  // namespace
}  // namespace protolith::program
