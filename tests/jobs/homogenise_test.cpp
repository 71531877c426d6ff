// `protolith homogenise` from outside: a known layered medium, any number of ranks, interruptions, refusals.
#include "networks.hpp"

#include <cmath>

namespace protolith::program {
namespace {

class Homogenise : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        folder = fresh_folder("homogenise");
        const auto o = shell(undrawn(folder, binary) +
                                 " simulate marble-cake --set count=5 --set size=16 --set "
                                 "time=[0.1,0.1] --output " +
                                 (folder / "cakes").string(),
                             folder);
        ASSERT_EQ(o.code, 0) << o.out << o.err;
    }
    static void TearDownTestSuite() { std::filesystem::remove_all(folder); }
    /// Rows of black and white in turn, 8 × 8, as a raw grey image.
    static std::string layers() {
        const auto name = folder / "layers.raw";
        std::ofstream raw(name, std::ios::binary);
        for (int i = 0; i < 64; ++i) raw.put(i / 8 % 2 == 0 ? '\0' : '\xff');
        std::ofstream(folder / "layers.json") << R"({"extent": [8, 8], "type": "uint8"})";
        return name.string();
    }
    static Outcome run(const std::string& program, const std::string& output, const std::string& images,
                       const std::string& more = "") {
        return shell(undrawn(folder, program) + " homogenise --set \"images.images=['" + images + "']\" --output " +
                         (folder / output).string() + " " + more,
                     folder);
    }
    static std::string cakes() { return (folder / "cakes/result.h5").string() + ":/phase"; }
    static inline std::filesystem::path folder;
};

TEST_F(Homogenise, LayersAreBackussMedium) {
    const auto o = run(binary, "layers", layers(), "--set filter.wavelength=1 --set tolerance=1e-9");
    ASSERT_EQ(o.code, 0) << o.out << o.err;
    const auto result = numbers_of(folder / "layers/result.h5");
    const auto& tensor = result.at("/whole_stiffness");
    // Backus 1962 for equal layers normal to y, in the order C11, C22, C12, C33, C13, C23.
    const double known[] = {137.626, 133.006, 50.903, 82.102, 0, 0};
    for (std::size_t c = 0; c < 6; ++c) EXPECT_NEAR(tensor[c], known[c], 1e-3) << c;
    for (const double xi : result.at("/anisotropy")) EXPECT_NEAR(xi, 0.96643, 1e-4);
    EXPECT_EQ(result.at("/stiffness").size(), 6u * 64);
    for (const char* file : {"report.html", "tensors.csv", "maps.gp"})
        EXPECT_TRUE(std::filesystem::exists(folder / "layers" / file)) << file;
}

TEST_F(Homogenise, TheSameOnAnyNumberOfRanksAndAfterAnInterruption) {
    const std::string fine = "--set grid=half_wavelength --set filter.wavelength=0.5";
    ASSERT_EQ(run(binary, "one", cakes(), fine).code, 0);
    const auto one = numbers_of(folder / "one/result.h5");
    EXPECT_EQ(one.at("/stiffness").size(), 5u * 6 * 16);
    for (const int ranks : {2, 4}) {
        ASSERT_EQ(run(on_ranks(ranks), std::to_string(ranks), cakes(), fine).code, 0);
        const auto many = numbers_of(folder / std::to_string(ranks) / "result.h5").at("/stiffness");
        for (std::size_t i = 0; i < many.size(); ++i)
            ASSERT_NEAR(many[i], one.at("/stiffness")[i], 1e-3 * std::abs(one.at("/stiffness")[i]) + 1e-3) << ranks;
    }
    ASSERT_EQ(run(binary, "parts", cakes(), fine + " --max-walltime 00:00:00").code, 75);
    ASSERT_EQ(run(binary, "parts", cakes(), fine).code, 0);
    EXPECT_EQ(numbers_of(folder / "parts/result.h5"), one);
}

TEST_F(Homogenise, WhatCannotBeIsRefusedWithBothNumbers) {
    const auto refused = [&](const std::string& more, const std::string& first, const std::string& second) {
        const auto o = run(binary, "refused", cakes(), more);
        EXPECT_EQ(o.code, 2) << o.out << o.err;
        EXPECT_NE(o.err.find(first), std::string::npos) << o.err;
        EXPECT_NE(o.err.find(second), std::string::npos) << o.err;
    };
    refused("--set filter.wavelength=0.01", "0.01", "0.0625");
    refused("--set filter.wavelength=1.5", "1.5", "the box, 1;");
    refused("--set filter.pass=2", "from 2 to 1", "pass < stop");
    refused("--set medium.vp_over_vs=0.9", "vp_over_vs", "0.9");
}

