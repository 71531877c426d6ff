// Claims about windows: the published counts follow from the sizes alone, every window lies inside, none is lost.
#include "prepare/window_grid.hpp"

#include "../io/image_files.hpp"

#include <numeric>

namespace protolith::prepare {
namespace {

io::SetImage image(std::size_t rows, std::size_t columns, const std::string& name = "rock.tif") {
    return {name, {1, rows, columns}};
}

TEST(WindowGrid, TheMetaIgneousRockGives69Times213Windows) {
    const WindowGrid grid({image(17920, 54784)}, 512, 256);
    EXPECT_EQ(grid.down(0), 69u);
    EXPECT_EQ(grid.across(0), 213u);
    EXPECT_EQ(grid.count(), 14697u);
    EXPECT_EQ(grid.place(14696), (WindowPlace{0, 17408, 54272}));
}

TEST(WindowGrid, TheSerpentiniteGives70Times145Windows) {
    const WindowGrid grid({image(15000, 30000)}, 1024, 200);
    EXPECT_EQ(grid.down(0), 70u);
    EXPECT_EQ(grid.across(0), 145u);
    EXPECT_EQ(grid.count(), 10150u);
    EXPECT_EQ(grid.place(145), (WindowPlace{0, 200, 0}));
}

TEST(WindowGrid, WindowsRunAlongTheRowsAndFromImageToImage) {
    const WindowGrid grid({image(5, 7), image(3, 3), image(4, 3)}, 3, 2);
    ASSERT_EQ(grid.count(), 2u * 3 + 1 + 1);
    const std::vector<WindowPlace> expected{{0, 0, 0}, {0, 0, 2}, {0, 0, 4}, {0, 2, 0},
                                            {0, 2, 2}, {0, 2, 4}, {1, 0, 0}, {2, 0, 0}};
    for (std::size_t w = 0; w < expected.size(); ++w) EXPECT_EQ(grid.place(w), expected[w]) << w;
    EXPECT_THROW(grid.place(8), Error);
}

TEST(WindowGrid, AStrideLargerThanTheWindowLeavesGaps) {
    const WindowGrid grid({image(10, 11)}, 1, 5);
    EXPECT_EQ(grid.down(0), 2u);
    EXPECT_EQ(grid.across(0), 3u);
    EXPECT_EQ(grid.place(5), (WindowPlace{0, 5, 10}));
}

TEST(WindowGrid, ImagesThatAreTooSmallAreNamed) {
    test::expect_input_error(
        [] {
            WindowGrid({image(100, 100), image(100, 63, "thin.png")}, 64, 1);
        },
        {"thin.png", "100 × 63", "64 × 64"});
    test::expect_input_error([] { WindowGrid({{"stack.tif", {3, 100, 100}}}, 64, 1); }, {"stack.tif", "3 × 100 × 100"});
    test::expect_input_error([] { WindowGrid({image(9, 9)}, 3, 0); }, {"stride of 0"});
}

TEST(EvenlySpaced, TheLimitIsMetFromTheFirstOn) {
    std::vector<std::size_t> all(10);
    std::iota(all.begin(), all.end(), std::size_t{5});
    EXPECT_EQ(evenly_spaced(all, 0), all);
    EXPECT_EQ(evenly_spaced(all, 10), all);
    EXPECT_EQ(evenly_spaced(all, 99), all);
    EXPECT_EQ(evenly_spaced(all, 5), (std::vector<std::size_t>{5, 7, 9, 11, 13}));
    EXPECT_EQ(evenly_spaced(all, 3), (std::vector<std::size_t>{5, 8, 11}));
    EXPECT_EQ(evenly_spaced(all, 1), (std::vector<std::size_t>{5}));
}

}  // namespace
}  // namespace protolith::prepare
