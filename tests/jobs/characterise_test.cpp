// `protolith characterise` from outside: sets compared, degenerate images said, ranks agree, bad decks refused.
#include "io/hdf5/file_reader.hpp"
#include "io/image/png_image.hpp"
#include "program.hpp"

#include <cmath>
#include <cstring>

namespace protolith::program {
namespace {

class Characterise : public ::testing::Test {
  protected:
    void SetUp() override { folder = fresh_folder("characterise"); }
    void TearDown() override { std::filesystem::remove_all(folder); }
    Outcome run(const std::string& deck, const std::string& output, const std::string& program = binary) const {
        std::ofstream(folder / "deck.toml") << deck;
        return shell(program + " characterise --input " + (folder / "deck.toml").string() + " --output " +
                         (folder / output).string() + " --resume no",
                     folder);
    }
    static std::string set(const std::string& label, const std::string& images, const std::string& more = "") {
        return "[[set]]\nlabel = '" + label + "'\nimages = ['" + images + "']\n" + more;
    }
    std::filesystem::path folder;
    const std::string sandstone = inputs + "/data/sandstone_256.png", alloy = inputs + "/data/alloy_256.png";
};

TEST_F(Characterise, SetsStandInOneTableAndRanksAgree) {
    const std::string deck = "reference = 'a'\n[measure]\nmax_r = 20\n" + set("a", sandstone) + set("b", alloy) +
                             set("c", alloy, "invert = true\n");
    const auto o = run(deck, "one");
    ASSERT_EQ(o.code, 0) << o.err;
    EXPECT_NE(o.out.find("Mean square error against 'a'"), std::string::npos);
    EXPECT_NE(o.out.find("every pair"), std::string::npos);
    for (const char* file : {"winners.csv", "error_by_function.png", "mean_square_error.csv"})
        EXPECT_TRUE(std::filesystem::exists(folder / "one" / file)) << file;
    ASSERT_EQ(run(deck, "three", on_ranks(3)).code, 0);
    const io::FileReader one(folder / "one/result.h5"), three(folder / "three/result.h5");
    for (const char* name :
         {"two_point_correlation", "lineal_path", "two_point_cluster_function", "phase_fraction", "power_spectrum"}) {
        const auto a = one.read<double>(name), b = three.read<double>(name);
        EXPECT_EQ(0, std::memcmp(a.data(), b.data(), a.size() * sizeof(double))) << name;
    }
    const auto s2 = one.read<double>("two_point_correlation");
    EXPECT_DOUBLE_EQ(s2[0], 12913.0 / 65536);  // phase pixels of the sandstone, counted by another decoder
}

TEST_F(Characterise, TheNearerSetWinsEachFunctionByTheRatioOfTheErrors) {
    // The alloy itself, segmented by a threshold of its own, against the sandstone.
    const auto o = run("reference = 'truth'\n[measure]\nmax_r = 30\n" + set("truth", alloy) + set("far", sandstone) +
                           set("near", alloy, "threshold = 100\n"),
                       "winners");
    ASSERT_EQ(o.code, 0) << o.err;
    const std::string table = text_of(folder / "winners/winners.csv");
    for (const char* row : {"F2,near,", "F3H,near,", "F3V,near,", "F4,near,", "F6,near,", "L,near,"})
        EXPECT_NE(table.find(row), std::string::npos) << row << " is not in " << table;
    EXPECT_NE(text_of(folder / "winners/report.html").find("Nearest to &#39;truth&#39;"), std::string::npos);
}

TEST_F(Characterise, EmptyFullOnePixelAndNonSquareImagesAreMeasuredOrRefusedInWords) {
    const auto write = [&](const std::string& name, const Extent& extent, std::uint8_t value) {
        const std::vector<std::uint8_t> pixels(extent.count(), value);
        io::write_png((folder / name).string(), extent, pixels.data());
        return (folder / name).string();
    };
    for (const std::uint8_t value : {std::uint8_t{0}, std::uint8_t{255}}) {
        const auto o = run(set("flat", write("flat.png", {1, 12, 9}, value)), "flat");
        EXPECT_EQ(o.code, 0) << o.err;
        const auto fraction = io::FileReader(folder / "flat/result.h5").read<double>("phase_fraction");
        EXPECT_EQ(fraction.at(0), value == 0 ? 0.0 : 1.0);
        const auto scaled = io::FileReader(folder / "flat/result.h5").read<double>("two_point_correlation_scaled");
        for (double f : scaled) EXPECT_TRUE(std::isnan(f)) << "Fn is undefined here";
    }
    const auto o = run(set("pixel", write("pixel.png", {1, 1, 1}, 255)), "pixel");
    EXPECT_EQ(o.code, 0) << o.err;
}

TEST_F(Characterise, RepresentativeSizeHasAVerdict) {
    const auto o = run("[representative_size]\nsizes = [32, 64, 128]\ntolerance = 1e-2\n" + set("a", sandstone), "res");
    ASSERT_EQ(o.code, 0) << o.err;
    EXPECT_NE(o.out.find("Representative elementary size: 32 px"), std::string::npos) << o.out;
    EXPECT_TRUE(std::filesystem::exists(folder / "res/representative_size.png"));
    const auto big = run("[representative_size]\nsizes = [32, 300]\n" + set("a", sandstone), "big");
    EXPECT_EQ(big.code, 2);
    EXPECT_NE(big.err.find("300"), std::string::npos) << big.err;
}

TEST_F(Characterise, BadDecksAreRefusedBeforeAnythingIsMeasured) {
    EXPECT_EQ(run("", "none").code, 2);
    auto o = run("compare = ['x']\n" + set("a", sandstone), "none");
    EXPECT_EQ(o.code, 2);
    EXPECT_NE(o.err.find("compare names 'x'"), std::string::npos) << o.err;
    o = run(set("a", sandstone) + set("a", alloy), "none");
    EXPECT_NE(o.err.find("two sets have the label 'a'"), std::string::npos) << o.err;
    o = run("[measure]\nmax_r = 128\n" + set("a", sandstone), "none");
    EXPECT_EQ(o.code, 2);
    EXPECT_NE(o.err.find("max_r = 128: expected at most 127"), std::string::npos) << o.err;
    EXPECT_FALSE(std::filesystem::exists(folder / "none"));
}

}  // namespace
}  // namespace protolith::program
