// Chunks, pieces of slabs and content sums: arithmetic without files.
#include "io/hdf5/layout.hpp"

#include "io/hdf5/content_sum.hpp"

#include <numeric>

#include <gtest/gtest.h>

namespace protolith::io {
namespace {

TEST(ChunkShape, IsOneImageOfABatch) {
    EXPECT_EQ(chunk_shape({19456, 128, 128}, 1), (Shape{1, 128, 128}));
    EXPECT_EQ(chunk_shape({100, 1, 64, 64}, 4), (Shape{1, 1, 64, 64}));
}

TEST(ChunkShape, CutsLargeImagesToOneMebibyte) {
    EXPECT_EQ(chunk_shape({4, 4096, 4096}, 1), (Shape{1, 256, 4096}));
    EXPECT_EQ(chunk_shape({2320, 2900}, 1), (Shape{361, 2900}));
    EXPECT_EQ(chunk_shape({3, std::size_t{1} << 22}, 8), (Shape{1, std::size_t{1} << 17}));
}

TEST(ChunkShape, NeverExceedsTheLimitNorFallsToZero) {
    for (const Shape& shape : {Shape{1}, Shape{0}, Shape{7, 0}, Shape{1u << 30}, Shape{5, 7, 1u << 25}})
        for (const std::size_t size : {1u, 4u, 8u}) {
            const Shape chunk = chunk_shape(shape, size);
            EXPECT_LE((Slab{{}, chunk}.elements() * size), largest_chunk);
            for (const hsize_t n : chunk) EXPECT_GE(n, 1u);
        }
}

TEST(CutSlab, PiecesFollowOneAnotherInMemoryAndStayBelowTheLimit) {
    const Shape shape{5, 6, 7}, chunk{1, 4, 7};
    for (const Slab& slab : {Slab{{0, 0, 0}, {5, 6, 7}}, Slab{{2, 1, 3}, {3, 4, 2}}, Slab{{4, 5, 6}, {1, 1, 1}}})
        for (const hsize_t limit : {hsize_t{1}, hsize_t{20}, hsize_t{100}, hsize_t{10'000}}) {
            std::vector<hsize_t> visited;
            const auto visit = [&](const Slab& box) {
                for (hsize_t i = 0; i < box.elements(); ++i) {
                    const hsize_t x = i % box.count[2], y = i / box.count[2] % box.count[1];
                    const hsize_t z = i / box.count[2] / box.count[1];
                    visited.push_back(((box.offset[0] + z) * 6 + box.offset[1] + y) * 7 + box.offset[2] + x);
                }
            };
            visit(slab);
            const std::vector<hsize_t> expected = std::exchange(visited, {});
            for (const Slab& piece : cut_slab(slab, chunk, 4, limit)) {
                EXPECT_LE(piece.elements() * 4, std::max<hsize_t>(limit, 4));
                visit(piece);
            }
            EXPECT_EQ(visited, expected);
        }
    EXPECT_TRUE(cut_slab({{0, 0, 0}, {0, 6, 7}}, chunk, 4, 100).empty());
}

TEST(CutSlab, CutsBetweenChunksWhereItCan) {
    for (const Slab& piece : cut_slab({{3}, {97}}, {10}, 1, 25))
        EXPECT_TRUE(piece.offset[0] == 3 || piece.offset[0] % 10 == 0);
}

TEST(ContentSum, DoesNotDependOnTheCut) {
    std::vector<std::int32_t> values(5 * 6 * 7);
    std::iota(values.begin(), values.end(), -100);
    const Shape shape{5, 6, 7};
    const Slab all{{0, 0, 0}, shape};
    const auto whole = content_sum(all, shape, 4, values.data());
    for (const hsize_t limit : {hsize_t{1}, hsize_t{30}, hsize_t{100}, hsize_t{500}}) {
        std::uint64_t sum = 0;
        const std::int32_t* at = values.data();
        for (const Slab& piece : cut_slab(all, {1, 6, 7}, 4, limit)) {
            sum += content_sum(piece, shape, 4, at);
            at += piece.elements();
        }
        EXPECT_EQ(sum, whole);
    }
}

TEST(ContentSum, ChangesWithEveryBitAndWithExchangedElements) {
    std::vector<std::uint64_t> values{0, 1, 2, 3, ~std::uint64_t{0}};
    const Shape shape{values.size()};
    const Slab all{{0}, shape};
    const auto whole = content_sum(all, shape, 8, values.data());
    for (std::size_t i = 0; i < values.size(); ++i)
        for (int bit = 0; bit < 64; ++bit) {
            values[i] ^= std::uint64_t{1} << bit;
            EXPECT_NE(content_sum(all, shape, 8, values.data()), whole) << i << " " << bit;
            values[i] ^= std::uint64_t{1} << bit;
        }
    std::swap(values[1], values[2]);
    EXPECT_NE(content_sum(all, shape, 8, values.data()), whole);
}

}  // namespace
}  // namespace protolith::io
