// `protolith prepare windows` from outside: the same bytes on any number of ranks, what training reads, bad input.
#include "io/hdf5/file_reader.hpp"
#include "io/image/png_image.hpp"
#include "io/image/raw_image.hpp"
#include "io/image/tiff_image.hpp"
#include "program.hpp"

#include <numeric>

namespace protolith::program {
namespace {

class Prepare : public ::testing::Test {
  protected:
    void SetUp() override { folder = fresh_folder("prepare"); }
    void TearDown() override { std::filesystem::remove_all(folder); }

    /// A deck of windows of 24 every 10, made 12, from `image`.
    std::string deck(const std::string& image, const std::string& more = "") const {
        const auto path = folder / "deck.toml";
        std::ofstream(path) << "images = ['" << image << "']\n"
                            << more << "[window]\nsize = 24\nstride = 10\n[resize]\nsize = 12\n";
        return path.string();
    }
    Outcome run(const std::string& deck_path, const std::string& output, const std::string& program = binary,
                const std::string& more = "") const {
        return shell(program + " prepare windows --input " + deck_path + " --output " + (folder / output).string() +
                         " --resume no " + more,
                     folder);
    }
    template <class T = std::uint8_t>
    std::vector<T> read(const std::string& output, const std::string& name) const {
        return io::FileReader(folder / output / "result.h5").read<T>(name);
    }
    /// Two noisy grey levels, the brighter in stripes: `rows` × `columns`, 8 bits.
    std::string grey_image(const std::string& name, std::size_t rows, std::size_t columns) const {
        Volume<std::uint8_t> grey({1, rows, columns});
        std::uint32_t state = 1;
        for (std::size_t i = 0; i < grey.size(); ++i) {
            state = state * 1664525u + 1013904223u;
            grey[i] = static_cast<std::uint8_t>((i % columns / 7 % 2 == 0 ? 80 : 150) + (state >> 24) % 20);
        }
        io::write_tiff((folder / name).string(), grey);
        return (folder / name).string();
    }

