// A full disk on 1, 2 and 4 ranks: space is taken before anything is written, so that an error comes early and nothing
// that was there is lost.
#include "checkpoint_content.hpp"
#include "io/result_file.hpp"

#include <csignal>

#include <sys/resource.h>

namespace protolith::io {
namespace {

using test::chains;
using test::deck;
using test::expect_content;
using test::load;
using test::message_of;
using test::write_generation;

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
