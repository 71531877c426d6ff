// Result files written by 1, 2 and 4 ranks, also by ranks with empty shares.
#include "io/hdf5/file_reader.hpp"
#include "io/result_file.hpp"
#include "temporary_folder.hpp"

#include <numeric>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <semaphore.h>

namespace protolith::io {
namespace {

Provenance some_provenance(const Communicator& comm) {
    Provenance provenance = describe_run(comm);
    provenance.job = "simulate";
    provenance.deck = "count = 3\n";
    provenance.seed = 18446744073709551615u;
    return provenance;
}

std::string message_of(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& e) {
        return e.what();
    }
    return "no error";
}

// Images whose every pixel tells its place: 5 images of 3 × 7, so that four ranks have unequal shares.
constexpr std::size_t images = 5, rows = 3, columns = 7, pixels = rows * columns;

std::vector<std::int32_t> image_pixels(ItemRange items) {
    std::vector<std::int32_t> values(items.size() * pixels);
    std::iota(values.begin(), values.end(), static_cast<std::int32_t>(items.first * pixels));
    return values;
}

void write_images(const Communicator& comm, const std::filesystem::path& path, ItemRange mine, hsize_t piece_bytes,
                  const Shape& chunk) {
    ResultFile file = ResultFile::create(comm, path, some_provenance(comm));
    file.file().piece_bytes = piece_bytes;
    file.dimension("image", images, "image");
    file.dimension("y", rows, "row");
    file.dimension("x", std::vector<double>{0, 0.5, 1, 1.5, 2, 2.5, 3}, "m", "distance along x");
    auto dataset = file.dataset<std::int32_t>("images", {"image", "y", "x"}, {"1", "phase", {}}, chunk);
    dataset.write_items(mine, image_pixels(mine));
    file.complete();
}

TEST(ResultFile, EveryRankCountWritesTheSameData) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    for (const Shape& chunk : {Shape{}, Shape{2, 2, 7}, Shape{5, 3, 7}})
        for (const hsize_t piece : {hsize_t{1}, hsize_t{30}, hsize_t{1} << 28}) {
            write_images(comm, folder / "result.h5", comm.share(images), piece, chunk);
            const FileReader reader(comm, folder / "result.h5");
            EXPECT_EQ(reader.read<std::int32_t>("/images"), image_pixels({0, images}));
            EXPECT_EQ(reader.int_attribute("/", "complete"), 1);
        }
}

TEST(ResultFile, RanksWithEmptySharesTakePart) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    const ItemRange mine = comm.rank() == comm.size() - 1 ? ItemRange{0, images} : ItemRange{};
    write_images(comm, folder / "result.h5", mine, 100, {});
    EXPECT_EQ(FileReader(folder / "result.h5").read<std::int32_t>("/images"), image_pixels({0, images}));
}

TEST(ResultFile, BoxesOfRanksMeetInsideChunks) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    ResultFile file = ResultFile::create(comm, folder / "result.h5", some_provenance(comm));
    file.dimension("x", 101, "x");
    auto dataset = file.dataset<double>("energies", {"x"}, {"1", "energy", {}});
    const ItemRange mine = comm.share(101);
    std::vector<double> values(mine.size());
    std::iota(values.begin(), values.end(), static_cast<double>(mine.first));
    dataset.write({mine.first}, {mine.size()}, values.data());
    file.complete();
    std::vector<double> expected(101);
    std::iota(expected.begin(), expected.end(), 0.0);
    EXPECT_EQ(FileReader(folder / "result.h5").read<double>("/energies"), expected);
}

TEST(ResultFile, EverythingIsChecksummed) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    write_images(comm, folder / "result.h5", comm.share(images), 1 << 20, {});
    const FileReader reader(folder / "result.h5");
    ASSERT_EQ(reader.datasets(), (std::vector<std::string>{"/image", "/y", "/x", "/images"}));
    for (const std::string& name : reader.datasets()) {
        EXPECT_TRUE(reader.info(name).checksummed) << name;
        EXPECT_NO_THROW(reader.verify(name));
    }
    EXPECT_EQ(reader.info("/images").chunk, (Shape{1, rows, columns}));
}

