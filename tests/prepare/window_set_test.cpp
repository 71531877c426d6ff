// Claims about training sets: read from memory or from disk, an item is the stored image scaled to −1 … 1; what cannot
// be trained on is refused with file, dataset, place and value.
#include "prepare/window_set.hpp"

#include "../io/image_files.hpp"
#include "../io/one_process.hpp"
#include "../io/temporary_folder.hpp"
#include "io/result_file.hpp"

namespace protolith::prepare {
namespace {

using protolith::test::expect_input_error;

class WindowSetTest : public ::testing::Test {
  protected:
    /// A file with one dataset of the given shape.
    template <class T>
    std::filesystem::path write(const std::string& dataset, const io::Shape& shape, const std::vector<T>& values,
                                const io::AttributeList& attributes = {}, bool complete = true) {
        const auto path = folder / "set.h5";
        auto file = io::ResultFile::create(io::one_process(), path, io::describe_run(io::one_process()));
        std::vector<std::string> axes{"image", "y", "x", "channel"};
        axes.resize(shape.size());
        for (std::size_t a = 0; a < shape.size(); ++a) file.dimension(axes[a], shape[a], axes[a]);
        file.write(dataset, axes, values, {"1", "", attributes});
        if (!complete) {
            file.file().close();
            return folder / "set.h5.tmp";
        }
        file.complete();
        return path;
    }
    static std::vector<float> item(const WindowSet& set, std::size_t i) {
        std::vector<float> values(set.item_size());
        set.read(i, values.data());
        return values;
    }
    io::TemporaryFolder folder;
    static constexpr WindowSetOptions on_disk{.dataset = "", .range = {}, .memory_limit = 0};
};

const std::vector<std::uint8_t> three_images{0, 1, 1, 0, 0, 1, /**/ 1, 1, 1, 1, 1, 1, /**/ 0, 0, 0, 0, 0, 1};

TEST_F(WindowSetTest, PhasesBecomeMinusOneAndOneInMemoryAndOnDisk) {
    const auto path = write<std::uint8_t>("phase", {3, 2, 3}, three_images);
    for (const auto& options : {WindowSetOptions{}, on_disk}) {
        const WindowSet set(path, options);
        EXPECT_EQ(set.in_memory(), options.memory_limit > 0);
        EXPECT_EQ(set.count(), 3u);
        EXPECT_EQ(set.rows(), 2u);
        EXPECT_EQ(set.columns(), 3u);
        EXPECT_EQ(set.channels(), 1u);
        EXPECT_EQ(set.range(), (std::pair{0.0, 1.0}));
        EXPECT_EQ(item(set, 0), (std::vector<float>{-1, 1, 1, -1, -1, 1}));
        const std::vector<std::size_t> wanted{2, 0};
        std::vector<float> two(12);
        set.read(wanted, two.data());
        EXPECT_EQ(two, (std::vector<float>{-1, -1, -1, -1, -1, 1, -1, 1, 1, -1, -1, 1}));
        EXPECT_THROW(item(set, 3), Error);
    }
}

TEST_F(WindowSetTest, ChannelsAndRealValuesAreReadAsTheyAre) {
    const std::vector<float> values{-1, -0.3f, 0, 1e-7f, 0.5f, 1};
    const auto path = write<float>("images", {1, 1, 3, 2}, values);
    for (const auto& options : {WindowSetOptions{}, on_disk}) {
        const WindowSet set(path, options);
        EXPECT_EQ(set.channels(), 2u);
        EXPECT_EQ(item(set, 0), values);
    }
}

TEST_F(WindowSetTest, TheRangeIsTheOptionsOrTheAttributes) {
    const auto path =
        write<std::uint8_t>("grey", {1, 1, 3}, {10, 20, 30}, {{"valid_range", std::vector<double>{10, 30}}});
    EXPECT_EQ(item(WindowSet(path), 0), (std::vector<float>{-1, 0, 1}));
    const WindowSet wide(path, {.dataset = "grey", .range = std::pair{0.0, 40.0}, .memory_limit = 100});
    EXPECT_EQ(item(wide, 0), (std::vector<float>{-0.5f, 0, 0.5f}));
    expect_input_error(
        [&] {
            WindowSet(path, {.dataset = "", .range = std::pair{1.0, 1.0}, .memory_limit = 0});
        },
        {"from 1 to 1"});
}

TEST_F(WindowSetTest, ValuesOutsideTheRangeAreToldWithTheirPlace) {
    auto values = three_images;
    values[10] = 255;
    const auto path = write<std::uint8_t>("phase", {3, 2, 3}, values);
    expect_input_error([&] { WindowSet set(path); },
                       {"set.h5:/phase", "value 255", "item 1, row 1, column 1", "from 0 to 1"});
    const WindowSet set(path, on_disk);
    EXPECT_EQ(item(set, 0).size(), 6u);
    expect_input_error([&] { item(set, 1); }, {"value 255", "item 1, row 1, column 1"});
    const auto nan = write<float>("phase", {1, 1, 2}, {0, std::nanf("")});
    expect_input_error([&] { WindowSet set2(nan); }, {"value nan", "column 1"});
}

TEST_F(WindowSetTest, WhatIsNoSetOfImagesIsRefusedWithItsShape) {
    expect_input_error(
        [&] {
            WindowSet set(write<std::uint8_t>("phase", {4, 3}, std::vector<std::uint8_t>(12)));
        },
        {"/phase", "4 × 3"});
    expect_input_error(
        [&] {
            WindowSet set(write<std::uint8_t>("phase", {2, 4, 4, 20}, std::vector<std::uint8_t>(640)));
        },
        {"2 × 4 × 4 × 20", "up to 16"});
    expect_input_error(
        [&] {
            WindowSet set(write<double>("phase", {1, 1, 1}, {0.5}));
        },
        {"float64", "uint8 or float32"});
    expect_input_error([&] { WindowSet set(write<std::uint8_t>("phase", {0, 4, 4}, {})); }, {"0 × 4 × 4"});
    expect_input_error([&] { WindowSet set(folder / "none.h5"); }, {"none.h5", "no such file"});
    const auto path = write<std::uint8_t>("phase", {3, 2, 3}, three_images);
    expect_input_error([&] { WindowSet set(path, {.dataset = "rock", .range = {}, .memory_limit = 0}); },
                       {"no dataset '/rock'"});
}

TEST_F(WindowSetTest, AnUnfinishedFileIsRefused) {
    const auto path = write<std::uint8_t>("phase", {3, 2, 3}, three_images, {}, false);
    expect_input_error([&] { WindowSet set(path); }, {"not complete"});
}

TEST_F(WindowSetTest, ANetworkOfAnotherSizeIsRefusedWithBothShapes) {
    const WindowSet set(write<std::uint8_t>("phase", {3, 2, 3}, three_images));
    EXPECT_NO_THROW(set.require_shape(2, 3, 1));
    expect_input_error([&] { set.require_shape(64, 64, 1); }, {"2 × 3 with 1 channel;", "64 × 64 with 1 expected"});
}

}  // namespace
}  // namespace protolith::prepare
