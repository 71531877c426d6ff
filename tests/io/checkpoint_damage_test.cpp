// What a checkpoint must survive: SIGKILL while it is written, and any flipped bit or lost tail of the file.
#include "base/random.hpp"
#include "io/checkpoint.hpp"
#include "io/durable.hpp"
#include "one_process.hpp"
#include "temporary_folder.hpp"

#include <fstream>
#include <numeric>

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace protolith::io {
namespace {

constexpr const char* child_variable = "PROTOLITH_TEST_CHECKPOINT_TO_WRITE";
const std::string deck_hash = text_hash("deck");

std::vector<std::uint64_t> values_of(std::uint64_t step, std::size_t count) {
    std::vector<std::uint64_t> values(count);
    std::iota(values.begin(), values.end(), step << 20);
    return values;
}

void write_generation(const std::filesystem::path& path, std::uint64_t step, std::size_t count) {
    CheckpointWriter writer(one_process(), path, describe_run(one_process()), deck_hash, step);
    writer.replicated("values", values_of(step, count));
    writer.blobs("state", 2, {0, 2}, std::vector<std::string>{"first", "second " + std::to_string(step)});
    writer.commit();
}

std::optional<Checkpoint> load(const std::filesystem::path& path, std::vector<std::string>& warnings) {
    return load_checkpoint(one_process(), path, deck_hash, [&](const std::string& text) { warnings.push_back(text); });
}

void expect_generation(const Checkpoint& checkpoint, std::uint64_t step, std::size_t count) {
    ASSERT_EQ(checkpoint.step(), step);
    ASSERT_EQ(checkpoint.replicated<std::uint64_t>("values"), values_of(step, count));
    ASSERT_EQ(checkpoint.blobs("state", {1, 2}).at(0), "second " + std::to_string(step));
}

constexpr std::size_t killed_count = 100'000;

// What the child of the kill test does: writes generations until it is killed.
void write_for_ever(const std::filesystem::path& path) {
    std::vector<std::string> warnings;
    const auto last = load(path, warnings);
    for (std::uint64_t step = last ? last->step() + 1 : 1;; ++step) write_generation(path, step, killed_count);
}

pid_t start_child(const TemporaryFolder& folder) {
    const std::string path = std::string(child_variable) + "=" + (folder / "checkpoint.h5").string();
    const std::string scratch = "OMPI_MCA_orte_tmpdir_base=" + folder.path();
    const char* arguments[] = {"test_io", "--gtest_filter=Checkpoint.LoadsAfterAKillAtAnyMoment", nullptr};
    const char* environment[] = {
        path.c_str(),         scratch.c_str(), "OMPI_ALLOW_RUN_AS_ROOT=1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1",
        "PATH=/usr/bin:/bin", nullptr};
    const pid_t child = fork();
    if (child == 0) {
        if (!std::freopen("/dev/null", "w", stdout)) _exit(1);
        execve("/proc/self/exe", const_cast<char* const*>(arguments), const_cast<char* const*>(environment));
        _exit(1);
    }
    return child;
}

// Whether the child has begun to write; false if it ended by itself.
bool wait_until_writing(pid_t child, const std::filesystem::path& temporary) {
    for (int i = 0; i < 20'000; ++i) {
        if (std::filesystem::exists(temporary)) return true;
        if (waitpid(child, nullptr, WNOHANG) != 0) return false;
        usleep(1000);
    }
    return false;
}

// Gives the child the time for one whole generation, however slow the machine is.
void wait_until_written(const std::filesystem::path& path, std::filesystem::file_time_type before) {
    for (int i = 0; i < 60'000 && std::filesystem::last_write_time(path) == before; ++i) usleep(1000);
}

TEST(Checkpoint, LoadsAfterAKillAtAnyMoment) {
    if (const char* child_path = std::getenv(child_variable)) write_for_ever(child_path);
    const TemporaryFolder folder;
    const auto path = folder / "checkpoint.h5";
    write_generation(path, 1, killed_count);
    const auto written = std::filesystem::last_write_time(path);
    RandomStream random(7, RandomPurpose::test, 0);
    std::uint64_t last = 1;
    for (int kill_number = 0; kill_number < 20; ++kill_number) {
        const pid_t child = start_child(folder);
        ASSERT_TRUE(wait_until_writing(child, folder / "checkpoint.h5.tmp"));
        if (kill_number == 0) wait_until_written(path, written);
        usleep(static_cast<useconds_t>(random.uniform(0, 60'000)));
        ::kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        std::vector<std::string> warnings;
        const auto checkpoint = load(path, warnings);
        ASSERT_TRUE(checkpoint.has_value());
        ASSERT_GE(checkpoint->step(), last);
        last = checkpoint->step();
        expect_generation(*checkpoint, last, killed_count);
        discard_file(folder / "checkpoint.h5.tmp");
    }
    EXPECT_GT(last, 1u);
}

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void put_bytes(const std::filesystem::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

// A flip in bytes that carry nothing (gaps that HDF5 leaves) may pass; then what is read must be exact.
TEST(Checkpoint, NoFlippedBitGoesUnnoticed) {
    const TemporaryFolder folder;
    const auto path = folder / "checkpoint.h5";
    write_generation(path, 1, 300);
    write_generation(path, 2, 300);
    const std::string good = bytes_of(path);
    std::size_t noticed = 0;
    for (std::size_t at = 0; at < good.size(); at += 7) {
        std::string flipped = good;
        flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at % 8)));
        put_bytes(path, flipped);
        std::vector<std::string> warnings;
        const auto checkpoint = load(path, warnings);
        ASSERT_TRUE(checkpoint.has_value());
        ASSERT_NO_FATAL_FAILURE(expect_generation(*checkpoint, warnings.empty() ? 2 : 1, 300)) << "byte " << at;
        noticed += warnings.empty() ? 0 : 1;
    }
    // The values alone are 2400 bytes.
    EXPECT_GT(noticed, 2400u / 7);
}

TEST(Checkpoint, NoTruncationGoesUnnoticed) {
    const TemporaryFolder folder;
    const auto path = folder / "checkpoint.h5";
    write_generation(path, 1, 300);
    write_generation(path, 2, 300);
    const std::string good = bytes_of(path);
    for (std::size_t length = 0; length < good.size(); length += 97) {
        put_bytes(path, good.substr(0, length));
        std::vector<std::string> warnings;
        const auto checkpoint = load(path, warnings);
        ASSERT_EQ(warnings.size(), 1u) << "length " << length;
        ASSERT_NO_FATAL_FAILURE(expect_generation(checkpoint.value(), 1, 300));
    }
}

}  // namespace
}  // namespace protolith::io
