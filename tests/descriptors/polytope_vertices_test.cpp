// Polygon vertices on the lattice: both rounding rules, by hand-computed values and by geometry.
#include "descriptors/polytope_vertices.hpp"

#include "base/error.hpp"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

namespace protolith::descriptors {
namespace {

using Offsets = std::vector<Offset>;
constexpr Polytope all_polytopes[] = {Polytope::p3h, Polytope::p3v, Polytope::p4, Polytope::p6};

TEST(PolytopeVertices, CompanionFollowsTheFormulasOfTheSpecification) {
    // h = ⌊(R/2)√3⌋ + 1: R = 2 gives ⌊1.73⌋ + 1 = 2, R = 10 gives ⌊8.66⌋ + 1 = 9.
    EXPECT_EQ(polytope_vertices(Polytope::p3h, VertexRule::companion, 2), (Offsets{{0, 0}, {0, 2}, {2, 1}}));
    EXPECT_EQ(polytope_vertices(Polytope::p3h, VertexRule::companion, 10), (Offsets{{0, 0}, {0, 10}, {9, 5}}));
    EXPECT_EQ(polytope_vertices(Polytope::p3v, VertexRule::companion, 10), (Offsets{{0, 0}, {10, 0}, {5, 9}}));
    // P6, R = 1: ⌈0.87⌉ = 1, ⌈−0.5⌉ = 0, ⌈1.73⌉ = 2, ⌈1.5⌉ = 2.
    EXPECT_EQ(polytope_vertices(Polytope::p6, VertexRule::companion, 1),
              (Offsets{{0, 0}, {1, 0}, {2, 0}, {2, 1}, {1, 2}, {0, 1}}));
}

TEST(PolytopeVertices, CompanionTrianglesOfOddEdgeAreUndefined) {
    for (int edge : {1, 3, 63}) {
        EXPECT_FALSE(polytope_vertices(Polytope::p3h, VertexRule::companion, edge));
        EXPECT_FALSE(polytope_vertices(Polytope::p3v, VertexRule::companion, edge));
        EXPECT_TRUE(polytope_vertices(Polytope::p4, VertexRule::companion, edge));
        EXPECT_TRUE(polytope_vertices(Polytope::p6, VertexRule::companion, edge));
    }
}

TEST(PolytopeVertices, NearestRoundsTiesToLargerCoordinates) {
    EXPECT_EQ(polytope_vertices(Polytope::p3h, VertexRule::nearest, 5), (Offsets{{0, 0}, {0, 5}, {4, 3}}));
    EXPECT_EQ(polytope_vertices(Polytope::p3v, VertexRule::nearest, 5), (Offsets{{0, 0}, {5, 0}, {3, 4}}));
    EXPECT_EQ(polytope_vertices(Polytope::p6, VertexRule::nearest, 3),
              (Offsets{{0, 0}, {3, -1}, {5, 0}, {5, 3}, {3, 5}, {0, 3}}));
}

TEST(PolytopeVertices, FirstVertexIsTheOriginAndEdgeZeroIsOnePixel) {
    for (const auto polytope : all_polytopes) {
        for (const auto rule : {VertexRule::nearest, VertexRule::companion}) {
            const auto point = polytope_vertices(polytope, rule, 0).value();
            EXPECT_EQ(point, Offsets(static_cast<std::size_t>(vertex_count(polytope)), Offset{0, 0})) << name(polytope);
            EXPECT_EQ(polytope_vertices(polytope, rule, 34).value().front(), (Offset{0, 0}));
        }
    }
}

TEST(PolytopeVertices, NearestVerticesAreWithinHalfAPixelOfARegularPolygon) {
    for (const auto polytope : {Polytope::p3h, Polytope::p3v, Polytope::p6}) {
        for (int edge = 1; edge < 200; ++edge) {
            const auto v = polytope_vertices(polytope, VertexRule::nearest, edge).value();
            for (std::size_t i = 0; i < v.size(); ++i) {
                const auto& a = v[i];
                const auto& b = v[(i + 1) % v.size()];
                // Each end moves by at most √½, so a side differs from the edge by at most √2.
                EXPECT_NEAR(std::hypot(a.y - b.y, a.x - b.x), edge, std::numbers::sqrt2)
                    << name(polytope) << ' ' << edge;
            }
        }
    }
}

TEST(PolytopeVertices, NegativeEdgeIsRefused) {
    EXPECT_THROW(polytope_vertices(Polytope::p4, VertexRule::nearest, -1), Error);
}

}  // namespace
}  // namespace protolith::descriptors
