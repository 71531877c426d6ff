#include "train/batches.hpp"

#include "base/error.hpp"
#include "train/draws.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

namespace protolith::train {
namespace {

/// Images whose every pixel names the image and its place: 100 · image + pixel.
Samples numbered(std::size_t count, std::int64_t rows, std::int64_t columns, std::int64_t channels = 1) {
    const Shape shape{rows, columns, channels};
    return {count, shape, [shape](std::size_t k, float* image) {
                for (std::int64_t i = 0; i < shape.elements(); ++i) image[i] = static_cast<float>(100 * k + i);
            }};
}

std::vector<float> loaded(Batches& batches, std::uint64_t update) {
    std::vector<float> values(static_cast<std::size_t>(batches.shape().elements()));
    batches.load(update, values);
    return values;
}

TEST(Dihedral, TheEightImagesOfAnAsymmetricSquareDiffer) {
    const std::vector<float> square{1, 2, 3, 4, 5, 6, 7, 8, 9};
    std::set<std::vector<float>> images;
    for (unsigned g = 0; g < 8; ++g) {
        std::vector<float> image(9);
        apply_symmetry(g, square.data(), 3, 3, 1, image.data());
        images.insert(image);
    }
    EXPECT_EQ(images.size(), 8u);
}

TEST(Dihedral, ElementsAreWhatTheySay) {
    const std::vector<float> image{1, 2, 3, 4, 5, 6};  // 2 × 3
    std::vector<float> out(6);
    apply_symmetry(0, image.data(), 2, 3, 1, out.data());
    EXPECT_EQ(out, image);
    apply_symmetry(1, image.data(), 2, 3, 1, out.data());
    EXPECT_EQ(out, (std::vector<float>{3, 2, 1, 6, 5, 4}));
    apply_symmetry(2, image.data(), 2, 3, 1, out.data());
    EXPECT_EQ(out, (std::vector<float>{4, 5, 6, 1, 2, 3}));
    const std::vector<float> square{1, 2, 3, 4}, two_channels{1, -1, 2, -2, 3, -3, 4, -4};
    std::vector<float> transposed(4), channels(8);
    apply_symmetry(4, square.data(), 2, 2, 1, transposed.data());
    EXPECT_EQ(transposed, (std::vector<float>{1, 3, 2, 4}));
    apply_symmetry(4, two_channels.data(), 2, 2, 2, channels.data());
    EXPECT_EQ(channels, (std::vector<float>{1, -1, 3, -3, 2, -2, 4, -4})) << "channels stay together";
    EXPECT_THROW(apply_symmetry(4, image.data(), 2, 3, 1, out.data()), Error);
}

TEST(Batches, TwoRanksLoadTogetherWhatOneDoes) {
    Batches whole(numbered(7, 3, 3), 11, 4, {0, 4}, Symmetry::square),
        first(numbered(7, 3, 3), 11, 4, {0, 2}, Symmetry::square),
        second(numbered(7, 3, 3), 11, 4, {2, 4}, Symmetry::square);
    for (std::uint64_t update : {0, 1, 2, 17}) {
        auto parts = loaded(first, update);
        const auto rest = loaded(second, update);
        parts.insert(parts.end(), rest.begin(), rest.end());
        EXPECT_EQ(loaded(whole, update), parts) << update;
    }
}

TEST(Batches, WithoutAugmentationImagesComeAsTheyAreStored) {
    Batches batches(numbered(5, 2, 3), 3, 5, {0, 5}, Symmetry::none);
    EXPECT_EQ(batches.shape(), (Shape{5, 2, 3, 1}));
    const auto values = loaded(batches, 0);
    std::set<float> images;
    for (std::size_t k = 0; k < 5; ++k) {
        images.insert(values[k * 6]);
        for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(values[k * 6 + i], values[k * 6] + static_cast<float>(i));
    }
    EXPECT_EQ(images, (std::set<float>{0, 100, 200, 300, 400})) << "an epoch is one batch";
}

TEST(Batches, ABatchLargerThanTheSetAndABatchOfOneWork) {
    Batches large(numbered(2, 1, 1), 3, 5, {0, 5}, Symmetry::square),
        one(numbered(3, 1, 1), 3, 1, {0, 1}, Symmetry::none);
    const auto values = loaded(large, 0);
    EXPECT_EQ(std::count(values.begin(), values.begin() + 4, 0.0F), 2) << "two epochs hold each image twice";
    std::set<float> seen;
    for (std::uint64_t update = 0; update < 3; ++update) seen.insert(loaded(one, update)[0]);
    EXPECT_EQ(seen.size(), 3u);
}

TEST(Batches, AllSymmetriesOccurAndOnlyThoseOfASquareMaySwapRowsAndColumns) {
    Batches batches(numbered(1, 3, 3), 1, 64, {0, 64}, Symmetry::square),
        mirrored(numbered(1, 3, 3), 1, 64, {0, 64}, Symmetry::mirrors);
    const auto kinds = [&](Batches& from) {
        const auto values = loaded(from, 0);
        std::set<std::vector<float>> images;
        for (std::size_t k = 0; k < 64; ++k)
            images.insert({values.begin() + static_cast<std::ptrdiff_t>(9 * k),
                           values.begin() + static_cast<std::ptrdiff_t>(9 * k + 9)});
        return images.size();
    };
    EXPECT_EQ(kinds(batches), 8u);
    EXPECT_EQ(kinds(mirrored), 4u);
    EXPECT_THROW(Batches(numbered(1, 2, 3), 1, 4, {0, 4}, Symmetry::square), InputError);
}

TEST(Draws, ItemsAndUpdatesHavePlacesOfTheirOwn) {
    Queue queue;
    const auto draw = [&](std::uint64_t update, ItemRange mine) {
        return normal_draws(queue, DataType::float64, 4, RandomPurpose::test, update, mine, {3}).to_doubles();
    };
    auto parts = draw(8, {0, 3});
    const auto rest = draw(8, {3, 5});
    parts.insert(parts.end(), rest.begin(), rest.end());
    EXPECT_EQ(draw(8, {0, 5}), parts);
    std::set<double> values(parts.begin(), parts.end());
    for (const double v : draw(9, {0, 5})) values.insert(v);
    EXPECT_EQ(values.size(), 30u) << "no number is drawn twice";
    std::vector<float> floats(9), uniform(6);
    draw_normal(4, RandomPurpose::test, 8, {0, 3}, floats);
    for (std::size_t i = 0; i < floats.size(); ++i) EXPECT_EQ(floats[i], static_cast<float>(parts[i]));
    draw_uniform(4, RandomPurpose::test, 0, {0, 3}, uniform);
    EXPECT_EQ(std::set<float>(uniform.begin(), uniform.end()).size(), 6u);
    for (const float value : uniform) EXPECT_TRUE(value >= 0 && value < 1);
}

}  // namespace
}  // namespace protolith::train
