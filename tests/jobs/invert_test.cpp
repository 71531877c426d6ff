// `protolith invert` from outside, with a tiny generator: the same chains on any number of ranks and after an
// interruption, every product, refusals with both numbers.
#include "networks.hpp"

#include <cmath>
#include <cstring>

namespace protolith::program {
namespace {

/// One tiny training for all tests of this file.
class Invert : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        folder = fresh_folder("invert");
        const auto command = [&](const std::string& arguments) {
            const auto o = shell(undrawn(folder, binary) + " " + arguments, folder);
            ASSERT_EQ(o.code, 0) << o.out << o.err;
        };
        command("simulate marble-cake --set count=12 --set size=32 --set time=[0.1,0.1] --output " + at("cakes"));
        std::ofstream(folder / "train.toml")
            << "seed = 7\nsteps = 4\nbatch = 4\ncritic_steps = 2\nthreads = 1\n[data]\nfile = '" +
                   at("cakes/result.h5") +
                   "'\n[network]\nvariant = 'mantle'\nimage_size = 32\nlatent = 3\nwidth = 2\ncritic_width = 2\n"
                   "[validation]\nimages = 6\n[samples]\ninterval = 0\n";
        command("train wgan-gp --input " + at("train.toml") + " --output " + at("gan"));
        std::ofstream(folder / "deck.toml")
            << "seed = 5\nthreads = 1\nbatch = 4\nimages = 20\nlags = 5\nweights = '" + at("gan/last.h5") +
                   "'\n[cake]\nsize = 32\ntime = [0.1, 0.1]\n[filter]\nwavelength = 0.5\n[noise]\nimages = 2\n"
                   "fit_steps = 3\n[sampling]\nladders = 2\ntemperatures = 2\nburn_in = 6\nsweeps = 30\n";
    }
    static void TearDownTestSuite() { std::filesystem::remove_all(folder); }
    static std::string at(const std::string& name) { return (folder / name).string(); }
    static Outcome run(const std::string& program, const std::string& output, const std::string& more = "") {
        return shell(
            undrawn(folder, program) + " invert --input " + at("deck.toml") + " --output " + at(output) + " " + more,
            folder);
    }
    /// Whether two files hold the same bits; NaN is what cannot be told.
    static ::testing::AssertionResult same(const std::filesystem::path& a, const std::filesystem::path& b) {
        const auto first = numbers_of(a), second = numbers_of(b);
        if (first.size() != second.size()) return ::testing::AssertionFailure() << "other datasets";
        for (const auto& [name, values] : first) {
            const auto there = second.find(name);
            if (there == second.end() || there->second.size() != values.size())
                return ::testing::AssertionFailure() << name << " is missing or of another size";
            if (std::memcmp(values.data(), there->second.data(), values.size() * sizeof(double)) != 0)
                return ::testing::AssertionFailure() << name << " differs";
        }
        return ::testing::AssertionSuccess();
    }
    static inline std::filesystem::path folder;
};

TEST_F(Invert, TheSameChainsAndImagesOnAnyNumberOfRanks) {
    for (const std::string proposal : {"pcn", "infinity_mala"}) {
        const std::string more = "--set line.points=5 --set line.directions=2 --set sampling.proposal=" + proposal;
        ASSERT_EQ(run(binary, "1" + proposal, more).code, 0);
        const auto samples = numbers_of(folder / ("1" + proposal) / "posterior_00.h5");
        EXPECT_EQ(samples.at("/posterior/samples").size(), 2u * 30 * 3);
        for (const int ranks : {2, 4}) {
            const std::string name = std::to_string(ranks) + proposal;
            const auto o = run(on_ranks(ranks), name, more);
            ASSERT_EQ(o.code, 0) << o.err;
            for (const char* file : {"posterior_00.h5", "result.h5"})
                EXPECT_TRUE(same(folder / name / file, folder / ("1" + proposal) / file)) << name;
        }
    }
}

TEST_F(Invert, StoppedItGoesOnToTheSameSamples) {
    const std::string more =
        "--set wavelengths=[0.5,1] --set noise.scale=ensemble --set noise.ensemble=8 --set "
        "noise.observation=0.3 ";
    ASSERT_EQ(run(binary, "whole", more).code, 0);
    const auto stopped = run(on_ranks(2), "parts", more + "--max-walltime 00:00:00");
    ASSERT_EQ(stopped.code, 75) << stopped.err;
    for (int again = 0; again < 3; ++again) {
        const int code = run(binary, "parts", more + "--max-walltime 00:00:00").code;
        if (code == 0) break;
        ASSERT_EQ(code, 75);
    }
    ASSERT_EQ(run(on_ranks(2), "parts", more).code, 0);
    for (const char* file : {"posterior_00.h5", "posterior_01.h5", "result.h5"})
        EXPECT_TRUE(same(folder / "parts" / file, folder / "whole" / file)) << file;
    for (const char* file : {"chains_00.h5", "chains_01.h5", "checkpoint.h5"})
        EXPECT_FALSE(std::filesystem::exists(folder / "parts" / file)) << file << " was for restarts";
}

