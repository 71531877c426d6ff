// Components against a plain flood fill for every connectivity and boundary, and on figures that break labelling codes.
#include "descriptors/components.hpp"

#include "images.hpp"

#include <cstdlib>
#include <vector>

#include <gtest/gtest.h>

namespace protolith::descriptors {
namespace {

/// Steps to the neighbours of a voxel: those that change at most one, two or three coordinates.
std::vector<std::array<int, 3>> steps(Connectivity connectivity) {
    const bool planar = connectivity == Connectivity::four || connectivity == Connectivity::eight;
    const int most = connectivity == Connectivity::four || connectivity == Connectivity::six         ? 1
                     : connectivity == Connectivity::eight || connectivity == Connectivity::eighteen ? 2
                                                                                                     : 3;
    std::vector<std::array<int, 3>> result;
    for (int z = planar ? 0 : -1; z <= (planar ? 0 : 1); ++z)
        for (int y = -1; y <= 1; ++y)
            for (int x = -1; x <= 1; ++x) {
                const int changed = std::abs(z) + std::abs(y) + std::abs(x);
                if (changed > 0 && changed <= most) result.push_back({z, y, x});
            }
    return result;
}

Volume<std::uint32_t> flood_fill(const PhaseVolume& image, Connectivity connectivity, bool periodic) {
    const Extent n = image.extent();
    const std::array<std::ptrdiff_t, 3> side{static_cast<std::ptrdiff_t>(n.z), static_cast<std::ptrdiff_t>(n.y),
                                             static_cast<std::ptrdiff_t>(n.x)};
    Volume<std::uint32_t> labels(n);
    std::uint32_t count = 0;
    for (std::size_t start = 0; start < image.size(); ++start) {
        if (image[start] == 0 || labels[start] != 0) continue;
        std::vector<std::size_t> open{start};
        labels[start] = ++count;
        while (!open.empty()) {
            const auto i = static_cast<std::ptrdiff_t>(open.back());
            open.pop_back();
            for (const auto& step : steps(connectivity)) {
                std::array<std::ptrdiff_t, 3> p{i / (side[1] * side[2]) + step[0], i / side[2] % side[1] + step[1],
                                                i % side[2] + step[2]};
                bool inside = true;
                for (std::size_t a = 0; a < 3; ++a) {
                    if (periodic) p[a] = (p[a] + side[a]) % side[a];
                    inside = inside && p[a] >= 0 && p[a] < side[a];
                }
                if (!inside) continue;
                const auto to = static_cast<std::size_t>((p[0] * side[1] + p[1]) * side[2] + p[2]);
                if (image[to] == 0 || labels[to] != 0) continue;
                labels[to] = count;
                open.push_back(to);
            }
        }
    }
    return labels;
}

TEST(Components, EqualAFloodFillOnRandomImages) {
    std::uint32_t item = 0;
    const auto compare = [&](const Extent& n, Connectivity connectivity) {
        for (const double fraction : {0.1, 0.35, 0.6, 0.9})
            for (const auto boundary : {Boundary::non_periodic, Boundary::periodic}) {
                const PhaseVolume image = test::bernoulli(n, fraction, ++item);
                const auto found = label_volume(label_components(image, connectivity, boundary));
                ASSERT_EQ(found, flood_fill(image, connectivity, boundary == Boundary::periodic))
                    << to_string(n) << " connectivity " << static_cast<int>(connectivity);
            }
    };
    for (const Extent n : {Extent{1, 1, 1}, Extent{1, 1, 17}, Extent{1, 13, 1}, Extent{1, 2, 2}, Extent{1, 31, 63},
                           Extent{1, 65, 64}, Extent{1, 37, 129}, Extent{1, 5, 200}})
        for (const auto connectivity : {Connectivity::four, Connectivity::eight}) compare(n, connectivity);
    for (const Extent n :
         {Extent{2, 1, 1}, Extent{2, 2, 2}, Extent{7, 5, 9}, Extent{3, 11, 67}, Extent{9, 1, 13}, Extent{5, 6, 64}})
        for (const auto connectivity : {Connectivity::six, Connectivity::eighteen, Connectivity::twenty_six})
            compare(n, connectivity);
}

TEST(Components, ACheckerboardIsOneByCornersAndAllByEdges) {
    PhaseVolume board({1, 7, 9});
    for (std::size_t i = 0; i < board.size(); i += 2) board[i] = 1;
    EXPECT_EQ(label_components(board, Connectivity::eight).count, 1u);
    EXPECT_EQ(label_components(board, Connectivity::four).count, 32u);
}

TEST(Components, ASpiralIsOne) {
    const PhaseVolume spiral = test::drawn({"#########", "........#", "#######.#", "#.....#.#", "#.###.#.#",
                                            "#.#...#.#", "#.#####.#", "#.......#", "#########"});
    EXPECT_EQ(label_components(spiral, Connectivity::four).count, 1u);
}

TEST(Components, TeethOfACombJoinInItsLastRow) {
    PhaseVolume comb({1, 50, 301});
    for (std::size_t x = 0; x < 301; x += 2)
        for (std::size_t y = 0; y < 50; ++y) comb(y, x) = 1;
    EXPECT_EQ(label_components(comb, Connectivity::four).count, 151u);
    for (std::size_t x = 0; x < 301; ++x) comb(49, x) = 1;
    const Components joined = label_components(comb, Connectivity::four);
    EXPECT_EQ(joined.count, 1u);
    EXPECT_EQ(component_sizes(joined), std::vector<std::uint64_t>{151u * 50u + 150u});
}

TEST(Components, EmptyAndFullImages) {
    for (const Extent n : {Extent{1, 5, 7}, Extent{1, 1, 64}, Extent{1, 64, 1}}) {
        const Components none = label_components(PhaseVolume(n), Connectivity::four);
        EXPECT_EQ(none.count, 0u);
        EXPECT_EQ(label_volume(none), Volume<std::uint32_t>(n));
        const Components all = label_components(PhaseVolume(n, 1), Connectivity::eight);
        EXPECT_EQ(component_sizes(all), std::vector<std::uint64_t>{n.count()});
    }
    EXPECT_EQ(label_components(PhaseVolume({4, 3, 2}, 1), Connectivity::six).count, 1u);
}

TEST(Components, PeriodicEdgesAndCornersJoin) {
    const PhaseVolume corners = test::drawn({"#....", ".....", "....#"});
    EXPECT_EQ(label_components(corners, Connectivity::eight, Boundary::non_periodic).count, 2u);
    EXPECT_EQ(label_components(corners, Connectivity::eight, Boundary::periodic).count, 1u);
    EXPECT_EQ(label_components(corners, Connectivity::four, Boundary::periodic).count, 2u);
    const PhaseVolume sides = test::drawn({"..#..", "#...#", "..#.."});
    EXPECT_EQ(label_components(sides, Connectivity::four, Boundary::non_periodic).count, 4u);
    EXPECT_EQ(label_components(sides, Connectivity::four, Boundary::periodic).count, 2u);
    EXPECT_EQ(label_components(sides, Connectivity::four, Boundary::companion).count, 4u);
}

TEST(Components, LabelsCountInOrderOfTheFirstPixel) {
    const Components components = label_components(test::drawn({"#.#.#", "#.###", "..#.."}), Connectivity::four);
    EXPECT_EQ(components.count, 2u);
    EXPECT_EQ(
        label_volume(components),
        Volume<std::uint32_t>({1, 3, 5}, std::vector<std::uint32_t>{1, 0, 2, 0, 2, 1, 0, 2, 2, 2, 0, 0, 2, 0, 0}));
}

TEST(Components, RefuseAConnectivityOfTheOtherDimension) {
    EXPECT_THROW(label_components(PhaseVolume({1, 3, 3}), Connectivity::six), InputError);
    EXPECT_THROW(label_components(PhaseVolume({3, 3, 3}), Connectivity::eight), InputError);
}

}  // namespace
}  // namespace protolith::descriptors