TEST(ResultFile, KeepsEveryElementType) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    ResultFile file = ResultFile::create(comm, folder / "result.h5", some_provenance(comm));
    file.dimension("r", std::vector<double>{0, 1, 2}, "pixel", "lag");
    file.write<std::uint8_t>("types/uint8", {"r"}, {0, 1, 255}, {});
    file.write<std::int32_t>("types/int32", {"r"}, {-1, 1, 2147483647}, {});
    file.write<std::int64_t>("types/int64", {"r"}, {-1, 1, INT64_MAX}, {});
    file.write<std::uint32_t>("types/uint32", {"r"}, {0, 1, UINT32_MAX}, {});
    file.write<std::uint64_t>("types/uint64", {"r"}, {0, 1, UINT64_MAX}, {});
    file.write<float>("types/float32", {"r"}, {0.5F, -1.F, 3e38F}, {});
    file.write<double>("types/float64", {"r"}, {0.5, -1., 1e308}, {});
    file.write_text("types/text", {"r"}, std::vector<std::string>{"Φ", "", "two words"}, {});
    file.scalar("types/scalar", 0.352, {"1", "phase fraction", {{"definition", std::string("voxel count")}}});
    file.attribute("/types", "list", std::vector<double>{1, 2});
    file.complete();
    const FileReader reader(folder / "result.h5");
    EXPECT_EQ(reader.read<std::uint8_t>("/types/uint8"), (std::vector<std::uint8_t>{0, 1, 255}));
    EXPECT_EQ(reader.read<std::int32_t>("/types/int32"), (std::vector<std::int32_t>{-1, 1, 2147483647}));
    EXPECT_EQ(reader.read<std::int64_t>("/types/int64"), (std::vector<std::int64_t>{-1, 1, INT64_MAX}));
    EXPECT_EQ(reader.read<std::uint32_t>("/types/uint32"), (std::vector<std::uint32_t>{0, 1, UINT32_MAX}));
    EXPECT_EQ(reader.read<std::uint64_t>("/types/uint64"), (std::vector<std::uint64_t>{0, 1, UINT64_MAX}));
    EXPECT_EQ(reader.read<float>("/types/float32"), (std::vector<float>{0.5F, -1.F, 3e38F}));
    EXPECT_EQ(reader.read<double>("/types/float64"), (std::vector<double>{0.5, -1., 1e308}));
    EXPECT_EQ(reader.read<double>("/types/uint8"), (std::vector<double>{0, 1, 255}));
    EXPECT_EQ(reader.read_text("/types/text"), (std::vector<std::string>{"Φ", "", "two words"}));
    EXPECT_EQ(reader.read<double>("/types/scalar"), std::vector<double>{0.352});
    EXPECT_EQ(reader.text_attribute("/types/scalar", "definition"), "voxel count");
    EXPECT_EQ(std::get<std::vector<double>>(reader.attribute("/types", "list")), (std::vector<double>{1, 2}));
}

TEST(ResultFile, KeepsProvenanceAlsoOfALongDeck) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    Provenance provenance = some_provenance(comm);
    provenance.deck = std::string(300'000, 'd') + "end";
    provenance.libraries.emplace_back("FFTW", "3.3.10");
    ResultFile file = ResultFile::create(comm, folder / "result.h5", provenance);
    file.complete();
    const FileReader reader(folder / "result.h5");
    EXPECT_EQ(reader.text_attribute("/provenance", "deck"), provenance.deck);
    EXPECT_EQ(reader.text_attribute("/provenance", "deck_hash"), text_hash(provenance.deck));
    EXPECT_EQ(reader.text_attribute("/provenance", "library FFTW"), "3.3.10");
    EXPECT_EQ(reader.int_attribute("/provenance", "ranks"), comm.size());
    EXPECT_EQ(std::get<std::uint64_t>(reader.attribute("/provenance", "seed")), provenance.seed);
}

