// The jobs with networks on `--device cuda`, from outside: the whole program with the kernels' own texts on the CPU and
// stand-ins for the CUDA libraries. What a device computes is compared with what the CPU does.
#include "networks.hpp"

#include <algorithm>
#include <cmath>

namespace protolith::program {
namespace {

constexpr const char* curves[] = {"/critic_distance", "/critic_penalty", "/generator_loss"};

class OnDevice : public ::testing::Test {
  protected:
    void SetUp() override {
        folder = fresh_folder("cuda");
        std::ofstream(folder / "deck.toml") << tiny_training();
    }
    void TearDown() override { std::filesystem::remove_all(folder); }

    std::string train(int ranks, const std::string& device, const std::string& output,
                      const std::string& more = "") const {
        return (ranks == 1 ? binary : on_ranks(ranks)) + " train wgan-gp --input " + (folder / "deck.toml").string() +
               " --device " + device + " --output " + (folder / output).string() + " " + more;
    }
    /// `environment`: NAME=value …, of every rank.
    Outcome run(const std::string& command, const std::string& environment = "") const {
        return shell(undrawn(folder, environment + " " + command), folder);
    }
    void expect_done(const std::string& command, const std::string& environment = "") const {
        const auto o = run(command, environment);
        ASSERT_EQ(o.code, 0) << command << "\n" << o.out << o.err;
    }
    std::map<std::string, std::vector<double>> result(const std::string& output,
                                                      const std::string& file = "result.h5") const {
        return numbers_of(folder / output / file);
    }
    /// The learning curves agree to `relative` of their values.
    void expect_same_losses(const std::string& output, const std::string& reference, double relative = 2e-4) const {
        const auto found = result(output), expected = result(reference);
        for (const char* curve : curves) {
            ASSERT_EQ(found.at(curve).size(), expected.at(curve).size());
            for (std::size_t i = 0; i < expected.at(curve).size(); ++i)
                EXPECT_NEAR(found.at(curve)[i], expected.at(curve)[i],
                            relative * std::abs(expected.at(curve)[i]) + 1e-6)
                    << output << " " << curve << " step " << i + 1;
        }
    }
    /// Refused at the start: exit code 2, one line with these words, no run directory.
    void expect_refused(const std::string& command, const std::string& output, const std::vector<std::string>& words,
                        const std::string& environment = "") const {
        const auto o = run(command, environment);
        EXPECT_EQ(o.code, 2) << environment << " " << o.out << o.err;
        for (const auto& word : words) EXPECT_NE(o.err.find(word), std::string::npos) << word << " in: " << o.err;
        if (command.starts_with(binary)) {
            EXPECT_EQ(std::count(o.err.begin(), o.err.end(), '\n'), 1) << o.err;  // mpirun adds its own
        }
        EXPECT_FALSE(std::filesystem::exists(folder / output));
    }
    std::filesystem::path folder;
};

TEST_F(OnDevice, TrainingHasTheLossesOfTheCpuOnOneAndTwoRanks) {
    for (const int ranks : {1, 2}) {
        const std::string name = std::to_string(ranks);
        expect_done(train(ranks, "cpu", "cpu" + name));
        expect_done(train(ranks, "cuda", "cuda" + name));
        expect_same_losses("cuda" + name, "cpu" + name);
        EXPECT_NE(text_of(folder / ("cuda" + name) / "log.txt").find("a GPU a rank"), std::string::npos);
    }
}

TEST_F(OnDevice, TheMantleNetworkTrainsToo) {
    const std::string mantle = "--set network.variant=mantle --set steps=2";
    expect_done(train(1, "cpu", "cpu", mantle));
    expect_done(train(1, "cuda", "cuda", mantle));
    expect_same_losses("cuda", "cpu", 1e-3);
}

TEST_F(OnDevice, BFloat16TrainsNearFloat32) {
    expect_done(train(1, "cuda", "float32", "--set steps=2"));
    expect_done(train(1, "cuda", "bfloat16", "--set steps=2 --set precision=bfloat16"));
    expect_same_losses("bfloat16", "float32", 0.1);
    EXPECT_NE(result("bfloat16").at("/critic_penalty"), result("float32").at("/critic_penalty"));
}

TEST_F(OnDevice, TheMomentAtWhichTheDeviceWorksChangesNothing) {
    for (const int ranks : {1, 2}) {
        const std::string name = std::to_string(ranks);
        expect_done(train(ranks, "cuda", "eager" + name, "--set steps=2"));
        for (const char* schedule : {"lazy", "random"}) {
            expect_done(train(ranks, "cuda", schedule + name, "--set steps=2"),
                        "PROTOLITH_STANDIN_SCHEDULE=" + std::string(schedule));
            for (const char* file : {"result.h5", "last.h5"})
                EXPECT_EQ(result(schedule + name, file), result("eager" + name, file)) << schedule << " " << file;
        }
    }
}

TEST_F(OnDevice, AnUpdateAsOneGraphGivesTheSameBytes) {
    for (const int ranks : {1, 2}) {
        const std::string name = std::to_string(ranks);
        expect_done(train(ranks, "cuda", "single" + name));
        expect_done(train(ranks, "cuda", "graph" + name, "--set cuda_graph=true"));
        for (const char* file : {"result.h5", "last.h5"})
            EXPECT_EQ(result("graph" + name, file), result("single" + name, file)) << file << ", ranks " << ranks;
    }
}

TEST_F(OnDevice, StoppedItGoesOnToTheBytesOfTheUninterruptedTraining) {
    expect_done(train(2, "cuda", "whole"));
    ASSERT_EQ(run(train(2, "cuda", "parts", "--max-walltime 00:00:00")).code, 75);
    expect_done(train(2, "cuda", "parts"));
    for (const char* file : {"last.h5", "best.h5", "result.h5"})
        EXPECT_EQ(result("parts", file), result("whole", file)) << file;
}

TEST_F(OnDevice, ACheckpointOfOneBackendGoesOnOnTheOther) {
    expect_done(train(1, "cpu", "cpu"));
    for (const auto& [first, second] : {std::pair("cpu", "cuda"), std::pair("cuda", "cpu")}) {
        const std::string output = std::string(first) + "_" + second;
        for (int stop = 0; stop < 2; ++stop) {
            const auto o = run(train(1, first, output, "--max-walltime 00:00:00"));
            ASSERT_EQ(o.code, 75) << o.out << o.err;
        }
        const auto o = run(train(1, second, output));
        ASSERT_EQ(o.code, 0) << o.out << o.err;
        EXPECT_NE(o.out.find("(step 2)"), std::string::npos) << o.out;
        expect_same_losses(output, "cpu");
    }
}

TEST_F(OnDevice, DivergenceEndsTheJobWithStepAndCheckpoint) {
    const auto o = run(train(2, "cuda", "run", "--set diverged_above=1e-9 --set steps=2"));
    EXPECT_EQ(o.code, 1) << o.out << o.err;
    for (const char* text : {"step 1", "the training has diverged", "no checkpoint yet"})
        EXPECT_NE(o.err.find(text), std::string::npos) << text << " in: " << o.err;
}

TEST_F(OnDevice, GeneratedImagesAreTheCpusOnAnyNumberOfRanks) {
    expect_done(train(1, "cpu", "trained"));
    const auto generate = [&](int ranks, const std::string& device) {
        const std::string output = device + std::to_string(ranks);
        std::ofstream(folder / "generate.toml")
            << "count = 20\ngrey = true\nthreads = 1\nweights = '" << (folder / "trained/last.h5").string() << "'\n";
        expect_done((ranks == 1 ? binary : on_ranks(ranks)) + " generate --input " +
                    (folder / "generate.toml").string() + " --device " + device + " --output " +
                    (folder / output).string());
        return result(output);
    };
    const auto cpu = generate(1, "cpu"), one = generate(1, "cuda"), two = generate(2, "cuda");
    EXPECT_EQ(one.at("/grey"), two.at("/grey"));
    EXPECT_EQ(one.at("/latent"), cpu.at("/latent"));
    ASSERT_EQ(one.at("/grey").size(), cpu.at("/grey").size());
    double worst = 0;
    for (std::size_t i = 0; i < cpu.at("/grey").size(); ++i)
        worst = std::max(worst, std::abs(one.at("/grey")[i] - cpu.at("/grey")[i]));
    EXPECT_LT(worst, 1e-5);
}

TEST_F(OnDevice, ConvertedFilesAreTheSameBytes) {
    expect_done(train(1, "cuda", "trained", "--set steps=1"));
    for (const char* device : {"cpu", "cuda"}) {
        const auto at = [&](const std::string& name) { return (folder / (device + name)).string(); };
        expect_done(binary + " convert --device " + device + " --set weights=" + (folder / "trained/last.h5").string() +
                    " --output " + at("_out"));
        expect_done(binary + " convert --device " + device + " --set generator=" + at("_out/generator.safetensors") +
                    " --set critic=" + at("_out/critic.safetensors") + " --output " + at("_back"));
    }
    for (const char* name : {"generator", "critic"})
        EXPECT_EQ(text_of(folder / "cuda_out" / (std::string(name) + ".safetensors")),
                  text_of(folder / "cpu_out" / (std::string(name) + ".safetensors")));
    EXPECT_EQ(result("cuda_back", "weights.h5"), result("cpu_back", "weights.h5"));
    EXPECT_EQ(result("cuda_back", "weights.h5"), result("trained", "last.h5"));
}

TEST_F(OnDevice, WithoutAGpuItEndsWithOneLineAndLeavesNothing) {
    const std::vector<std::pair<std::string, std::string>> ways{{"no-driver", "driver"},
                                                                {"old-driver", "driver"},
                                                                {"no-device", "no device"},
                                                                {"old-device", "too old"},
                                                                {"busy", "another process"}};
    for (const auto& [way, word] : ways)
        expect_refused(train(1, "cuda", "run"), "run", {"--device cuda", word}, "PROTOLITH_STANDIN_ABSENT=" + way);
    expect_refused(train(2, "cuda", "run"), "run", {"--device cuda"}, "PROTOLITH_STANDIN_ABSENT=no-device");
}

TEST_F(OnDevice, AutoFallsBackToTheCpuAndSaysSoOnce) {
    const auto o = run(train(2, "auto", "auto"), "PROTOLITH_STANDIN_ABSENT=no-device");
    ASSERT_EQ(o.code, 0) << o.err;
    const std::string said = "No GPU here";
    const auto first = o.out.find(said);
    ASSERT_NE(first, std::string::npos) << o.out;
    EXPECT_EQ(o.out.find(said, first + 1), std::string::npos) << o.out;
    expect_done(train(2, "cpu", "cpu"));
    EXPECT_EQ(result("auto"), result("cpu"));
}

TEST_F(OnDevice, AutoTakesTheGpuWhereThereIsOne) {
    expect_done(train(1, "auto", "auto", "--set steps=1"));
    expect_done(train(1, "cuda", "cuda", "--set steps=1"));
    EXPECT_EQ(result("auto"), result("cuda"));
}

TEST_F(OnDevice, MoreRanksThanGpusAreRefused) {
    for (const char* device : {"cuda", "auto"})
        expect_refused(train(2, device, "run"), "run", {"2 ranks on node ", " for 1 GPU", "one rank a GPU"},
                       "PROTOLITH_STANDIN_DEVICES=1");
}

TEST_F(OnDevice, ABatchBeyondTheGpusMemoryIsSaidWithTheOneThatFits) {
    expect_refused(train(1, "cuda", "run", "--set batch=1000000"), "run", {"batch = 1000000", "would fit"},
                   "PROTOLITH_STANDIN_MEMORY=3000000000");
}

TEST_F(OnDevice, JobsOfTheCpuAloneSayThatTheyAre) {
    expect_refused(binary + " simulate debye --device cuda --output " + (folder / "debye").string(), "debye",
                   {"--device cuda", "this job computes on the CPU alone"});
    const auto o =
        run(binary + " simulate debye --set count=1 --set extent=[16,16] --output " + (folder / "debye").string());
    EXPECT_EQ(o.code, 0) << o.err;
    EXPECT_EQ(o.out.find("GPU"), std::string::npos) << o.out;
}

}  // namespace
}  // namespace protolith::program