TEST_F(Invert, GroupsOfRanksShareTheInversions) {
    const std::string more = "--set target.count=3 ";
    ASSERT_EQ(run(binary, "one", more).code, 0);
    const auto o = run(on_ranks(3), "groups", more + "--set groups=2");  // two ranks and one, one target and two
    ASSERT_EQ(o.code, 0) << o.err;
    for (const char* file : {"posterior_00.h5", "posterior_01.h5", "posterior_02.h5", "result.h5"})
        EXPECT_TRUE(same(folder / "groups" / file, folder / "one" / file)) << file;
}

TEST_F(Invert, EveryProductOfTwoTargets) {
    const auto o =
        run(binary, "two", "--set target.count=2 --set climbs=3 --set training.file=" + at("cakes/result.h5"));
    ASSERT_EQ(o.code, 0) << o.err;
    for (const char* file :
         {"report.html", "inversions.csv", "images_00.gp", "samples_01.gp", "data_00.gp", "spectra_00.gp",
          "marginals_01.gp", "pairs_00.gp", "log_posterior_00.gp", "autocorrelation_00.gp", "levels_00.csv",
          "latents_01.csv", "errors_00.csv", "modes_00.gp", "modes_01.csv"})
        EXPECT_TRUE(std::filesystem::exists(folder / "two" / file)) << file;
    const auto result = numbers_of(folder / "two/result.h5");
    EXPECT_EQ(result.at("/pixel_deviation").size(), 2u * 32 * 32);
    EXPECT_EQ(result.at("/latent_covariance").size(), 2u * 3 * 3);
    EXPECT_EQ(result.at("/sample_images").size(), 2u * 10 * 32 * 32);
    EXPECT_NE(std::vector<double>(result.at("/target").begin(), result.at("/target").begin() + 1024),
              std::vector<double>(result.at("/target").begin() + 1024, result.at("/target").end()));
    // The noise alone leaves a χ² per datum of σ_o²/σ² < 1.
    for (const double misfit : result.at("/misfit_of_target")) EXPECT_LT(misfit, 1);
    // The mean of the pixels is that of the samples' images.
    const auto& mean = result.at("/pixel_mean");
    for (const double value : mean) EXPECT_TRUE(value >= 0 && value <= 1) << value;
    // The warning names the inversions whose chains have not converged, and no other; the summary tells it.
    const auto& r_hat = result.at("/largest_r_hat");
    for (std::size_t k = 0; k < 2; ++k) {
        const bool named = (o.out + o.err).find(" of cake " + std::to_string(k) + ", λ0 = 0.5 L") != std::string::npos;
        EXPECT_EQ(named, !(r_hat[k] < 1.05)) << o.err;
    }
    EXPECT_EQ(text_of(folder / "two/summary.json").find("not converged") == std::string::npos,
              r_hat[0] < 1.05 && r_hat[1] < 1.05);
}

TEST_F(Invert, LinesLeadThroughTheModeAndThroughTheTarget) {
    const auto o = run(binary, "line", "--set line.points=21 --set line.directions=3 --set line.length=1.5");
    ASSERT_EQ(o.code, 0) << o.err;
    for (const char* file : {"line_00.gp", "line_images_00.gp", "line_00.csv"})
        EXPECT_TRUE(std::filesystem::exists(folder / "line" / file)) << file;
    const auto result = numbers_of(folder / "line/result.h5");
    const auto& positions = result.at("/line/position");
    ASSERT_EQ(positions.size(), 21u);
    EXPECT_EQ(positions[0], -0.75);
    EXPECT_EQ(positions[10], 0);
    // Nine images, the fifth of them the middle.
    const auto middle = [&](const std::string& way) {
        const auto& images = result.at("/line/" + way + "_images");
        EXPECT_EQ(images.size(), 9u * 1024);
        return std::vector<double>(images.begin() + 4 * 1024, images.begin() + 5 * 1024);
    };
    EXPECT_EQ(middle("simulator"), result.at("/target")) << "the target's inputs make the target";
    EXPECT_EQ(middle("generator"), result.at("/image_of_mode"));
    const double data = 6 * 4 * 4;
    for (const auto& [way, fit] :
         {std::pair{"simulator", "/misfit_of_target"}, std::pair{"generator", "/misfit_of_mode"}}) {
        const std::string of = std::string("/line/") + way;
        const auto &misfit = result.at(of + "_misfit"), &far = result.at(of + "_difference_from_middle"),
                   &step = result.at(of + "_difference_from_last");
        ASSERT_EQ(misfit.size(), 3u * 21);
        const double expected = result.at(fit)[0] * data / 2;
        for (std::size_t first = 0; first < misfit.size(); first += 21) {
            EXPECT_NEAR(misfit[first + 10], expected, 1e-5 * expected) << way;
            EXPECT_EQ(far[first + 10], 0);
            EXPECT_GT(far[first], 0);
            EXPECT_TRUE(std::isnan(step[first]));
            EXPECT_EQ(step[first + 10], far[first + 9]) << "the step to the middle is the distance to it";
            EXPECT_EQ(step[first + 11], far[first + 11]);
        }
        EXPECT_NE(misfit[0], misfit[21]) << "directions differ";
        for (const double variation : result.at(of + "_relative_variation")) EXPECT_GE(variation, 1) << way;
    }
}

