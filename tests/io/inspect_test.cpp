// What `protolith inspect` finds in good, incomplete, damaged and foreign files; sidecars and tables.
#include "io/inspect.hpp"

#include "io/durable.hpp"
#include "io/result_file.hpp"
#include "io/xdmf.hpp"
#include "one_process.hpp"
#include "temporary_folder.hpp"

#include <csignal>
#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>

namespace protolith::io {
namespace {

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// Two volumes of 2 × 3 × 4 voxels, a curve and a number, as a job writes them.
void write_result(const std::filesystem::path& path) {
    Provenance provenance = describe_run(one_process());
    provenance.job = "reconstruct";
    provenance.version = "0.1.0";
    provenance.deck = "[batch]\ncount = 2\n";
    ResultFile file = ResultFile::create(one_process(), path, provenance);
    file.dimension("realisation", 2, "number of the reconstruction");
    file.dimension("z", std::vector<double>{0.5, 1.5}, "um", "depth");
    file.dimension("y", std::vector<double>{0.5, 1.5, 2.5}, "um", "distance along y");
    file.dimension("x", std::vector<double>{0.5, 1.5, 2.5, 3.5}, "um", "distance along x");
    file.dimension("curves/r", std::vector<double>{0, 1, 2}, "um", "lag");
    auto volumes = file.dataset<std::uint8_t>("phase", {"realisation", "z", "y", "x"}, {"1", "phase indicator", {}});
    volumes.write_items({0, 2}, std::vector<std::uint8_t>(48, 1));
    file.write<double>("curves/s2", {"r"}, {0.352, 0.2, 0.124}, {"1", "two-point probability", {}});
    file.write_text("names", {"realisation"}, std::vector<std::string>{"Φ one", "two"}, {"", "label", {}});
    file.scalar("porosity", 0.352, {"1", "phase fraction", {}});
    file.complete();
}

TEST(Inspect, TellsWhatIsInAGoodFile) {
    const TemporaryFolder folder;
    write_result(folder / "result.h5");
    const FileReport report = inspect(folder / "result.h5");
    EXPECT_TRUE(report.good()) << to_string(report);
    EXPECT_EQ(report.kind, "result");
    ASSERT_EQ(report.datasets.size(), 9u);
    const std::string text = to_string(report);
    for (const char* part : {"two-point probability", "2 × 2 × 3 × 4", "uint8", "count = 2", "[um]", "every checksum"})
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
}

TEST(Inspect, NamesTheDamagedDataset) {
    const TemporaryFolder folder;
    write_result(folder / "result.h5");
    std::string bytes = bytes_of(folder / "result.h5");
    const auto at = bytes.find(std::string(24, '\1'));
    ASSERT_NE(at, std::string::npos);
    bytes[at + 5] = '\3';
    std::ofstream(folder / "result.h5", std::ios::binary) << bytes;
    const FileReport report = inspect(folder / "result.h5");
    EXPECT_FALSE(report.good());
    EXPECT_TRUE(report.damaged());
    EXPECT_NE(to_string(report).find("DAMAGED: " + (folder / "result.h5").string() + ": dataset '/phase' is damaged"),
              std::string::npos)
        << to_string(report);
}

// Everything that can be read from a file, as one text.
std::string everything(const std::filesystem::path& path) {
    const FileReader file(path);
    std::string all;
    for (const std::string& name : file.datasets()) {
        all += name + fmt::format("{}", fmt::join(file.info(name).shape, ","));
        if (file.info(name).type == ElementType::text)
            for (const std::string& text : file.read_text(name)) all += text;
        else
            all += fmt::format("{}", fmt::join(file.read<double>(name), ","));
    }
    for (const auto& [name, value] : file.attributes("/provenance")) all += name + to_string(value);
    return all;
}

TEST(Inspect, NoFlippedBitChangesAGoodFileSilently) {
    const TemporaryFolder folder;
    write_result(folder / "result.h5");
    const std::string good = bytes_of(folder / "result.h5"), content = everything(folder / "result.h5");
    std::size_t noticed = 0;
    for (std::size_t at = 0; at < good.size(); at += 29) {
        std::string flipped = good;
        flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at % 8)));
        std::ofstream(folder / "flipped.h5", std::ios::binary) << flipped;
        if (inspect(folder / "flipped.h5").good())
            EXPECT_EQ(everything(folder / "flipped.h5"), content) << "byte " << at;
        else
            ++noticed;
    }
    EXPECT_GT(noticed, 0u);
}

