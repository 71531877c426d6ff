// `protolith generate` from outside: image k whatever the ranks and the batch, larger images, weights that cannot be
// used.
#include "networks.hpp"

#include <algorithm>

namespace protolith::program {
namespace {

/// One tiny training for all tests of this file.
class Generate : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        folder = fresh_folder("generate");
        std::ofstream(folder / "train.toml") << tiny_training();
        const auto o = shell(undrawn(folder, binary) + " train wgan-gp --input " + (folder / "train.toml").string() +
                                 " --output " + (folder / "gan").string(),
                             folder);
        ASSERT_EQ(o.code, 0) << o.out << o.err;
        std::ofstream(folder / "deck.toml") << "seed = 5\ncount = 7\nbatch = 3\ngrey = true\nthreads = 1\nweights = '" +
                                                   (folder / "gan/best.h5").string() + "'\n";
    }
    static void TearDownTestSuite() { std::filesystem::remove_all(folder); }
    static Outcome run(const std::string& program, const std::string& output, const std::string& more = "") {
        return shell(undrawn(folder, program) + " generate --input " + (folder / "deck.toml").string() + " --output " +
                         (folder / output).string() + " " + more,
                     folder);
    }
    static std::vector<double> grey_of(const std::string& output) {
        return numbers_of(folder / output / "result.h5").at("/grey");
    }
    static inline std::filesystem::path folder;
};

TEST_F(Generate, ImageKIsTheSameOnAnyNumberOfRanksAndInAnyBatch) {
    ASSERT_EQ(run(binary, "1").code, 0);
    const auto one = numbers_of(folder / "1/result.h5");
    EXPECT_EQ(one.at("/phase").size(), 7u * 32 * 32);
    for (const int ranks : {2, 4}) {
        ASSERT_EQ(run(on_ranks(ranks), std::to_string(ranks)).code, 0);
        EXPECT_EQ(numbers_of(folder / std::to_string(ranks) / "result.h5"), one) << ranks;
    }
    for (const char* batch : {"1", "2", "7", "100"}) {
        const std::string output = std::string("batch") + batch;
        ASSERT_EQ(run(binary, output, std::string("--set batch=") + batch).code, 0);
        EXPECT_EQ(numbers_of(folder / output / "result.h5"), one) << batch;
    }
}

TEST_F(Generate, MoreImagesBeginWithTheSameOnes) {
    ASSERT_EQ(run(binary, "few", "--set count=2").code, 0);
    ASSERT_EQ(run(binary, "many", "--set count=5").code, 0);
    const auto few = grey_of("few"), many = grey_of("many");
    EXPECT_TRUE(std::equal(few.begin(), few.end(), many.begin()));
    EXPECT_FALSE(std::equal(many.begin(), many.begin() + 1024, many.begin() + 1024)) << "images differ";
    ASSERT_EQ(run(binary, "seed", "--set count=2 --set seed=6").code, 0);
    EXPECT_NE(grey_of("seed"), few);
}

TEST_F(Generate, LargerLatentsGiveLargerImages) {
    ASSERT_EQ(run(binary, "large", "--set latent_extent=[2,5] --set count=2").code, 0);
    const io::FileReader file(folder / "large/result.h5");
    EXPECT_EQ(file.info("/phase").shape, (io::Shape{2, 40, 64}));
    const auto o = run(binary, "largest", "--set latent_extent=[1,1,1]");
    EXPECT_EQ(o.code, 2) << o.err;
}

TEST_F(Generate, PicturesPathsNeighboursAndDescriptors) {
    std::ofstream(folder / "full.toml") << "count = 5\nweights = '" + (folder / "gan/best.h5").string() +
                                               "'\n[interpolation]\npaths = 2\nsteps = 3\n[nearest]\nimages = 2\n"
                                               "symmetry = 'mirrors'\n[data]\nimages = ['" +
                                               inputs + "/data/sandstone_256.png']\n";
    const auto o = shell(on_ranks(2) + " generate --input " + (folder / "full.toml").string() + " --output " +
                             (folder / "full").string(),
                         folder);
    ASSERT_EQ(o.code, 0) << o.out << o.err;
    for (const char* file : {"images.png", "interpolation.png", "nearest.png", "nearest.csv", "report.html",
                             "correlation_functions.png", "mean_square_error.csv", "numbers.csv"})
        EXPECT_TRUE(std::filesystem::exists(folder / "full" / file)) << file;
    const auto result = numbers_of(folder / "full/result.h5");
    EXPECT_EQ(result.at("/nearest_sample").size(), 2u);
    for (const double share : result.at("/nearest_difference")) {
        EXPECT_GE(share, 0);
        EXPECT_LT(share, 0.5) << "some window or its mirror image agrees in more than half of the pixels";
    }
}

TEST_F(Generate, StoppedItGoesOnToTheSameImages) {
    ASSERT_EQ(run(binary, "whole", "--set count=40 --set batch=1").code, 0);
    const auto stopped = run(binary, "parts", "--set count=40 --set batch=1 --max-walltime 00:00:00");
    ASSERT_EQ(stopped.code, 75) << stopped.err;
    ASSERT_EQ(run(on_ranks(2), "parts", "--set count=40 --set batch=1").code, 0);
    EXPECT_EQ(numbers_of(folder / "parts/result.h5"), numbers_of(folder / "whole/result.h5"));
}

TEST_F(Generate, WeightsThatCannotBeUsedAreRefused) {
    const auto refused = [&](const std::string& file, const std::string& word) {
        const auto o = run(binary, "refused", "--set weights=" + file);
        EXPECT_EQ(o.code, 2) << o.out << o.err;
        EXPECT_NE(o.err.find(word), std::string::npos) << word << " in: " << o.err;
    };
    refused((folder / "gan/result.h5").string(), "a result file");
    refused((folder / "absent.h5").string(), "no such file");
    const auto truncated = folder / "truncated.h5";
    std::filesystem::copy_file(folder / "gan/best.h5", truncated);
    std::filesystem::resize_file(truncated, std::filesystem::file_size(truncated) / 2);
    refused(truncated.string(), "truncated.h5");
    const auto memory = run(binary, "refused", "--set memory=0.0001");
    EXPECT_EQ(memory.code, 2) << memory.err;
    EXPECT_NE(memory.err.find("may take"), std::string::npos) << memory.err;
    const auto neighbours = run(binary, "refused", "--set nearest.images=1");
    EXPECT_EQ(neighbours.code, 2);
    EXPECT_NE(neighbours.err.find("[data]"), std::string::npos) << neighbours.err;
}

}  // namespace
}  // namespace protolith::program
