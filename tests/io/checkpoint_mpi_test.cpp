// Checkpoints on 1, 2 and 4 ranks: what was written comes back on any number of ranks, damage is noticed, and a
// failure leaves the generations as they were.
#include "io/checkpoint.hpp"
#include "io/result_file.hpp"
#include "temporary_folder.hpp"

#include <csignal>
#include <fstream>
#include <numeric>

#include <gtest/gtest.h>
#include <sys/resource.h>

namespace protolith::io {
namespace {

constexpr std::size_t chains = 7, pixels = 6;
const std::string deck = "deck A";

std::vector<std::uint8_t> images_of(ItemRange mine, std::uint64_t step) {
    std::vector<std::uint8_t> values;
    for (std::size_t i = mine.first; i < mine.last; ++i)
        for (std::size_t p = 0; p < pixels; ++p) values.push_back(static_cast<std::uint8_t>(31 * i + p + step));
    return values;
}

// Blobs of different lengths, some empty.
std::vector<std::string> blobs_of(ItemRange mine, std::uint64_t step) {
    std::vector<std::string> values;
    for (std::size_t i = mine.first; i < mine.last; ++i)
        values.emplace_back((i * 5) % 7, static_cast<char>('a' + (i + step) % 26));
    return values;
}

void write_generation(const Communicator& comm, const std::filesystem::path& path, std::uint64_t step, ItemRange mine) {
    CheckpointWriter writer(comm, path, describe_run(comm), text_hash(deck), step);
    writer.replicated("schedule", std::vector<double>{0.5, 1e-9, static_cast<double>(step)});
    writer.replicated("nothing", std::vector<double>{});
    writer.text("state", "step " + std::to_string(step));
    writer.items<std::uint8_t>("images", chains, mine, {2, 3}, images_of(mine, step));
    writer.items<std::uint64_t>("draws", chains, mine, {}, std::vector<std::uint64_t>(mine.size(), step));
    writer.blobs("history", chains, mine, blobs_of(mine, step));
    writer.commit();
}

void write_generation(const Communicator& comm, const std::filesystem::path& path, std::uint64_t step) {
    write_generation(comm, path, step, comm.share(chains));
}

std::optional<Checkpoint> load(const Communicator& comm, const std::filesystem::path& path,
                               std::vector<std::string>* warnings = nullptr, const std::string& for_deck = deck) {
    return load_checkpoint(comm, path, text_hash(for_deck), [&](const std::string& text) {
        if (warnings) warnings->push_back(text);
    });
}

void expect_content(const Checkpoint& checkpoint, std::uint64_t step, ItemRange mine) {
    EXPECT_EQ(checkpoint.step(), step);
    EXPECT_EQ(checkpoint.replicated<double>("schedule"), (std::vector<double>{0.5, 1e-9, static_cast<double>(step)}));
    EXPECT_TRUE(checkpoint.replicated<double>("nothing").empty());
    EXPECT_EQ(checkpoint.text("state"), "step " + std::to_string(step));
    EXPECT_EQ(checkpoint.count("images"), chains);
    EXPECT_EQ(checkpoint.count("history"), chains);
    EXPECT_EQ(checkpoint.items<std::uint8_t>("images", mine), images_of(mine, step));
    EXPECT_EQ(checkpoint.items<std::uint64_t>("draws", mine), std::vector<std::uint64_t>(mine.size(), step));
    EXPECT_EQ(checkpoint.blobs("history", mine), blobs_of(mine, step));
}

std::string message_of(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& e) {
        return e.what();
    }
    return "no error";
}

void flip_bit(const std::filesystem::path& path, std::uint64_t bit) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(static_cast<std::streamoff>(bit / 8));
    const auto byte = static_cast<unsigned char>(file.get());
    file.seekp(static_cast<std::streamoff>(bit / 8));
    file.put(static_cast<char>(byte ^ (1u << (bit % 8))));
}

// A limit on the size of files that holds on every rank while it lives: the disk is full.
class FullDisk {
  public:
    explicit FullDisk(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }

  private:
    rlimit before_{};
    void (*handler_)(int);
};

TEST(Checkpoint, NoneOnDiskIsNotAnError) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    EXPECT_FALSE(load(comm, folder / "checkpoint.h5").has_value());
}