/// Planes of rock 0 and rock 1 in turn, 8 × 6 × 4: Backus's medium with its axis along z, on any number of ranks.
TEST_F(Homogenise, LayeredVolumeIsBackussMediumOnAnyNumberOfRanks) {
    const auto name = folder / "planes.raw";
    {
        std::ofstream raw(name, std::ios::binary);
        for (int i = 0; i < 8 * 6 * 4; ++i) raw.put(i / 24 % 2 == 0 ? '\0' : '\xff');
        std::ofstream(folder / "planes.json") << R"({"extent": [8, 6, 4], "type": "uint8"})";
    }
    const double mu[] = {3 * 3.38 * 3.38, 3 * 4.13 * 4.13};
    double s = 0, r = 0, p = 0, q = 0, l = 0;  // means of 1/P, λ/P, P − λ²/P, 1/μ, λ − λ²/P
    for (const double m : mu) {
        const double lambda = m * (1.8 * 1.8 - 2), wave = lambda + 2 * m;
        s += 0.5 / wave, r += 0.5 * lambda / wave, p += 0.5 * (wave - lambda * lambda / wave), q += 0.5 / m;
        l += 0.5 * (lambda - lambda * lambda / wave);
    }
    const std::string program[] = {binary, on_ranks(2), on_ranks(4)};
    for (std::size_t k = 0; k < 3; ++k) {
        const std::string output = "volume" + std::to_string(k);
        const auto o = shell(undrawn(folder, program[k]) + " homogenise --set volume.file=" + name.string() +
                                 " --set volume.one=255 --set filter.wavelength=1 --set tolerance=1e-10 --set "
                                 "grid=half_wavelength --output " +
                                 (folder / output).string(),
                             folder);
        ASSERT_EQ(o.code, 0) << o.out << o.err;
        const auto result = numbers_of(folder / output / "result.h5");
        const auto& c = result.at("/whole_stiffness");
        ASSERT_EQ(c.size(), 21u);
        const std::pair<std::size_t, double> known[] = {{0, p + r * r / s},
                                                        {1, l + r * r / s},
                                                        {2, r / s},
                                                        {6, p + r * r / s},
                                                        {11, 1 / s},
                                                        {15, 2 / q},
                                                        {18, 2 / q},
                                                        {20, mu[0] + mu[1]},
                                                        {3, 0},
                                                        {19, 0}};
        for (const auto& [component, value] : known) EXPECT_NEAR(c[component], value, 1e-6) << component;
        EXPECT_EQ(result.at("/stiffness").size(), 21u * 4 * 3 * 2);
        for (const char* file : {"report.html", "stiffness.csv", "moduli.csv", "volume.gp"})
            EXPECT_TRUE(std::filesystem::exists(folder / output / file)) << file;
    }
}

TEST_F(Homogenise, VolumesThatAreNoneAreRefused) {
    const auto refused = [&](const std::string& more, const std::string& first, const std::string& second) {
        const auto o =
            shell(undrawn(folder, binary) + " homogenise " + more + " --output " + (folder / "refused_volume").string(),
                  folder);
        EXPECT_EQ(o.code, 2) << more << o.out << o.err;
        EXPECT_NE(o.err.find(first), std::string::npos) << o.err;
        EXPECT_NE(o.err.find(second), std::string::npos) << o.err;
        EXPECT_FALSE(std::filesystem::exists(folder / "refused_volume")) << "a refused deck leaves no run";
    };
    refused("", "images.images", "volume.file");
    const auto uniform = folder / "uniform.raw";
    std::ofstream(uniform, std::ios::binary) << std::string(4 * 4 * 4, '\0');
    std::ofstream(folder / "uniform.json") << R"({"extent": [4, 4, 4], "type": "uint8"})";
    for (const std::string one : {"1", "7"})
        refused("--set volume.file=" + uniform.string() + " --set filter.wavelength=1 --set volume.one=" + one,
                "volume.one = " + one, "expected the value of rock 1");
    refused("--set volume.file=" + layers(), "is an image", "expected a volume");
    refused("--set volume.file=" + layers() + " --set images.images=" + layers(), "images.images", "both set");
}

}  // namespace
}  // namespace protolith::program
