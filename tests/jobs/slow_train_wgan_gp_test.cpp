// A training that is worth the name, of two minutes on two cores: generated images come to look like the rock.
#include "networks.hpp"

#include <algorithm>

namespace protolith::program {
namespace {

TEST(TrainWganGpForTwoMinutes, LowersTheErrorOfTheTwoPointCorrelationTenfold) {
    const auto folder = fresh_folder("slow_train");
    std::ofstream(folder / "deck.toml")
        << "seed = 1\nsteps = 400\nbatch = 32\nlearning_rate = 4e-4\nthreads = 1\n[data]\nimages = ['" + inputs +
               "/data/sandstone_256.png']\n[network]\nimage_size = 32\nlatent = 32\n"
               "width = 8\ncritic_width = 8\n[validation]\ninterval = 50\n[samples]\ninterval = 0\n";
    const auto o = shell(on_ranks(2) + " train wgan-gp --input " + (folder / "deck.toml").string() + " --output " +
                             (folder / "run").string(),
                         folder);
    ASSERT_EQ(o.code, 0) << o.out << o.err;
    const auto errors = numbers_of(folder / "run/result.h5").at("/S2_error");
    EXPECT_LT(*std::min_element(errors.begin(), errors.end()), errors.front() / 10);
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace protolith::program