TEST(Checkpoint, ComesBackAsWritten) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    write_generation(comm, folder / "checkpoint.h5", 1);
    write_generation(comm, folder / "checkpoint.h5", 2);
    std::vector<std::string> warnings;
    const auto checkpoint = load(comm, folder / "checkpoint.h5", &warnings);
    ASSERT_TRUE(checkpoint.has_value());
    expect_content(*checkpoint, 2, comm.share(chains));
    expect_content(*checkpoint, 2, {0, chains});
    expect_content(*checkpoint, 2, {3, 3});
    EXPECT_TRUE(warnings.empty());
    comm.barrier();
    EXPECT_FALSE(std::filesystem::exists(folder / "checkpoint.h5.tmp"));
    EXPECT_EQ(FileReader(folder / "checkpoint.previous.h5").attribute("/", "step"), AttributeValue{std::uint64_t{1}});
}

TEST(Checkpoint, OfAnyRankCountServesAnyOther) {
    const Communicator world;
    const TemporaryFolder folder(world);
    for (int writers = 1; writers <= world.size(); ++writers) {
        const Communicator part = Communicator::split(world, world.rank() < writers ? 0 : 1);
        if (world.rank() < writers) write_generation(part, folder / "checkpoint.h5", 5);
        world.barrier();
        const auto checkpoint = load(world, folder / "checkpoint.h5");
        ASSERT_TRUE(checkpoint.has_value());
        expect_content(*checkpoint, 5, world.share(chains));
    }
}

TEST(Checkpoint, RanksWithoutItemsTakePart) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    const bool last = comm.rank() == comm.size() - 1;
    write_generation(comm, folder / "checkpoint.h5", 3, last ? ItemRange{0, chains} : ItemRange{});
    expect_content(load(comm, folder / "checkpoint.h5").value(), 3, {0, chains});
}

TEST(Checkpoint, EveryDatasetIsChecksummed) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    write_generation(comm, folder / "checkpoint.h5", 3);
    const FileReader reader(folder / "checkpoint.h5");
    EXPECT_EQ(reader.datasets().size(), 7u);
    for (const std::string& name : reader.datasets()) EXPECT_TRUE(reader.info(name).checksummed) << name;
}

TEST(Checkpoint, FlippedBitFallsBackLoudly) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    write_generation(comm, folder / "checkpoint.h5", 1);
    write_generation(comm, folder / "checkpoint.h5", 2);
    if (comm.is_root()) {
        // The first pixel of the images: found by its value in the file.
        std::ifstream file(folder / "checkpoint.h5", std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};
        const auto pixels_of = images_of({0, chains}, 2);
        const auto at = bytes.find(std::string(pixels_of.begin(), pixels_of.begin() + pixels));
        ASSERT_NE(at, std::string::npos);
        flip_bit(folder / "checkpoint.h5", 8 * at + 3);
    }
    comm.barrier();
    std::vector<std::string> warnings;
    expect_content(load(comm, folder / "checkpoint.h5", &warnings).value(), 1, comm.share(chains));
    ASSERT_EQ(warnings.size(), comm.is_root() ? 1u : 0u);
    if (comm.is_root()) {
        EXPECT_NE(warnings[0].find("'/data/images' is damaged"), std::string::npos) << warnings[0];
        EXPECT_NE(warnings[0].find("checkpoint.previous.h5"), std::string::npos) << warnings[0];
    }
}

TEST(Checkpoint, BothGenerationsBadIsAnErrorThatNamesBoth) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    write_generation(comm, folder / "checkpoint.h5", 1);
    write_generation(comm, folder / "checkpoint.h5", 2);
    if (comm.is_root()) {
        std::filesystem::resize_file(folder / "checkpoint.h5", 700);
        std::ofstream(folder / "checkpoint.previous.h5") << "not HDF5";
    }
    comm.barrier();
    const std::string message = message_of([&] { load(comm, folder / "checkpoint.h5"); });
    EXPECT_NE(message.find("checkpoint.h5: cannot open the file"), std::string::npos) << message;
    EXPECT_NE(message.find("checkpoint.previous.h5: not an HDF5 file"), std::string::npos) << message;
}

TEST(Checkpoint, AnotherDeckIsRefusedWithBothHashes) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    write_generation(comm, folder / "checkpoint.h5", 1);
    const std::string message = message_of([&] { load(comm, folder / "checkpoint.h5", nullptr, "deck B"); });
    EXPECT_NE(message.find(text_hash(deck)), std::string::npos) << message;
    EXPECT_NE(message.find(text_hash("deck B")), std::string::npos) << message;
}

