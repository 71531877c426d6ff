// Minimal filtering by itself, at sizes where the convolution would not choose it.
#include "convolution/reference.hpp"
#include "convolution/tiled.hpp"
#include "convolution/toom_cook.hpp"
#include "convolution_cases.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace protolith::kernels::convolution_test {
namespace {

struct TiledCase {
    std::string name;
    cpu::TileScheme scheme;
    ConvolutionGeometry geometry;

    friend void PrintTo(const TiledCase& which, std::ostream* to) { *to << which.geometry.describe(); }
};

std::vector<TiledCase> tiled_cases() {
    return {
        {"StridedSmallTiles", {2, 2}, forward(2, 2, {1, 10, 14}, 18, 20, 4, 2, 1)},
        {"StridedLargeTiles", {4, 2}, forward(2, 2, {1, 18, 20}, 16, 33, 4, 2, 1)},
        {"StridedOneTile", {4, 2}, forward(2, 3, {1, 8, 8}, 32, 16, 4, 2, 1)},
        {"StridedTileLargerThanTheImage", {4, 2}, forward(2, 1, {1, 6, 4}, 3, 5, 4, 2, 1)},
        {"StridedThree", {4, 2}, forward(2, 2, {1, 11, 13}, 17, 5, 3, 2, 1)},
        {"StridedTransposed", {4, 2}, backward(2, 2, {1, 5, 6}, 12, 20, 4, 2, 1)},
        {"StridedUnpadded", {2, 2}, forward(2, 2, {1, 8, 10}, 6, 7, 4, 2)},
        {"TwoTaps", {4, 2}, forward(2, 1, {1, 9, 10}, 8, 16, 2)},
        {"ThreeSmallTiles", {2, 3}, forward(2, 2, {1, 9, 7}, 16, 19, 3, 1, 1)},
        {"ThreeLargeTiles", {3, 3}, forward(2, 2, {1, 8, 11}, 20, 16, 3, 1, 1)},
        {"ThreeUnpadded", {3, 3}, forward(2, 2, {1, 8, 11}, 5, 6, 3)},
        {"ThreePaddedFully", {3, 3}, forward(2, 1, {1, 4, 5}, 16, 16, 3, 1, 2)},
        {"FourTaps", {2, 4}, forward(2, 2, {1, 9, 8}, 16, 20, 4, 1, 1)},
        {"FourTapsTransposed", {2, 4}, backward(2, 2, {1, 3, 2}, 20, 17, 4, 1, 0)},
        {"Row", {3, 3}, forward(2, 2, {1, 1, 12}, 16, 4, 3, 1, 1)},
        {"ManyChunksOfEachThread", {4, 2}, forward(2, 4, {1, 48, 40}, 16, 33, 4, 2, 1)},
        {"ManyChunksOfAllThreads", {2, 2}, forward(2, 1, {1, 64, 64}, 32, 64, 4, 2, 1)},
    };
}

class TiledConvolution : public testing::TestWithParam<TiledCase> {
  protected:
    /// Operands rounded to T, convolved in T and in double; errors relative to the root mean square of the result.
    template <class T>
    void equals_the_reference(double tolerance, int threads = 1) {
        const auto& [name, scheme, g] = GetParam();
        Queue queue(Backend::cpu, threads);
        const auto x = noise<T>(g.x_elements(), 1), y = noise<T>(g.y_elements(), 3);
        const auto w = noise<float>(g.w_elements(), 2), b = noise<float>(g.in_channels + g.out_channels, 4);
        const auto xd = converted<double>(x), yd = converted<double>(y), wd = converted<double>(w),
                   bd = converted<double>(b);
        std::vector<T> xt(x.size(), T(NAN)), yt(y.size(), T(NAN));
        std::vector<float> wt(w.size(), NAN);
        cpu::tiled_convolve(queue, g, scheme, x.data(), w.data(), {}, yt.data(), {b.data(), 0.2F});
        cpu::tiled_convolve_data(queue, g, scheme, y.data(), w.data(), {}, xt.data(), {b.data(), 0.2F});
        cpu::tiled_convolve_weights(queue, g, scheme, x.data(), y.data(), wt.data());
        std::vector<double> xr(x.size()), yr(y.size()), wr(w.size());
        const auto slope = static_cast<double>(0.2F);
        cpu::reference_convolve(g, xd.data(), wd.data(), yr.data(), {bd.data(), slope});
        cpu::reference_convolve_data(g, yd.data(), wd.data(), xr.data(), {bd.data(), slope});
        cpu::reference_convolve_weights(g, xd.data(), yd.data(), wr.data());
        expect_near(yt, yr, tolerance);
        expect_near(xt, xr, tolerance);
        expect_near(wt, wr, tolerance);
    }