TEST_F(Invert, NumbersOfOtherRunsStandBeside) {
    ASSERT_EQ(run(binary, "other", "--set data=isotropic --set climbs=2").code, 0);
    const auto o = run(binary, "here", "--set beside=" + at("other/result.h5"));
    ASSERT_EQ(o.code, 0) << o.err;
    std::ifstream csv(folder / "here/inversions.csv");
    const std::string table((std::istreambuf_iterator<char>(csv)), {});
    EXPECT_NE(table.find("\"pcn, 2 × 2 temperatures, six components\""), std::string::npos) << table;
    EXPECT_NE(table.find("other: cake 0,0.5,\"pcn, 2 × 2 temperatures, C11\""), std::string::npos) << table;
    const auto numbers = numbers_of(folder / "other/result.h5");
    EXPECT_LE(numbers.at("/modes").at(0), 2);
    EXPECT_GE(numbers.at("/long_waves_found").at(0), -1);
    EXPECT_LE(numbers.at("/long_waves_found").at(0), 1);
    const auto wrong = run(binary, "wrong_beside", "--set beside=" + at("cakes/result.h5"));
    EXPECT_EQ(wrong.code, 2) << wrong.err;
    EXPECT_NE(wrong.err.find("cakes/result.h5: no dataset"), std::string::npos) << wrong.err;
}

TEST_F(Invert, StiffnessOfHomogeniseIsATarget) {
    const std::string images = "\"images.images=['" + at("cakes/result.h5") + ":/phase[3]']\"";
    const auto tomography = [&](const std::string& name, const std::string& wavelength) {
        const auto o = shell(undrawn(folder, binary) +
                                 " homogenise --set grid=half_wavelength --set filter.wavelength=" + wavelength +
                                 " --set " + images + " --output " + at(name),
                             folder);
        ASSERT_EQ(o.code, 0) << o.err;
    };
    tomography("right", "0.5");
    const std::string stiffness = "--set target.kind=stiffness --set target.file=";
    const auto o = run(binary, "stiffness", stiffness + at("right/result.h5"));
    ASSERT_EQ(o.code, 0) << o.err;
    EXPECT_EQ(numbers_of(folder / "stiffness/result.h5").at("/inversion_00/observed").size(), 6u * 16);
    tomography("wrong", "0.25");
    const auto off = run(binary, "off", stiffness + at("wrong/result.h5"));
    EXPECT_EQ(off.code, 2) << off.err;
    EXPECT_NE(off.err.find("8 × 8 points"), std::string::npos) << off.err;
    EXPECT_NE(off.err.find("4 × 4"), std::string::npos) << off.err;
}

TEST_F(Invert, WhatCannotBeIsRefusedWithBothNumbers) {
    const auto refused = [&](const std::string& more, const std::string& first, const std::string& second) {
        const auto o = run(binary, "refused", more);
        EXPECT_EQ(o.code, 2) << more << o.out << o.err;
        EXPECT_NE(o.err.find(first), std::string::npos) << o.err;
        EXPECT_NE(o.err.find(second), std::string::npos) << o.err;
    };
    refused("--set cake.size=64", "64 × 64", "32 × 32");
    refused("--set noise.observation=0 --set noise.generator=0", "σ_o = 0", "σ_G = 0");
    refused("--set filter.wavelength=0.01", "0.01", "0.03125");
    refused("--set filter.wavelength=2", "2", "above the box, 1");
    refused("--set target.count=2 --set target.kind=image --set target.file=" + at("deck.toml"), "target.count = 2",
            "cakes");
    refused("--set line.points=4", "points = 4", "odd");
    refused("--set line.points=5 --set target.kind=image --set target.file=" + at("deck.toml"), "line.points = 5",
            "target.kind = 'image'");
    refused(
        "--set line.points=5 --set cake.centre_x=[0.5,0.5] --set cake.centre_y=[0.5,0.5] --set cake.A=[1,1] --set "
        "cake.B=[1,1] --set cake.f_a=[1,1] --set cake.f_b=[1,1] --set cake.phi_a=[1,1] --set cake.phi_b=[1,1]",
        "low = high", "low < high");
    refused("--set groups=2", "groups = 2", "1 inversions");
    refused("--set target.count=3 --set groups=2", "groups = 2", "1 ranks");
    refused("--set weights=''", "weights is not set", "--check");
}

TEST_F(Invert, CheckTellsHoursFromAMeasuredRateWithoutWeights) {
    const auto o = run(binary, "check",
                       "--check --set weights='' --set network.image_size=32 --set network.latent=3 --set "
                       "network.width=2 --set network.variant=mantle");
    ASSERT_EQ(o.code, 0) << o.err;
    for (const char* word : {"evaluations/s", "hours", "memory", "untrained"})
        EXPECT_NE(o.out.find(word), std::string::npos) << word << " in: " << o.out;
    EXPECT_FALSE(std::filesystem::exists(folder / "check"));
}

}  // namespace
}  // namespace protolith::program