TEST(Checkpoint, CommitInterruptedBetweenItsRenamesIsFinished) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    write_generation(comm, folder / "checkpoint.h5", 1);
    write_generation(comm, folder / "checkpoint.h5", 2);
    if (comm.is_root()) std::filesystem::rename(folder / "checkpoint.h5", folder / "checkpoint.h5.tmp");
    comm.barrier();
    std::vector<std::string> warnings;
    expect_content(load(comm, folder / "checkpoint.h5", &warnings).value(), 2, {0, chains});
    EXPECT_EQ(warnings.size(), comm.is_root() ? 1u : 0u);
}

TEST(Checkpoint, FullDiskIsAnErrorAndLosesNothing) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    write_generation(comm, folder / "checkpoint.h5", 1);
    write_generation(comm, folder / "checkpoint.h5", 2);
    const std::vector<double> large(400'000, 0.0);
    for (const rlim_t bytes : {rlim_t{0}, rlim_t{100'000}, rlim_t{2'000'000}}) {
        std::string message;
        {
            const FullDisk full(bytes);
            message = message_of([&] {
                CheckpointWriter writer(comm, folder / "checkpoint.h5", describe_run(comm), text_hash(deck), 3);
                writer.replicated("large", large);
                writer.commit();
            });
        }
        EXPECT_NE(message.find("checkpoint.h5.tmp: cannot reserve"), std::string::npos) << message;
        EXPECT_NE(message.find("File too large"), std::string::npos) << message;
        comm.barrier();
        EXPECT_FALSE(std::filesystem::exists(folder / "checkpoint.h5.tmp"));
        expect_content(load(comm, folder / "checkpoint.h5").value(), 2, {0, chains});
    }
    EXPECT_EQ(FileReader(folder / "checkpoint.previous.h5").attribute("/", "step"), AttributeValue{std::uint64_t{1}});
}

TEST(Checkpoint, WrongCountOnOneRankEndsOnAll) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    write_generation(comm, folder / "checkpoint.h5", 1);
    const std::size_t wrong = comm.rank() == comm.size() - 1 ? 1 : 0;
    const std::string message = message_of([&] {
        CheckpointWriter writer(comm, folder / "checkpoint.h5", describe_run(comm), text_hash(deck), 2);
        const ItemRange mine = comm.share(chains);
        writer.items<double>("energy", chains, mine, {}, std::vector<double>(mine.size() + wrong));
    });
    EXPECT_NE(message.find("checkpoint 'energy'"), std::string::npos) << message;
    expect_content(load(comm, folder / "checkpoint.h5").value(), 1, {0, chains});
}

TEST(Checkpoint, AbandonedWriterLeavesTheGenerations) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    write_generation(comm, folder / "checkpoint.h5", 1);
    { CheckpointWriter writer(comm, folder / "checkpoint.h5", describe_run(comm), text_hash(deck), 2); }
    comm.barrier();
    EXPECT_FALSE(std::filesystem::exists(folder / "checkpoint.h5.tmp"));
    expect_content(load(comm, folder / "checkpoint.h5").value(), 1, {0, chains});
    remove_checkpoints(comm, folder / "checkpoint.h5");
    EXPECT_FALSE(load(comm, folder / "checkpoint.h5").has_value());
}

TEST(ResultFileSpace, IsReservedForAllThatIsWritten) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    ResultFile file = ResultFile::create(comm, folder / "result.h5", describe_run(comm));
    file.dimension("x", 3, "x");
    file.dimension("image", 3000, "image");
    // Many small datasets, one of many chunks: most structure for least data.
    for (int i = 0; i < 200; ++i)
        file.write<double>(fmt::format("group_{}/curve", i), {"x"}, {1, 2, 3}, {"1", "c", {}});
    auto images = file.dataset<std::uint8_t>("images", {"image", "x"}, {}, {1, 3});
    const ItemRange mine = comm.share(3000);
    images.write_items(mine, std::vector<std::uint8_t>(3 * mine.size()));
    const auto reserved = file.file().reserved_bytes();
    file.complete();
    EXPECT_LE(std::filesystem::file_size(folder / "result.h5"), reserved);
}

TEST(ResultFileSpace, FullDiskIsAnErrorWhenTheDatasetIsMade) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    std::string message;
    {
        const FullDisk full(4'000'000);
        message = message_of([&] {
            ResultFile file = ResultFile::create(comm, folder / "result.h5", describe_run(comm));
            file.dimension("image", 1000, "image");
            file.dimension("x", 10'000, "x");
            file.dataset<double>("images", {"image", "x"}, {});
        });
    }
    EXPECT_NE(message.find("result.h5.tmp: cannot reserve"), std::string::npos) << message;
    EXPECT_FALSE(std::filesystem::exists(folder / "result.h5"));
}

}  // namespace
}  // namespace protolith::io