TEST(Inspect, TellsAnInterruptedFile) {
    const TemporaryFolder folder;
    { ResultFile::create(one_process(), folder / "result.h5", describe_run(one_process())); }
    const FileReport report = inspect(folder / "result.h5.tmp");
    EXPECT_FALSE(report.good());
    EXPECT_FALSE(report.damaged());
    EXPECT_FALSE(report.complete);
    EXPECT_NE(to_string(report).find("incomplete"), std::string::npos);
}

TEST(Inspect, TruncatedForeignAndMissingFilesAreProblems) {
    const TemporaryFolder folder;
    write_result(folder / "result.h5");
    std::filesystem::resize_file(folder / "result.h5", 3000);
    EXPECT_NE(inspect(folder / "result.h5").problem.find("truncated file"), std::string::npos);
    std::ofstream(folder / "text.h5") << "not HDF5";
    EXPECT_NE(inspect(folder / "text.h5").problem.find("not an HDF5 file"), std::string::npos);
    EXPECT_NE(inspect(folder / "none.h5").problem.find("no such file"), std::string::npos);
    { FileHandle(H5Fcreate((folder / "other.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT)); }
    EXPECT_NE(inspect(folder / "other.h5").problem.find("Protolith did not write"), std::string::npos);
}

TEST(Inspect, ANewerSchemaIsRefused) {
    const TemporaryFolder folder;
    write_result(folder / "result.h5");
    {
        const FileHandle file(H5Fopen((folder / "result.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT));
        write_attribute(file.get(), "schema_version", schema_version + 1, "result.h5");
    }
    EXPECT_NE(inspect(folder / "result.h5").problem.find("is newer than this program"), std::string::npos);
}

TEST(ResultFile, OpensInXarrayWithLabelledAxes) {
    const TemporaryFolder folder;
    write_result(folder / "result.h5");
    const std::string command = std::string("/usr/bin/python3 '") + PROTOLITH_SOURCE_DIR +
                                "/tests/io/read_with_xarray.py' '" + (folder / "result.h5").string() + "'";
    const int status = std::system(command.c_str());
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (code == 77 || code == 127) GTEST_SKIP() << "python3 with xarray and h5netcdf is not installed";
    EXPECT_EQ(code, 0);
}

TEST(Xdmf, NamesTheFileByItsAbsolutePathAndTheVoxels) {
    const TemporaryFolder folder;
    write_result(folder / "result.h5");
    const auto sidecar = write_xdmf(folder / "result.h5", {{"/phase", "phase", 1}}, {0.5, 1, 2});
    EXPECT_EQ(sidecar, folder / "result.xdmf");
    const std::string text = bytes_of(sidecar);
    for (const std::string& part :
         {std::string(R"(TopologyType="3DCoRectMesh" Dimensions="3 4 5")"), std::string("0.5 1 2"),
          std::filesystem::canonical(folder / "result.h5").string() + ":/phase",
          std::string(R"(<DataItem Dimensions="3 4" Format="XML">1 0 0 0 1 1 1 1 1 2 3 4</DataItem>)"),
          std::string(R"(<DataItem Dimensions="2 2 3 4" NumberType="UChar" Precision="1" Format="HDF">)")})
        EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
}

TEST(Xdmf, RefusesWhatIsNoVolume) {
    const TemporaryFolder folder;
    write_result(folder / "result.h5");
    EXPECT_THROW(write_xdmf(folder / "result.h5", {{"/curves/s2", "s2"}}, {1, 1, 1}), Error);
    EXPECT_THROW(write_xdmf(folder / "result.h5", {{"/phase", "phase", 2}}, {1, 1, 1}), Error);
    EXPECT_THROW(write_xdmf(folder / "result.h5", {}, {1, 1, 1}), Error);
}

TEST(WriteAtomically, ReplacesAndLeavesNothingBehind) {
    const TemporaryFolder folder;
    write_atomically(folder / "status.json", "old");
    write_atomically(folder / "status.json", "new");
    EXPECT_EQ(bytes_of(folder / "status.json"), "new");
    EXPECT_FALSE(std::filesystem::exists(folder / "status.json.tmp"));
}

TEST(WriteAtomically, AFullDiskKeepsTheOldFileAndNamesTheReason) {
    const TemporaryFolder folder;
    write_atomically(folder / "status.json", "old");
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const rlimit limit{1000, before.rlim_max};
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    std::string message;
    try {
        write_atomically(folder / "status.json", std::string(5000, 'x'));
    } catch (const Error& e) {
        message = e.what();
    }
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    EXPECT_NE(message.find("status.json.tmp: cannot write"), std::string::npos) << message;
    EXPECT_NE(message.find("File too large"), std::string::npos) << message;
    EXPECT_EQ(bytes_of(folder / "status.json"), "old");
}

}  // namespace
}  // namespace protolith::io
