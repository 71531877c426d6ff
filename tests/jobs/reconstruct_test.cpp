// `protolith reconstruct` from outside: same bytes on any number of ranks, killed, stopped and resumed, full disks.
#include "io/hdf5/file_reader.hpp"
#include "program.hpp"

#include <chrono>
#include <thread>

namespace protolith::program {
namespace {

struct Images {
    std::vector<std::uint8_t> phase;
    std::vector<double> energy;
    bool operator==(const Images&) const = default;
};

Images images_of(const std::filesystem::path& run) {
    const io::FileReader file(run / "result.h5");
    return {file.read<std::uint8_t>("phase"), file.read<double>("energy")};
}

class Reconstruct : public ::testing::Test {
  protected:
    void SetUp() override {
        folder = fresh_folder("reconstruct");
        std::ofstream(folder / "deck.toml") << small_deck();
        std::ofstream(folder / "long.toml") << small_deck(
            "checkpoint_interval = 0.3\n", "energy_below = 0.0\nstages = 150\ntrials_per_stage = 20000\nalpha = 0.99\n",
            "[[term]]\nkind = 'L'\nrange = 16\n");
    }
    void TearDown() override { std::filesystem::remove_all(folder); }
    std::string job(const std::string& program, const std::string& output, const std::string& more = "") const {
        return program + " reconstruct --input " + (folder / "deck.toml").string() + " --output " +
               (folder / output).string() + " " + more;
    }
    /// A run long enough to be interrupted: a threshold that is not reached, and the general path of two terms.
    std::string long_job(const std::string& program, const std::string& output, const std::string& more = "") const {
        return program + " reconstruct --input " + (folder / "long.toml").string() + " --output " +
               (folder / output).string() + " " + more;
    }
    std::filesystem::path folder;
};

TEST_F(Reconstruct, OneTwoAndFourRanksGiveTheSameBytes) {
    for (int ranks : {1, 2, 4}) {
        const auto o = shell(job(on_ranks(ranks), std::to_string(ranks)), folder);
        ASSERT_EQ(o.code, 0) << o.err;
    }
    const auto one = images_of(folder / "1");
    EXPECT_EQ(one.phase.size(), 4u * 32 * 32);
    for (double energy : one.energy) EXPECT_LT(energy, 1e-5);
    EXPECT_EQ(images_of(folder / "2"), one);
    EXPECT_EQ(images_of(folder / "4"), one);
}

TEST_F(Reconstruct, AVolumeFromOneImageHasItsTwoPointCorrelationAlongEveryAxis) {
    const auto o = shell(job(binary, "volume", "--set batch.count=1 --set batch.extent=[32,32,32]"), folder);
    ASSERT_EQ(o.code, 0) << o.err;
    const io::FileReader file(folder / "volume/result.h5");
    const auto phase = file.read<std::uint8_t>("phase");
    const auto target = file.read<double>("target/two_point_0");
    ASSERT_EQ(phase.size(), 32768u);
    ASSERT_EQ(target.size(), 17u);
    for (std::size_t r = 1; r <= 8; ++r) {
        double mean = 0;
        for (const std::size_t step : {1u, 32u, 1024u}) {
            std::size_t both = 0;
            for (std::size_t i = 0; i < phase.size(); ++i) {
                const std::size_t at = i / step % 32, other = i - at * step + (at + r) % 32 * step;
                both += phase[i] & phase[other];
            }
            const double s2 = static_cast<double>(both) / 32768;
            EXPECT_NEAR(s2, target[r], 0.02) << "step " << step << ", r = " << r;
            mean += s2 / 3;
        }
        EXPECT_NEAR(mean, target[r], 0.0032) << "r = " << r << ": an energy of 1e-5 allows no more";
    }
}

TEST_F(Reconstruct, EverythingAUserExpectsIsInTheRunDirectory) {
    const auto o = shell(job(binary, "run"), folder);
    ASSERT_EQ(o.code, 0) << o.err;
    for (const char* file :
         {"result.h5", "input.toml", "log.txt", "status.json", "summary.json", "report.html", "images.png",
          "images.svg", "energy_acceptance.csv", "energy.gp", "energy.svg", "energy.png", "correlation_functions.png"})
        EXPECT_TRUE(std::filesystem::exists(folder / "run" / file)) << file;
    EXPECT_FALSE(std::filesystem::exists(folder / "run" / "checkpoint.h5"));
    EXPECT_NE(text_of(folder / "run/status.json").find("\"state\": \"done\""), std::string::npos);
    const auto resolved =
        shell(binary + " reconstruct --check --input " + (folder / "run/input.toml").string(), folder);
    EXPECT_EQ(resolved.code, 0) << "the resolved deck is a deck: " << resolved.err;
    EXPECT_EQ(shell(binary + " inspect " + (folder / "run/result.h5").string(), folder).code, 0);
}

TEST_F(Reconstruct, AFinishedRunIsNotRepeatedAndAnotherDeckIsRefused) {
    ASSERT_EQ(shell(job(binary, "run"), folder).code, 0);
    const auto again = shell(job(binary, "run"), folder);
    EXPECT_EQ(again.code, 0);
    EXPECT_NE(again.out.find("nothing to do"), std::string::npos) << again.out;
    const auto other = shell(job(binary, "run", "--set seed=4"), folder);
    EXPECT_EQ(other.code, 2);
    EXPECT_NE(other.err.find("seed = 3; here: seed = 4"), std::string::npos) << other.err;
    EXPECT_EQ(shell(job(binary, "run", "--set seed=4 --resume no"), folder).code, 0);
}

TEST_F(Reconstruct, StoppedBySignalItExitsWith75AndGoesOnAsIfUninterruptedOnOtherRanks) {
    ASSERT_EQ(shell(long_job(binary, "whole"), folder).code, 0);
    const std::string status = (folder / "run/status.json").string();  // there once the job is under way
    const auto stopped =
        shell(long_job(binary, "run") + " & job=$!; n=0; while [ ! -s " + status +
                  " ] && [ $n -lt 600 ]; do sleep 0.1; n=$((n + 1)); done; sleep 0.3; kill -TERM $job; wait $job",
              folder);
    ASSERT_EQ(stopped.code, 75) << stopped.err;
    EXPECT_NE(stopped.err.find("SIGTERM received"), std::string::npos) << stopped.err;
    EXPECT_NE(text_of(folder / "run/status.json").find("\"state\": \"stopped\""), std::string::npos);
    EXPECT_NE(text_of(folder / "run/status.json").find("\"exit_code\": 75"), std::string::npos);
    // 2 ranks for a moment, then 4
    const auto on_two = shell(long_job(on_ranks(2), "run", "--max-walltime 00:00:00"), folder);
    ASSERT_TRUE(on_two.code == 75 || on_two.code == 0) << on_two.err;
    const auto resumed = shell(long_job(on_ranks(4), "run"), folder);
    ASSERT_EQ(resumed.code, 0) << resumed.err;
    EXPECT_EQ(images_of(folder / "run"), images_of(folder / "whole"));
}

TEST_F(Reconstruct, WalltimeGives75) {
    const auto o = shell(long_job(binary, "run", "--max-walltime 00:00:00"), folder);
    EXPECT_EQ(o.code, 75) << o.err;
    EXPECT_NE(o.err.find("wall-clock limit"), std::string::npos) << o.err;
    EXPECT_TRUE(std::filesystem::exists(folder / "run/checkpoint.h5"));
}

TEST_F(Reconstruct, KilledInMidRunItResumesToTheUninterruptedResult) {
    ASSERT_EQ(shell(long_job(binary, "whole"), folder).code, 0);
    ASSERT_EQ(shell(long_job(binary, "run", "--max-walltime 00:00:00"), folder).code, 75)
        << "so that a checkpoint is there";
    const auto killed = shell("timeout -s KILL 0.6 " + long_job(binary, "run"), folder);
    ASSERT_NE(killed.code, 0) << "it was to be killed in mid-run";
    const auto resumed = shell(long_job(binary, "run"), folder);
    ASSERT_EQ(resumed.code, 0) << resumed.err;
    EXPECT_NE(resumed.out.find("Going on from"), std::string::npos) << resumed.out;
    EXPECT_EQ(images_of(folder / "run"), images_of(folder / "whole"));
}

TEST_F(Reconstruct, AFlippedBitInTheCheckpointFallsBackLoudly) {
    ASSERT_EQ(shell(long_job(binary, "whole"), folder).code, 0);
    for (int generation = 0; generation < 2; ++generation) {
        const auto stopped = shell(long_job(binary, "run", "--max-walltime 00:00:00"), folder);
        ASSERT_EQ(stopped.code, 75) << stopped.err;
    }
    ASSERT_TRUE(std::filesystem::exists(folder / "run/checkpoint.previous.h5")) << "two generations";
    {
        std::fstream file(folder / "run/checkpoint.h5", std::ios::in | std::ios::out | std::ios::binary);
        file.seekg(0, std::ios::end);
        const auto middle = static_cast<std::streamoff>(file.tellg()) / 2;
        file.seekg(middle);
        const char byte = static_cast<char>(file.get() ^ 0x10);
        file.seekp(middle);
        file.put(byte);
    }
    const auto resumed = shell(long_job(binary, "run"), folder);
    ASSERT_EQ(resumed.code, 0) << resumed.err;
    EXPECT_NE(resumed.err.find("warning"), std::string::npos) << resumed.err;
    EXPECT_NE(resumed.out.find("checkpoint.previous.h5"), std::string::npos) << resumed.out;
    EXPECT_EQ(images_of(folder / "run"), images_of(folder / "whole"));
}

TEST_F(Reconstruct, AFullDiskIsAnErrorWithNothingLost) {
    ASSERT_EQ(shell(job(binary, "run"), folder).code, 0);
    const auto before = text_of(folder / "run/result.h5");
    const auto o =
        shell("trap '' XFSZ; ulimit -f 16; " + job(binary, "run", "--set batch.count=64 --resume no"), folder);
    EXPECT_EQ(o.code, 1) << o.out << o.err;
    EXPECT_NE(o.err.find("error"), std::string::npos);
    EXPECT_EQ(text_of(folder / "run/result.h5"), before) << "the older result stays";
}

TEST_F(Reconstruct, EverySimdTargetGivesTheSameBytes) {
    ASSERT_EQ(shell(job(binary, "best"), folder).code, 0);
    for (const char* simd : {"avx2", "sse4", "scalar"}) {
        const auto o = shell("PROTOLITH_SIMD=" + std::string(simd) + " " + job(binary, simd), folder);
        ASSERT_EQ(o.code, 0) << o.err;
        EXPECT_EQ(images_of(folder / simd), images_of(folder / "best")) << simd;
    }
    const auto o = shell("PROTOLITH_SIMD=neon512 " + job(binary, "no"), folder);
    EXPECT_EQ(o.code, 2);
}

}  // namespace
}  // namespace protolith::program
