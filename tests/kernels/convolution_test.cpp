#include "convolution_cases.hpp"

#include <algorithm>
#include <stdexcept>

#include <gtest/gtest.h>

namespace protolith::kernels::convolution_test {
namespace {

template <class A, class B>
double dot(const std::vector<A>& a, const std::vector<B>& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    return sum;
}

template <class A>
std::vector<double> magnitudes(const std::vector<A>& values) {
    std::vector<double> result;
    for (const A& value : values) result.push_back(std::abs(static_cast<double>(value)));
    return result;
}

template <class T>
struct Operands {
    explicit Operands(const ConvolutionGeometry& g)
        : x(noise<T>(g.x_elements(), 1)),
          y(noise<T>(g.y_elements(), 3)),
          w(noise<accumulator_t<T>>(g.w_elements(), 2)) {}
    std::vector<T> x, y;
    std::vector<accumulator_t<T>> w;
};

class Convolution : public testing::TestWithParam<Case> {
  protected:
    const ConvolutionGeometry& g = GetParam().geometry;
    Queue queue;

    template <class T>
    void the_three_passes_are_adjoint() {
        const Operands<T> o(g);
        const double by_y = dot(o.y, convolved(queue, g, o.x, o.w));
        const double by_x = dot(o.x, data_convolved(queue, g, o.y, o.w));
        const double by_w = dot(o.w, weights_convolved(queue, g, o.x, o.y));
        // terms are of random sign: their sum's rounding grows with the root of the sum of magnitudes
        const double terms = dot(magnitudes(o.y), convolved(queue, g, magnitudes(o.x), magnitudes(o.w)));
        const double tolerance = 8 * epsilon<T>() * std::max(1.0, sizeof(T) == 8 ? terms : std::sqrt(terms) * 4);
        EXPECT_NEAR(by_x, by_y, tolerance);
        EXPECT_NEAR(by_w, by_y, tolerance);
    }

    template <class T>
    void every_element_equals_the_reference(double factor) {
        const Operands<T> o(g);
        const auto xd = converted<double>(o.x), yd = converted<double>(o.y), wd = converted<double>(o.w);
        const auto xm = magnitudes(o.x), ym = magnitudes(o.y), wm = magnitudes(o.w);
        // minimal filtering spreads the rounding of a tile over all of it: the largest magnitude is what counts
        const auto near = [&](const auto& found, const std::vector<double>& expected,
                              const std::vector<double>& magnitude) {
            const double tolerance = factor * epsilon<T>() * *std::max_element(magnitude.begin(), magnitude.end());
            for (std::size_t i = 0; i < expected.size(); ++i)
                ASSERT_NEAR(static_cast<double>(found[i]), expected[i], tolerance) << i;
        };
        near(convolved(queue, g, o.x, o.w), convolved(queue, g, xd, wd), convolved(queue, g, xm, wm));
        near(data_convolved(queue, g, o.y, o.w), data_convolved(queue, g, yd, wd), data_convolved(queue, g, ym, wm));
        near(weights_convolved(queue, g, o.x, o.y), weights_convolved(queue, g, xd, yd),
             weights_convolved(queue, g, xm, ym));
    }

