// `protolith train wgan-gp` from outside: ranks, restarts, kills, divergence, and input that cannot be used.
#include "networks.hpp"

#include <cmath>

namespace protolith::program {
namespace {

class TrainWganGp : public ::testing::Test {
  protected:
    void SetUp() override {
        folder = fresh_folder("train");
        deck("deck.toml", tiny_training());
    }
    void TearDown() override { std::filesystem::remove_all(folder); }
    void deck(const std::string& name, const std::string& text) const { std::ofstream(folder / name) << text; }
    std::string job(const std::string& program, const std::string& output, const std::string& more = "",
                    const std::string& name = "deck.toml") const {
        return program + " train wgan-gp --input " + (folder / name).string() + " --output " +
               (folder / output).string() + " " + more;
    }
    Outcome run(const std::string& program, const std::string& output, const std::string& more = "",
                const std::string& name = "deck.toml") const {
        return shell(undrawn(folder, job(program, output, more, name)), folder);
    }
    void expect_refused(const std::string& more, const std::vector<std::string>& words,
                        const std::string& program = binary, const std::string& name = "deck.toml") const {
        const auto o = run(program, "refused", more, name);
        EXPECT_EQ(o.code, 2) << more << "\n" << o.out << o.err;
        for (const auto& word : words) EXPECT_NE(o.err.find(word), std::string::npos) << word << " in: " << o.err;
    }
    std::filesystem::path folder;
};

TEST_F(TrainWganGp, EverythingAUserExpectsIsInTheRunDirectory) {
    const auto o = shell(job(binary, "run"), folder);
    ASSERT_EQ(o.code, 0) << o.out << o.err;
    for (const char* file :
         {"best.h5", "last.h5", "result.h5", "input.toml", "log.txt", "status.json", "summary.json", "report.html",
          "images.png", "learning_curves.png", "learning_curves_distance.csv", "two_point_correlation.png",
          "quality.csv", "samples/step_0000000.png", "samples/step_0000004.png"})
        EXPECT_TRUE(std::filesystem::exists(folder / "run" / file)) << file;
    EXPECT_FALSE(std::filesystem::exists(folder / "run/checkpoint.h5"));
    for (const char* file : {"best.h5", "last.h5", "result.h5"})
        EXPECT_EQ(shell(binary + " inspect " + (folder / "run" / file).string(), folder).code, 0) << file;
    const auto result = numbers_of(folder / "run/result.h5");
    EXPECT_EQ(result.at("/critic_distance").size(), 4u);
    EXPECT_EQ(result.at("/validation_step"), (std::vector<double>{0, 2, 4}));
    EXPECT_EQ(shell(binary + " train wgan-gp --check --input " + (folder / "run/input.toml").string(), folder).code, 0)
        << "the resolved deck is a deck";
    EXPECT_NE(run(binary, "run").out.find("nothing to do"), std::string::npos);
}

TEST_F(TrainWganGp, ChecksPrintBothTablesAndTheSizes) {
    const auto o = shell(binary + " train wgan-gp --check --input " + inputs + "/train_geowgan_128.toml", folder);
    ASSERT_EQ(o.code, 0) << o.out << o.err;
    for (const char* text : {"19,538,944", "11,158,528", "1 → 4 → 8 → 16 → 32 → 64 → 128", "a rank"})
        EXPECT_NE(o.out.find(text), std::string::npos) << text << " in: " << o.out;
}

TEST_F(TrainWganGp, TwoRanksEqualOneAtEqualBatchToRoundingWithoutBatchNorm) {
    deck("plain.toml", tiny_training("", "batch_norm = false\n"));
    for (const int ranks : {1, 2, 4}) {
        const auto o = run(on_ranks(ranks), std::to_string(ranks), "", "plain.toml");
        ASSERT_EQ(o.code, 0) << o.err;
    }
    const auto one = numbers_of(folder / "1/result.h5");
    for (const char* ranks : {"2", "4"}) {
        const auto more = numbers_of(folder / ranks / "result.h5");
        for (const char* name : {"/critic_distance", "/critic_penalty", "/generator_loss"})
            for (std::size_t i = 0; i < 4; ++i)
                EXPECT_NEAR(more.at(name)[i], one.at(name)[i], 2e-4 * std::abs(one.at(name)[i]) + 1e-6)
                    << name << " step " << i + 1 << ", ranks " << ranks;
    }
}

TEST_F(TrainWganGp, StoppedItExitsWith75AndGoesOnToTheBytesOfTheUninterruptedTraining) {
    for (const auto& program : {binary, on_ranks(2)}) {
        const std::string name = program == binary ? "1" : "2";
        ASSERT_EQ(run(program, "whole" + name).code, 0);
        for (int stop = 0; stop < 2; ++stop) {
            const auto stopped = run(program, "parts" + name, "--max-walltime 00:00:00");
            ASSERT_EQ(stopped.code, 75) << stopped.out << stopped.err;
        }
        EXPECT_NE(text_of(folder / ("parts" + name) / "status.json").find("\"state\": \"stopped\""), std::string::npos);
        const auto resumed = run(program, "parts" + name);
        ASSERT_EQ(resumed.code, 0) << resumed.err;
        EXPECT_NE(resumed.out.find("(step 2)"), std::string::npos) << resumed.out;
        for (const char* file : {"last.h5", "best.h5", "result.h5"})
            EXPECT_EQ(numbers_of(folder / ("parts" + name) / file), numbers_of(folder / ("whole" + name) / file))
                << file << ", ranks " << name;
    }
}

TEST_F(TrainWganGp, KilledInMidRunItResumesToTheUninterruptedResult) {
    deck("long.toml", tiny_training("checkpoint_interval = 0.05\n"));
    const std::string more = "--set steps=60";
    ASSERT_EQ(run(binary, "whole", more, "long.toml").code, 0);
    ASSERT_EQ(run(binary, "run", more + " --max-walltime 00:00:00", "long.toml").code, 75) << "a checkpoint is there";
    for (const char* after : {"0.4", "0.6"})
        static_cast<void>(shell(
            "timeout -s KILL " + std::string(after) + " " + undrawn(folder, job(binary, "run", more, "long.toml")),
            folder));
    const auto resumed = run(binary, "run", more, "long.toml");
    ASSERT_EQ(resumed.code, 0) << resumed.err;
    EXPECT_EQ(numbers_of(folder / "run/last.h5"), numbers_of(folder / "whole/last.h5"));
    EXPECT_EQ(numbers_of(folder / "run/result.h5"), numbers_of(folder / "whole/result.h5"));
}

TEST_F(TrainWganGp, ATruncatedCheckpointFallsBackToTheOneBefore) {
    ASSERT_EQ(run(binary, "whole").code, 0);
    for (int stop = 0; stop < 2; ++stop) ASSERT_EQ(run(binary, "run", "--max-walltime 00:00:00").code, 75);
    const auto newest = folder / "run/checkpoint.h5";
    std::filesystem::resize_file(newest, std::filesystem::file_size(newest) / 2);
    const auto resumed = run(binary, "run");
    ASSERT_EQ(resumed.code, 0) << resumed.err;
    EXPECT_NE(resumed.err.find("checkpoint passed over"), std::string::npos) << resumed.err;
    EXPECT_EQ(numbers_of(folder / "run/last.h5"), numbers_of(folder / "whole/last.h5"));
}

TEST_F(TrainWganGp, DivergenceEndsTheJobWithStepAndCheckpoint) {
    const auto o = run(binary, "run", "--set learning_rate=1e4 --set steps=200 --set checkpoint_interval=0.0001");
    EXPECT_EQ(o.code, 1) << o.out << o.err;
    for (const char* text : {"step ", "the loss of the ", "the training has diverged", "checkpoint"})
        EXPECT_NE(o.err.find(text), std::string::npos) << text << " in: " << o.err;
    EXPECT_NE(text_of(folder / "run/status.json").find("\"state\": \"failed\""), std::string::npos);
}

TEST_F(TrainWganGp, WidthOneLatentOneAndABatchOfOneTrain) {
    const auto o =
        run(binary, "run",
            "--set network.width=1 --set network.critic_width=1 --set network.latent=1 --set batch=1 --set steps=2");
    EXPECT_EQ(o.code, 0) << o.out << o.err;
    EXPECT_EQ(run(binary, "odd", "--set batch=3 --set network.width=3 --set network.latent=5 --set steps=1").code, 0);
}

TEST_F(TrainWganGp, GoesOnFromAWeightsFileOfTheSameNetworkAlone) {
    ASSERT_EQ(run(binary, "first").code, 0);
    const std::string from = "--set start_from=" + (folder / "first/last.h5").string();
    const auto further = run(binary, "further", from);
    ASSERT_EQ(further.code, 0) << further.err;
    EXPECT_NE(numbers_of(folder / "further/last.h5"), numbers_of(folder / "first/last.h5"));
    expect_refused(from + " --set network.width=4", {"weights of another network", "width 2 there, 4 here"});
    expect_refused("--set start_from=" + (folder / "first/result.h5").string(), {"a result file", "weights file"});
    const auto truncated = folder / "first/best.h5";
    std::filesystem::resize_file(truncated, std::filesystem::file_size(truncated) / 2);
    expect_refused("--set start_from=" + truncated.string(), {"best.h5"});
}

TEST_F(TrainWganGp, SizesThatCannotBeMadeAreRefusedWithTheChain) {
    expect_refused("--set network.image_size=48", {"image_size = 48", "→"});
    expect_refused("--set network.image_size=1024", {"image_size = 1024"});
    expect_refused("--set network.image_size=512", {"sandstone_256.png", "256 × 256", "512 × 512"});
}

TEST_F(TrainWganGp, MemoryBeyondWhatARankMayHaveIsSaidWithTheBatchThatFits) {
    expect_refused("--set memory=0.5 --set batch=65536", {"batch = 65536", "which may take 512.0 MiB", "would fit"});
    expect_refused("--set memory=0.0001", {"no batch would fit"});
}

TEST_F(TrainWganGp, ABatchThatRanksCannotShareIsRefused) {
    expect_refused("--set batch=5", {"batch = 5", "2 ranks", "4 or 6"}, on_ranks(2));
}

TEST_F(TrainWganGp, ADataSetThatDoesNotFitIsRefused) {
    ASSERT_EQ(
        shell(binary + " simulate debye --set count=3 --set extent=[40,40] --output " + (folder / "media").string(),
              folder)
            .code,
        0);
    const std::string media = (folder / "media/result.h5").string();
    deck("file.toml", "steps = 1\nbatch = 2\n[data]\nfile = '" + media + "'\n[network]\nimage_size = 32\n");
    expect_refused("", {"media/result.h5:/phase", "40 × 40", "32 × 32"}, binary, "file.toml");
    deck("both.toml", "[data]\nfile = '" + media + "'\nimages = ['" + inputs + "/data/sandstone_256.png']\n");
    expect_refused("", {"either 'file'", "both"}, binary, "both.toml");
    deck("none.toml", "steps = 1\n");
    expect_refused("", {"either 'file'", "neither"}, binary, "none.toml");
}

}  // namespace
}  // namespace protolith::program
