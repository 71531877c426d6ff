// Checkpoints on 1, 2 and 4 ranks: what was written comes back on any number of ranks, damage is noticed, and a
// failure leaves the generations as they were.
#include "checkpoint_content.hpp"

#include <fstream>

namespace protolith::io {
namespace {

using test::chains;
using test::deck;
using test::expect_content;
using test::images_of;
using test::load;
using test::message_of;
using test::pixels;
using test::write_generation;

void flip_bit(const std::filesystem::path& path, std::uint64_t bit) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(static_cast<std::streamoff>(bit / 8));
    const auto byte = static_cast<unsigned char>(file.get());
    file.seekp(static_cast<std::streamoff>(bit / 8));
    file.put(static_cast<char>(byte ^ (1u << (bit % 8))));
}

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

}  // namespace
}  // namespace protolith::io