    template <class T>
    void the_epilogue_adds_the_bias_and_bends(accumulator_t<T> slope) {
        using A = accumulator_t<T>;
        const Operands<T> o(g);
        const auto of_y = noise<A>(g.out_channels, 5), of_x = noise<A>(g.in_channels, 6);
        const auto expect = [&](const auto& found, const auto& plain, const std::vector<A>& bias) {
            for (std::size_t i = 0; i < found.size(); ++i) {
                const A expected = leaky(static_cast<A>(plain[i]) + bias[i % bias.size()], slope);
                ASSERT_NEAR(static_cast<double>(found[i]), static_cast<double>(expected),
                            16 * epsilon<T>() * (1 + std::abs(static_cast<double>(plain[i]))));
            }
        };
        expect(convolved<T>(queue, g, o.x, o.w, {}, {of_y.data(), slope}), convolved(queue, g, o.x, o.w), of_y);
        expect(data_convolved<T>(queue, g, o.y, o.w, {}, {of_x.data(), slope}), data_convolved(queue, g, o.y, o.w),
               of_x);
    }
};

TEST_P(Convolution, TheThreePassesAreAdjointInFloat) { the_three_passes_are_adjoint<float>(); }
TEST_P(Convolution, TheThreePassesAreAdjointInBfloat16) {
    if (!has_bfloat16(queue)) GTEST_SKIP() << "this processor does not multiply bfloat16";
    the_three_passes_are_adjoint<bfloat16>();
}
TEST_P(Convolution, TheThreePassesAreAdjointInDouble) { the_three_passes_are_adjoint<double>(); }
TEST_P(Convolution, FloatEqualsTheReference) { every_element_equals_the_reference<float>(16); }
TEST_P(Convolution, Bfloat16EqualsTheReference) {
    if (!has_bfloat16(queue)) GTEST_SKIP() << "this processor does not multiply bfloat16";
    every_element_equals_the_reference<bfloat16>(2);
}
TEST_P(Convolution, TheEpilogueAddsTheBiasAndBends) {
    the_epilogue_adds_the_bias_and_bends<float>(0.2F);
    the_epilogue_adds_the_bias_and_bends<float>(0.0F);
    if (has_bfloat16(queue)) the_epilogue_adds_the_bias_and_bends<bfloat16>(0.2F);
    the_epilogue_adds_the_bias_and_bends<double>(0.2);
}
TEST_P(Convolution, TwoThreadsGiveWhatOneGives) {
    const Operands<float> o(g);
    const auto run = [&](int threads) {
        Queue of(Backend::cpu, threads);
        return std::array{convolved(of, g, o.x, o.w), data_convolved(of, g, o.y, o.w),
                          weights_convolved(of, g, o.x, o.y)};
    };
    const auto one = run(1), two = run(2);
    const auto scale =
        static_cast<double>(std::max({g.taps() * g.in_channels, g.taps() * g.out_channels, g.batch * volume(g.y)}));
    for (std::size_t pass = 0; pass < 3; ++pass)
        for (std::size_t i = 0; i < one[pass].size(); ++i)
            ASSERT_NEAR(one[pass][i], two[pass][i], 4 * epsilon<float>() * scale) << pass;
}

INSTANTIATE_TEST_SUITE_P(Every, Convolution, testing::ValuesIn(cases()),
                         [](const auto& made) { return made.param.name; });

TEST(ConvolutionReference, MatchesASumDoneByHand) {
    // 1 2 3      1 0      1*1 + 5*2 = 11, 2*1 + 6*2 = 14
    // 4 5 6  *   0 2  ->  4*1 + 8*2 = 20, 5*1 + 9*2 = 23
    // 7 8 9
    Queue queue;
    const auto g = forward(2, 1, {1, 3, 3}, 1, 1, 2);
    EXPECT_EQ(convolved<double>(queue, g, {1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 0, 0, 2}),
              (std::vector<double>{11, 14, 20, 23}));
    EXPECT_EQ(data_convolved<double>(queue, g, {1, 1, 1, 1}, {1, 0, 0, 2}),
              (std::vector<double>{1, 1, 0, 1, 3, 2, 0, 2, 2}));
}

TEST(ConvolutionWeights, ANewVersionIsSeen) {
    Queue queue;
    const auto g = forward(2, 16, {1, 16, 16}, 32, 48, 4, 2, 1);
    const auto x = noise<float>(g.x_elements(), 1), w1 = noise<float>(g.w_elements(), 2),
               w2 = noise<float>(g.w_elements(), 3);
    const auto first = convolved<float>(queue, g, x, w1), second = convolved<float>(queue, g, x, w2);
    EXPECT_EQ(convolved<float>(queue, g, x, w1, {7, 1}), first);
    EXPECT_EQ(convolved<float>(queue, g, x, w2, {7, 2}), second);
    EXPECT_EQ(convolved<float>(queue, g, x, w1, {8, 2}), first);
    EXPECT_EQ(convolved<float>(queue, g, x, w2, {7, 2}), second);
}

TEST(ConvolutionWeights, ArePreparedOncePerVersionAndTheOldOnesGivenBack) {
    Queue queue;
    const auto g = forward(2, 16, {1, 16, 16}, 32, 48, 4, 2, 1);
    const auto x = noise<float>(g.x_elements(), 1), w = noise<float>(g.w_elements(), 2),
               other = noise<float>(g.w_elements(), 3);
    const auto first = convolved<float>(queue, g, x, w, {7, 1});
    const std::size_t kept = queue.pool()->use().live;
    EXPECT_GE(kept, w.size() * sizeof(float));
    EXPECT_EQ(convolved<float>(queue, g, x, other, {7, 1}), first) << "the key, not the values, says what is new";
    convolved<float>(queue, g, x, other, {7, 2});
    EXPECT_EQ(queue.pool()->use().live, kept);
}

TEST(ConvolutionWeights, ThatAreNoLongerUsedAreGivenBack) {
    Queue queue;
    const auto g = forward(2, 1, {1, 4, 4}, 4, 6, 3, 1, 1);
    const auto y = noise<float>(g.y_elements(), 1), w = noise<float>(g.w_elements(), 2);
    for (std::uint64_t id = 1; id <= 300; ++id) data_convolved<float>(queue, g, y, w, {id, 1});
    const std::size_t kept = queue.pool()->use().live;
    EXPECT_GE(kept, 100 * w.size() * sizeof(float));
    for (std::uint64_t id = 301; id <= 900; ++id) data_convolved<float>(queue, g, y, w, {id, 1});
    EXPECT_EQ(queue.pool()->use().live, kept);
}

TEST(ConvolutionWeights, ThatAreForgottenAreGivenBack) {
    Queue queue;
    const auto g = forward(2, 16, {1, 16, 16}, 32, 48, 4, 2, 1);
    const auto x = noise<float>(g.x_elements(), 1), w = noise<float>(g.w_elements(), 2);
    convolved<float>(queue, g, x, w, {7, 1});
    PROTOLITH_LAUNCH(queue, forget_weights(queue, 7));
    EXPECT_EQ(queue.pool()->use().live, 0U);
}

TEST(ConvolutionGeometry, NamesTheWholeChain) {
    const auto message = [](auto&& make) -> std::string {
        try {
            make();
        } catch (const std::invalid_argument& error) {
            return error.what();
        }
        return "nothing thrown";
    };
    EXPECT_EQ(
        message([] {
            forward(2, 8, {1, 3, 5}, 2, 16, 4);
        }),
        "convolution x (8, 3, 5, 2) * w (16, 4, 4, 2), stride 1, padding 0 -> y (8, 0, 2, 16): a size is less than 1: "
        "the image is too small for this kernel, stride and padding");
    EXPECT_NE(message([] { backward(3, 1, {2, 2, 2}, 4, 4, 3, 2, 1, 2); }).find("output padding 2"), std::string::npos);
    EXPECT_EQ(backward(2, 1, {1, 6, 5}, 16, 8, 3, 2, 1, 1).x, (Extent{1, 12, 10}));
}

}  // namespace
}  // namespace protolith::kernels::convolution_test
