// Batches, precisions, threads, instruction sets and refusals of the homogeniser.
#include "base/error.hpp"
#include "cases.hpp"
#include "volume/simd_targets.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace protolith::elastic {
namespace {

HomogeniserSettings two_steps(std::size_t side) {
    HomogeniserSettings settings;
    settings.image = {1, side, side};
    return settings;
}

template <class T>
std::vector<T> cakes(std::size_t side, std::size_t count) {
    std::vector<T> images;
    for (std::size_t i = 0; i < count; ++i) {
        const auto image = marble_cake_image<T>(side, static_cast<std::uint32_t>(i));
        images.insert(images.end(), image.begin(), image.end());
    }
    return images;
}

template <class T>
std::vector<T> batch_of(const HomogeniserSettings& settings, const std::vector<T>& images) {
    const Homogeniser<T> homogeniser(settings);
    const std::size_t count = images.size() / homogeniser.image_size();
    std::vector<T> tensors(count * homogeniser.data_size());
    homogeniser.tensors(images.data(), count, tensors.data());
    return tensors;
}

template <class T>
void expect_place_does_not_matter() {
    const std::size_t side = 32, count = 23;
    const auto images = cakes<T>(side, count);
    HomogeniserSettings settings = two_steps(side);
    const auto together = batch_of(settings, images);
    settings.threads = 2;
    EXPECT_EQ(batch_of(settings, images), together) << "two threads";
    const std::size_t size = together.size() / count;
    for (const std::size_t i : {0, 1, 5, 15, 16, 22}) {
        const std::vector<T> image(images.begin() + i * side * side, images.begin() + (i + 1) * side * side);
        const std::vector<T> part(together.begin() + i * size, together.begin() + (i + 1) * size);
        EXPECT_EQ(tensors_of<T>(settings, image), part) << "image " << i << " alone";
    }
}

TEST(Batches, GiveEveryImageWhatItGetsAlone) {
    expect_place_does_not_matter<float>();
    expect_place_does_not_matter<double>();
}

TEST(Steps, TwoAreWithinAThousandthOfTheVariationInSinglePrecision) {
    const auto images = cakes<float>(128, 8);
    const Homogeniser<float> fast(two_steps(128));
    const Homogeniser<double> exact(converged(128, 0.2, 1e-10));
    ASSERT_EQ(fast.grid(), (OutputGrid{10, 10}));
    std::vector<float> found(8 * fast.data_size());
    std::vector<double> known(8 * exact.data_size());
    fast.tensors(images.data(), 8, found.data());
    const std::vector<double> same(images.begin(), images.end());
    exact.tensors(same.data(), 8, known.data());
    for (std::size_t i = 0; i < 8; ++i) {
        const std::vector<float> f(found.begin() + i * 600, found.begin() + (i + 1) * 600);
        const std::vector<double> k(known.begin() + i * 600, known.begin() + (i + 1) * 600);
        EXPECT_LT(relative_to_variation(f, k, 100), 1e-3) << i;
    }
}

TEST(Tolerance, IsReachedAndSaid) {
    const auto image = marble_cake_image<double>(64, 1);
    double before = 1;
    for (const double tolerance : {1e-2, 1e-4, 1e-8, 1e-12}) {
        const Homogeniser<double> homogeniser(converged(64, 0.25, tolerance));
        std::vector<double> tensors(homogeniser.data_size());
        const auto end = homogeniser.tensors(image.data(), 1, tensors.data());
        EXPECT_LE(end.residual, tolerance);
        EXPECT_LT(end.steps, 40u);
        const auto exact = tensors_of(converged(64, 0.25), image);
        const double error = relative_to_variation(tensors, exact, homogeniser.grid().points());
        EXPECT_LT(error, 20 * tolerance);
        EXPECT_LT(error, before);
        before = error;
    }
}

TEST(SinglePrecision, ConvergesToItsRounding) {
    HomogeniserSettings settings = converged(64, 0.25, 1e-6);
    const auto single = tensors_of<float>(settings, marble_cake_image<float>(64, 1));
    const auto twice = tensors_of(converged(64, 0.25), marble_cake_image<double>(64, 1));
    for (std::size_t i = 0; i < twice.size(); ++i) EXPECT_NEAR(single[i], twice[i], 1e-3) << i;
}

TEST(Simd, EveryInstructionSetGivesTheSameTensors) {
    const auto images = cakes<float>(32, 6);
    const auto best = batch_of(two_steps(32), images);
    for (const char* name : {"avx2", "sse4", "scalar"}) {
        restrict_simd(name);
        const auto found = batch_of(two_steps(32), images);
        restrict_simd("best");
        for (std::size_t i = 0; i < best.size(); ++i) ASSERT_NEAR(found[i], best[i], 2e-3) << name << " " << i;
    }
}

TEST(Grid, FullOutputContainsTheCoarseOne) {
    // Odd multiples: the centre of a coarse cell is that of a fine one.
    HomogeniserSettings settings = converged(32, 0.25, 1e-10);
    settings.grid = {8, 8};
    const auto image = marble_cake_image<double>(32, 4);
    const auto coarse = tensors_of(settings, image);
    settings.grid = {24, 24};
    const auto fine = tensors_of(settings, image);
    for (std::size_t c = 0; c < tensor_components; ++c)
        for (std::size_t y = 0; y < 8; ++y)
            for (std::size_t x = 0; x < 8; ++x)
                EXPECT_NEAR(fine[(c * 24 + 3 * y + 1) * 24 + 3 * x + 1], coarse[(c * 8 + y) * 8 + x], 1e-11);
    settings.grid = {32, 32};
    EXPECT_EQ(tensors_of(settings, image).size(), tensor_components * 32u * 32u);
}

TEST(Images, MayBeRectangularAndTurn) {
    // 32 × 48 pixels and the same image on its side: axes 1 and 2 change places.
    HomogeniserSettings wide = converged(1, 0.25), tall = wide;
    wide.image = {1, 32, 48};
    tall.image = {1, 48, 32};
    tall.filter.wavelength = 0.25 * 48 / 32;  // the same length
    const auto image = noise<double>(32 * 48, 8, true);
    std::vector<double> turned(image.size());
    for (std::size_t y = 0; y < 32; ++y)
        for (std::size_t x = 0; x < 48; ++x) turned[x * 32 + y] = image[y * 48 + x];
    const auto a = tensors_of(wide, image), b = tensors_of(tall, turned);
    ASSERT_EQ(half_wavelength_grid(wide.image, wide.filter), (OutputGrid{5, 8}));
    ASSERT_EQ(a.size(), b.size());
    const std::array<std::size_t, tensor_components> partner{1, 0, 2, 3, 5, 4};
    for (std::size_t c = 0; c < tensor_components; ++c)
        for (std::size_t y = 0; y < 5; ++y)
            for (std::size_t x = 0; x < 8; ++x)
                EXPECT_NEAR(a[(c * 5 + y) * 8 + x], b[(partner[c] * 8 + x) * 5 + y], 1e-10) << c;
}

TEST(NaN, StaysInItsImage) {
    auto images = cakes<float>(32, 5);
    const auto clean = batch_of(two_steps(32), images);
    images[2 * 32 * 32 + 77] = std::numeric_limits<float>::quiet_NaN();
    const auto found = batch_of(two_steps(32), images);
    const std::size_t size = clean.size() / 5;
    for (std::size_t i = 0; i < clean.size(); ++i) {
        const bool spoilt = i / size == 2;
        ASSERT_EQ(std::isnan(found[i]), spoilt) << i;
        if (!spoilt) {
            ASSERT_EQ(found[i], clean[i]) << i;
        }
    }
}

void expect_refusal(const HomogeniserSettings& settings, std::initializer_list<const char*> words) {
    try {
        const Homogeniser<float> homogeniser(settings);
        ADD_FAILURE() << "accepted";
    } catch (const InputError& error) {
        for (const char* word : words)
            EXPECT_NE(std::string(error.what()).find(word), std::string::npos) << error.what();
    }
}

TEST(Settings, ThatCannotBeUsedAreRefusedWithTheirNumbers) {
    HomogeniserSettings settings = two_steps(100);
    settings.filter.wavelength = 0.005;
    expect_refusal(settings, {"0.005", "0.01"});
    settings.filter.wavelength = 1.5;
    expect_refusal(settings, {"1.5", "1"});
    settings = two_steps(64);
    settings.filter.pass = 2;
    expect_refusal(settings, {"2", "1"});
    settings = two_steps(64);
    settings.image = {2, 64, 64};
    expect_refusal(settings, {"2 × 64 × 64"});
    settings = two_steps(64);
    settings.medium.one.mu = -3;
    expect_refusal(settings, {"-3"});
    settings = two_steps(64);
    settings.solver.steps = 0;
    expect_refusal(settings, {"at least one"});
    settings = two_steps(64);
    settings.grid = {3, 0};
    expect_refusal(settings, {"3 × 0"});
}

TEST(Transforms, SayWhetherFftwServes) {
    EXPECT_TRUE(Homogeniser<float>(two_steps(64)).own_transforms());
    EXPECT_FALSE(Homogeniser<float>(two_steps(60)).own_transforms());
}

}  // namespace
}  // namespace protolith::elastic