    std::filesystem::path folder;
};

TEST_F(Prepare, OneTwoAndFourRanksWriteTheSameBytes) {
    const std::string image = grey_image("rock.tif", 150, 123);
    const auto path = deck(image, "[denoise]\nmethod = 'bilateral'\n[keep]\nphase_fraction = [0.4, 0.6]\nlimit = 60\n");
    for (int ranks : {1, 2, 4}) {
        const auto o = run(path, std::to_string(ranks), on_ranks(ranks));
        ASSERT_EQ(o.code, 0) << o.err;
    }
    for (const char* name : {"phase"})
        for (const char* ranks : {"2", "4"}) EXPECT_EQ(read(ranks, name), read("1", name)) << ranks << " ranks";
    for (const char* name : {"phase_fraction", "source_phase_fraction", "row", "column", "source", "threshold"})
        for (const char* ranks : {"2", "4"})
            EXPECT_EQ(read<double>(ranks, name), read<double>("1", name)) << name << " on " << ranks << " ranks";
    EXPECT_EQ(read("1", "phase").size(), 60u * 12 * 12);
    for (double fraction : read<double>("1", "source_phase_fraction")) {
        EXPECT_GE(fraction, 0.4);
        EXPECT_LE(fraction, 0.6);
    }
    const double threshold = read<double>("1", "threshold").at(0);
    EXPECT_GT(threshold, 100.0);
    EXPECT_LT(threshold, 150.0);
}

TEST_F(Prepare, TheSandstoneBecomesATrainingSetOfItsPhaseFraction) {
    const auto o = run(inputs + "/prepare_sandstone.toml", "windows", on_ranks(2));
    ASSERT_EQ(o.code, 0) << o.err;
    const io::FileReader file(folder / "windows/result.h5");
    EXPECT_EQ(file.info("phase").shape, (io::Shape{1089, 64, 64}));
    EXPECT_EQ(file.info("phase").chunk, (io::Shape{1, 64, 64})) << "chunked by image";
    const auto fraction = file.read<double>("phase_fraction");
    EXPECT_EQ(file.read<double>("source_phase_fraction"), fraction) << "the micrograph's own resolution";
    const double mean = std::accumulate(fraction.begin(), fraction.end(), 0.0) / 1089;
    EXPECT_NEAR(mean, 12913.0 / 65536, 0.01) << "pixels of the border are in fewer windows";
    const auto pixels = file.read<std::uint8_t>("phase");
    EXPECT_NEAR(std::accumulate(pixels.begin(), pixels.end(), 0.0) / static_cast<double>(pixels.size()), mean, 1e-12);
    EXPECT_EQ(file.read<std::int64_t>("row").back(), 192);
    for (const char* figure : {"overview.png", "windows.png", "grey_values.png", "phase_fraction.png", "report.html",
                               "fractions.csv", "summary.json"})
        EXPECT_TRUE(std::filesystem::exists(folder / "windows" / figure)) << figure;
}

TEST_F(Prepare, TheWindowsServeAsTargetAndAsSet) {
    ASSERT_EQ(run(inputs + "/prepare_sandstone.toml", "windows", binary, "--set keep.limit=40").code, 0);
    const std::string windows = (folder / "windows/result.h5").string() + ":/phase";
    const auto images = [](const std::string& key, const std::string& path) {
        return " --set \"" + key + "=['" + path + "']\"";
    };
    const auto annealed =
        shell(binary + " reconstruct --input " + inputs + "/reconstruct_windows_64.toml" +
                  images("target.images", windows) + " --set batch.count=2 --output " + (folder / "annealed").string(),
              folder);
    ASSERT_EQ(annealed.code, 0) << annealed.err;
    const auto table =
        shell(binary + " characterise --input " + inputs + "/compare_sa_gan.toml" + images("set.0.images", windows) +
                  images("set.1.images", (folder / "annealed/result.h5").string() + ":/phase") +
                  images("set.2.images", windows) + " --set set.2.limit=7 --output " + (folder / "table").string(),
              folder);
    ASSERT_EQ(table.code, 0) << table.err;
    for (const char* part : {"Mean square error against 'truth'", "Nearest to 'truth' in each function"})
        EXPECT_NE(table.out.find(part), std::string::npos) << table.out;
}

TEST_F(Prepare, CheckPrintsThePlanAndWritesNothing) {
    // A raw image with a sidecar may be sparse: the sizes of the serpentinite without its bytes.
    const auto raw = folder / "serpentinite.raw";
    std::ofstream(raw).close();
    std::filesystem::resize_file(raw, std::uintmax_t{15000} * 30000);
    std::ofstream(folder / "serpentinite.json") << "{\"extent\": [15000, 30000], \"type\": \"uint8\"}";
    const auto o =
        run(inputs + "/prepare_serpentinite.toml", "none", binary, "--check --set \"images=['" + raw.string() + "']\"");
    ASSERT_EQ(o.code, 0) << o.err;
    for (const char* part : {"70 × 145 = 10150", "10150 images of 128 × 128", "Otsu", "bilateral, radius 3",
                             "file size", "a rank", "4e-06 m", "result.h5"})
        EXPECT_NE(o.out.find(part), std::string::npos) << part << " is not in " << o.out;
    EXPECT_FALSE(std::filesystem::exists(folder / "none"));
}

TEST_F(Prepare, FoldersOfImagesAndVoxelSizesArriveInTheFile) {
    std::filesystem::create_directories(folder / "slices");
    for (int i = 0; i < 3; ++i) grey_image("slices/slice" + std::to_string(i) + ".tif", 30 + 10 * i, 40);
    const auto path =
        deck((folder / "slices").string(), "voxel_size = 1e-6\n[threshold]\nmethod = 'value'\nvalue = 125\n");
    ASSERT_EQ(run(path, "run", on_ranks(3)).code, 0);
    EXPECT_EQ(read<std::int64_t>("run", "source"), (std::vector<std::int64_t>{0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2}));
    EXPECT_DOUBLE_EQ(read<double>("run", "voxel_size").at(0), 2e-6);
    EXPECT_EQ(io::FileReader(folder / "run/result.h5").read_text("source_name").size(), 3u);
    EXPECT_EQ(read<double>("run", "threshold").at(0), 125.0);
}

TEST_F(Prepare, BadInputIsRefusedWithItsNumbersBeforeAnythingIsMade) {
    const std::string image = grey_image("rock.tif", 30, 40);
    const auto refused = [&](const std::string& more, const std::vector<std::string>& parts) {
        const auto o = run(deck(image, more), "none");
        EXPECT_EQ(o.code, 2) << more;
        for (const auto& part : parts) EXPECT_NE(o.err.find(part), std::string::npos) << part << " is not in " << o.err;
        EXPECT_FALSE(std::filesystem::exists(folder / "none/result.h5"));
    };
    refused("[keep]\nphase_fraction = [0.6, 0.4]\n", {"low ≤ high", "[0.6, 0.4]"});
    refused("[threshold]\nmethod = 'value'\n", {"threshold.value is not set"});
    refused("[threshold]\nvalue = 3\n", {"threshold.method is not 'value'"});
    refused("[threshold]\nmethod = 'value'\nvalue = 255\n", {"threshold.value = 255", "0 … 255"});
    refused("[threshold]\nmethod = 'two_valued'\n", {"different grey values", "rock.tif"});
    refused("[keep]\nphase_fraction = [0.99, 1]\n", {"no window has a phase fraction from 0.99 to 1"});
    refused("[denoise]\nmethod = 'median'\n", {"median", "bilateral"});
    const auto small = run(deck(image), "none", binary, "--set window.size=31");
    EXPECT_EQ(small.code, 2);
    EXPECT_NE(small.err.find("smaller than a window of 31 × 31"), std::string::npos) << small.err;
    const auto larger = run(deck(image), "none", binary, "--set resize.size=25");
    EXPECT_NE(larger.err.find("resize.size = 25: larger than a window of 24"), std::string::npos) << larger.err;
}

TEST_F(Prepare, StoppedByTheWalltimeItSaysThatItStartsOver) {
    const auto o = run(deck(grey_image("rock.tif", 300, 400)), "run", binary, "--max-walltime 00:00:00");
    EXPECT_EQ(o.code, 75) << o.err;
    EXPECT_NE(text_of(folder / "run/status.json").find("\"state\": \"stopped\""), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(folder / "run/result.h5"));
}

}  // namespace
}  // namespace protolith::program