TEST(ResultFile, AnOlderResultStaysUntilTheNewOneIsComplete) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    write_images(comm, folder / "result.h5", comm.share(images), 1 << 20, {});
    {
        ResultFile file = ResultFile::create(comm, folder / "result.h5", some_provenance(comm));
        file.dimension("image", images, "image");
    }
    EXPECT_EQ(FileReader(folder / "result.h5").read<std::int32_t>("/images"), image_pixels({0, images}));
    EXPECT_EQ(FileReader(folder / "result.h5.tmp").int_attribute("/", "complete"), 0);
}

TEST(ResultFile, MistakesAreErrorsOnEveryRank) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    ResultFile file = ResultFile::create(comm, folder / "result.h5", some_provenance(comm));
    file.dimension("x", 4, "x");
    EXPECT_NE(message_of([&] { file.write<double>("a", {"y"}, {1}, {}); }).find("dimension 'y'"), std::string::npos);
    auto dataset = file.dataset<double>("energies", {"x"}, {});
    const double values[2] = {0, 0};
    const bool beyond = comm.rank() == comm.size() - 1;
    const std::string message = message_of([&] { dataset.write({beyond ? 3u : 0u}, {beyond ? 2u : 0u}, values); });
    EXPECT_NE(message.find("length 4 along axis 0, the slab ends at 5"), std::string::npos) << message;
}

// Were the destructor collective here, rank 0 would wait for the others for ever instead of ending the job.
TEST(ResultFile, AnExceptionOfOneRankPassesWithoutWaitingForTheOthers) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    const auto fail_with_open_file = [&](bool first) {
        ResultFile file = ResultFile::create(comm, folder / "result.h5", some_provenance(comm));
        if (!first) comm.barrier();
        throw Error("a failure of this rank");
    };
    EXPECT_EQ(message_of([&] { fail_with_open_file(comm.is_root()); }), "a failure of this rank");
    if (comm.is_root()) comm.barrier();
}

// OpenMPI names a semaphore after the file; a killed job leaves it taken (avoid_shared_file_pointers).
TEST(ResultFile, OpensAlthoughAKilledJobHeldTheNameOfTheFile) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    const std::string semaphore = "/OMPIO_result.h5.tmp";
    sem_t* taken = comm.is_root() ? sem_open(semaphore.c_str(), O_CREAT, 0600, 0) : nullptr;
    comm.barrier();
    write_images(comm, folder / "result.h5", comm.share(images), 1 << 20, {});
    EXPECT_EQ(FileReader(folder / "result.h5").read<std::int32_t>("/images"), image_pixels({0, images}));
    if (comm.is_root()) {
        ASSERT_NE(taken, SEM_FAILED);
        sem_close(taken);
        sem_unlink(semaphore.c_str());
    }
}

TEST(ResultFile, MissingFolderIsNamedWithTheReason) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    const std::string message =
        message_of([&] { ResultFile::create(comm, folder / "absent/result.h5", some_provenance(comm)); });
    EXPECT_NE(message.find("absent/result.h5.tmp: cannot create the file: No such file"), std::string::npos) << message;
}

TEST(FileReader, ErrorsNameTheFileAndWhatIsMissing) {
    const Communicator comm;
    const TemporaryFolder folder(comm);
    write_images(comm, folder / "result.h5", comm.share(images), 1 << 20, {});
    const FileReader reader(comm, folder / "result.h5");
    EXPECT_THROW(reader.read<double>("/absent/dataset"), InputError);
    EXPECT_THROW(reader.read<float>("/images"), InputError);
    EXPECT_THROW(reader.read_text("/images"), InputError);
    EXPECT_THROW(FileReader(folder / "none.h5"), InputError);
    EXPECT_THROW(FileReader(comm, folder / "none.h5"), CollectiveError);
    EXPECT_THROW(FileReader(folder.path()), InputError);
    std::vector<std::int32_t> row(columns);
    reader.read("/images", {4, 2, 0}, {1, 1, columns}, row.data());
    EXPECT_EQ(row.front(), static_cast<std::int32_t>(images * pixels - columns));
}

}  // namespace
}  // namespace protolith::io