    static double float_tolerance() { return (GetParam().scheme.n() < 5 ? 4 : 16) * epsilon<float>(); }

    template <class A>
    void expect_near(const std::vector<A>& found, const std::vector<double>& expected, double tolerance) {
        double squares = 0, errors = 0;
        for (std::size_t i = 0; i < expected.size(); ++i) {
            squares += expected[i] * expected[i];
            errors += std::pow(static_cast<double>(found[i]) - expected[i], 2);
        }
        EXPECT_LT(std::sqrt(errors / squares), tolerance);
    }
};

TEST_P(TiledConvolution, EqualsTheReferenceInFloat) { equals_the_reference<float>(float_tolerance()); }
TEST_P(TiledConvolution, EqualsTheReferenceOnTwoThreads) { equals_the_reference<float>(float_tolerance(), 2); }
TEST_P(TiledConvolution, EqualsTheReferenceOnThreeThreads) { equals_the_reference<float>(float_tolerance(), 3); }
TEST_P(TiledConvolution, EqualsTheReferenceInBfloat16) {
    Queue queue;
    if (!has_bfloat16(queue)) GTEST_SKIP() << "this processor does not multiply bfloat16";
    equals_the_reference<bfloat16>((GetParam().scheme.n() < 5 ? 2 : 8) * epsilon<bfloat16>());
}

INSTANTIATE_TEST_SUITE_P(Every, TiledConvolution, testing::ValuesIn(tiled_cases()),
                         [](const auto& made) { return made.param.name; });

/// y = A^T [(G g) * (B^T d)] must be the filter y_i = sum_j d_(i+j) g_j for unit vectors d and g.
template <int m, int r>
void filters_exactly() {
    constexpr int n = m + r - 1;
    for (int at = 0; at < n; ++at)
        for (int tap = 0; tap < r; ++tap)
            for (int i = 0; i < m; ++i) {
                double sum = 0;
                for (int p = 0; p < n; ++p)
                    sum += cpu::Evaluation<n, m>::at(p, i) * cpu::FilterEvaluation<n, r>::at(p, tap) *
                           cpu::Interpolation<n>::at(p, at);
                EXPECT_NEAR(sum, at == i + tap ? 1.0 : 0.0, 1e-14) << m << r << at << tap << i;
            }
}

TEST(ToomCook, FiltersExactly) {
    filters_exactly<2, 2>();
    filters_exactly<4, 2>();
    filters_exactly<2, 3>();
    filters_exactly<3, 3>();
    filters_exactly<2, 4>();
}

TEST(TileScheme, IsChosenForWideLayersOnly) {
    const auto scheme = [](const ConvolutionGeometry& g, DataType type = DataType::float32) {
        const auto chosen = cpu::tile_scheme(g, type, false);
        return std::pair{chosen.m, chosen.r};
    };
    const auto wide = forward(2, 64, {1, 32, 32}, 128, 256, 4, 2, 1);
    EXPECT_EQ(scheme(wide), (std::pair{4, 2}));
    EXPECT_EQ(scheme(wide, DataType::bfloat16), (std::pair{2, 2}));
    EXPECT_EQ(scheme(forward(2, 8, {1, 64, 64}, 64, 64, 3, 1, 1), DataType::bfloat16), (std::pair{2, 3}));
    EXPECT_EQ(scheme(forward(2, 64, {1, 128, 128}, 1, 64, 4, 2, 1)), (std::pair{0, 0}));
    EXPECT_EQ(scheme(forward(2, 64, {1, 64, 64}, 64, 64, 1)), (std::pair{0, 0}));
    EXPECT_EQ(scheme(forward(2, 64, {1, 64, 64}, 64, 64, 5, 1, 2)), (std::pair{0, 0}));
    EXPECT_EQ(scheme(forward(3, 8, {4, 32, 32}, 64, 64, 3, 1, 1)), (std::pair{0, 0}));
    const auto narrow = forward(2, 64, {1, 32, 32}, 16, 32, 4, 2, 1);
    EXPECT_EQ(scheme(narrow), (std::pair{4, 2}));
    EXPECT_EQ(scheme(narrow, DataType::bfloat16), (std::pair{0, 0}));
}

TEST(TileScheme, LeavesBfloat16ToAMatrixUnit) {
    const auto wide = forward(2, 64, {1, 32, 32}, 128, 256, 4, 2, 1);
    EXPECT_FALSE(cpu::tile_scheme(wide, DataType::bfloat16, true));
    EXPECT_TRUE(cpu::tile_scheme(wide, DataType::float32, true));
}

}  // namespace
}  // namespace protolith::kernels::convolution_test
