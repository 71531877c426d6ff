// `protolith characterise` from outside: sets compared, degenerate images said, ranks agree, bad decks refused.
#include "io/hdf5/file_reader.hpp"
#include "io/image/png_image.hpp"
#include "program.hpp"

#include <cmath>
#include <cstring>
#include <map>

namespace protolith::program {
namespace {

/// Every dataset of numbers of a file by name, as bytes: NaN equals NaN.
std::map<std::string, std::string> contents_of(const std::filesystem::path& path) {
    const io::FileReader file(path);
    std::map<std::string, std::string> contents;
    for (const auto& name : file.datasets()) {
        if (file.info(name).type == io::ElementType::text) continue;
        const auto values = file.read<double>(name);
        contents[name].assign(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(double));
    }
    return contents;
}

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

/// Puts a program named gnuplot into `folder`; returns the words that make a command find it first.
std::string put_gnuplot(const std::filesystem::path& folder, const std::string& script) {
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "gnuplot") << "#!/bin/sh\n" << script << "\n";
    std::filesystem::permissions(folder / "gnuplot", std::filesystem::perms::owner_all);
    return "PATH='" + folder.string() + "':$PATH ";
}

TEST_F(Characterise, OneLargeImageOverOneTwoAndFourRanksGivesTheSameBytes) {
    const std::string deck = "[measure]\nboundary = 'periodic'\n" + set("a", sandstone);
    const std::string without_drawing = put_gnuplot(folder / "bin", "exit 0");
    for (int ranks : {1, 2, 4}) {
        const auto o = run(deck, std::to_string(ranks), without_drawing + on_ranks(ranks));
        ASSERT_EQ(o.code, 0) << o.err;
    }
    const auto content = [&](const std::string& output) { return contents_of(folder / output / "result.h5"); };
    const auto one = content("1");
    EXPECT_GT(one.size(), 40u) << "datasets";
    EXPECT_EQ(content("2"), one);
    EXPECT_EQ(content("4"), one);
}

TEST_F(Characterise, AVolumeOverTwoRanksGivesTheSameBytes) {
    const auto volume = folder / "volume";
    const std::string without_drawing = put_gnuplot(folder / "bin", "exit 0");
    ASSERT_EQ(
        shell(without_drawing + binary +
                  " simulate disks --set extent=[24,26,28] --set radius=4 --set count=1 --output " + volume.string(),
              folder)
            .code,
        0);
    const std::string deck = set("a", (volume / "result.h5").string() + ":/phase");
    for (int ranks : {1, 2}) ASSERT_EQ(run(deck, std::to_string(ranks), without_drawing + on_ranks(ranks)).code, 0);
    EXPECT_EQ(contents_of(folder / "1/result.h5"), contents_of(folder / "2/result.h5"));
}

TEST_F(Characterise, ASignalWhileItMeasuresGives75AndTheRunStartsOver) {
    // white noise, large enough that several seconds of measuring lie before the job
    constexpr std::size_t side = 6000;
    std::string pixels(side * side, '\0');
    std::uint32_t state = 1;
    for (char& pixel : pixels) pixel = static_cast<char>((state = state * 1664525u + 1013904223u) >> 31);
    std::ofstream(folder / "noise.raw", std::ios::binary) << pixels;
    std::ofstream(folder / "noise.json") << R"({"extent": [6000, 6000], "type": "uint8"})";
    std::ofstream(folder / "deck.toml") << set("a", (folder / "noise.raw").string());
    for (const auto& [signal, program] : {std::pair{"TERM", binary}, {"USR1", on_ranks(2)}}) {
        const auto run = folder / signal;
        const auto o =
            shell(program + " characterise --input " + (folder / "deck.toml").string() + " --output " + run.string() +
                      " & job=$!; for i in $(seq 600); do grep -q running '" + (run / "status.json").string() +
                      "' 2> /dev/null && break; sleep 0.05; done; sleep 0.5; kill -s " + signal + " $job; wait $job",
                  folder);
        EXPECT_EQ(o.code, 75) << o.err;
        EXPECT_NE(o.err.find("SIG" + std::string(signal) + " received"), std::string::npos) << o.err;
        EXPECT_NE(o.err.find("start over"), std::string::npos) << o.err;
        const auto status = text_of(run / "status.json");
        EXPECT_NE(status.find("\"state\": \"stopped\""), std::string::npos) << status;
        EXPECT_NE(status.find("\"exit_code\": 75"), std::string::npos) << status;
        EXPECT_FALSE(std::filesystem::exists(run / "result.h5"));
    }
}

TEST_F(Characterise, TheWalltimeIsLookedAtBeforeTheFirstImage) {
    std::ofstream(folder / "deck.toml") << set("a", sandstone);
    const auto o = shell(binary + " characterise --max-walltime 00:00:00 --input " + (folder / "deck.toml").string() +
                             " --output " + (folder / "run").string(),
                         folder);
    EXPECT_EQ(o.code, 75) << o.err;
    EXPECT_NE(o.err.find("wall-clock limit"), std::string::npos) << o.err;
}

TEST_F(Characterise, ASignalWhileFiguresAreDrawnEndsGnuplotAndGives75) {
    const auto begun = folder / "bin/begun";
    const std::string drawing_for_ever = put_gnuplot(folder / "bin", "touch '" + begun.string() + "'; exec sleep 60");
    std::ofstream(folder / "deck.toml") << set("a", sandstone);
    const std::string job = drawing_for_ever + binary + " characterise --input " + (folder / "deck.toml").string() +
                            " --output " + (folder / "run").string();
    const auto o = shell(job + " & job=$!; for i in $(seq 600); do [ -e '" + begun.string() +
                             "' ] && break; sleep 0.05; done; kill -USR1 $job; wait $job",
                         folder);
    EXPECT_EQ(o.code, 75) << o.err;
    EXPECT_NE(o.err.find("SIGUSR1 received"), std::string::npos) << o.err;
    EXPECT_NE(text_of(folder / "run/status.json").find("\"exit_code\": 75"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(folder / "run/report.html"));
}

}  // namespace
}  // namespace protolith::program
