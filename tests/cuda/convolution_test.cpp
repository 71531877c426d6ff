// The convolution trio on the CUDA backend at every geometry of the CPU's tests.
#include "convolution_on_device.hpp"
#include "queue/facts.hpp"

namespace protolith::kernels::convolution_test {
namespace {

template <class A, class B>
double dot(const std::vector<A>& a, const std::vector<B>& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    return sum;
}

class CudaConvolution : public ::testing::TestWithParam<Case> {
  protected:
    const ConvolutionGeometry& g = GetParam().geometry;
    Queue queue{Backend::cuda};

    template <class T>
    void the_three_passes_are_adjoint() {
        const Operands<T> o(g);
        const double by_y = dot(o.y, device_convolved(queue, g, o.x, o.w));
        const double by_x = dot(o.x, device_data_convolved(queue, g, o.y, o.w));
        const double by_w = dot(o.w, device_weights_convolved(queue, g, o.x, o.y));
        Queue cpu;
        // terms are of random sign: their sum's rounding grows with the root of the sum of magnitudes
        const double terms = dot(magnitudes(o.y), convolved(cpu, g, magnitudes(o.x), magnitudes(o.w)));
        const double tolerance = 8 * epsilon<T>() * std::max(1.0, sizeof(T) == 8 ? terms : std::sqrt(terms) * 4);
        EXPECT_NEAR(by_x, by_y, tolerance);
        EXPECT_NEAR(by_w, by_y, tolerance);
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
        expect(device_convolved(queue, g, o.x, o.w, {}, of_y, slope), device_convolved(queue, g, o.x, o.w), of_y);
        expect(device_data_convolved(queue, g, o.y, o.w, {}, of_x, slope), device_data_convolved(queue, g, o.y, o.w),
               of_x);
    }
};

TEST_P(CudaConvolution, TheThreePassesAreAdjointInFloat) { the_three_passes_are_adjoint<float>(); }
TEST_P(CudaConvolution, TheThreePassesAreAdjointInBfloat16) { the_three_passes_are_adjoint<bfloat16>(); }
TEST_P(CudaConvolution, TheThreePassesAreAdjointInDouble) { the_three_passes_are_adjoint<double>(); }
TEST_P(CudaConvolution, FloatEqualsTheCpu) { expect_equals_the_cpu<float>(queue, g, 16); }
TEST_P(CudaConvolution, Bfloat16EqualsTheCpu) { expect_equals_the_cpu<bfloat16>(queue, g, 2); }
TEST_P(CudaConvolution, DoubleEqualsTheCpu) { expect_equals_the_cpu<double>(queue, g, 4); }
TEST_P(CudaConvolution, TheEpilogueAddsTheBiasAndBends) {
    the_epilogue_adds_the_bias_and_bends<float>(0.2F);
    the_epilogue_adds_the_bias_and_bends<float>(0.0F);
    the_epilogue_adds_the_bias_and_bends<bfloat16>(0.2F);
    the_epilogue_adds_the_bias_and_bends<double>(0.2);
}

INSTANTIATE_TEST_SUITE_P(Every, CudaConvolution, ::testing::ValuesIn(cases()),
                         [](const auto& made) { return made.param.name; });

TEST(CudaConvolutionWeights, ANewVersionIsSeen) {
    Queue queue(Backend::cuda);
    const auto g = forward(2, 2, {1, 8, 8}, 16, 24, 4, 2, 1);
    const auto x = noise<bfloat16>(g.x_elements(), 1);
    const auto w1 = noise<float>(g.w_elements(), 2), w2 = noise<float>(g.w_elements(), 3);
    const auto bits = [](const std::vector<bfloat16>& values) { return converted<float>(values); };
    const auto run = [&](const std::vector<float>& w, WeightsKey key) {
        return bits(device_convolved(queue, g, x, w, key));
    };
    const auto first = run(w1, {}), second = run(w2, {});
    EXPECT_EQ(run(w1, {7, 1}), first);
    EXPECT_EQ(run(w2, {7, 1}), first) << "the key, not the values, says what is new";
    EXPECT_EQ(run(w2, {7, 2}), second);
    const std::size_t kept = queue.pool()->use().live;
    EXPECT_GE(kept, w1.size() * sizeof(bfloat16));
    PROTOLITH_LAUNCH(queue, forget_weights(queue, 7));
    EXPECT_EQ(queue.pool()->use().live, 0U);
}

TEST(CudaConvolutionWeights, OfAViewThatIsNotAlignedServeAsWell) {
    Queue queue(Backend::cuda), cpu;
    const auto g = forward(2, 2, {1, 6, 6}, 8, 8, 3, 1, 1);
    const Operands<float> o(g);
    const auto shifted = [&](const std::vector<float>& values) {
        std::vector<float> all(values.size() + 1, 0.0F);
        std::copy(values.begin(), values.end(), all.begin() + 1);
        return all;
    };
    const testing::DeviceArray<float> x(queue, shifted(o.x)), w(queue, shifted(o.w)), y(queue, g.y_elements() + 1);
    PROTOLITH_LAUNCH(queue, convolve<float>(queue, g, x.data() + 1, w.data() + 1, {}, y.data() + 1));
    const auto found = y.values();
    expect_near<float>(std::vector<float>(found.begin() + 1, found.end()),
                       convolved(cpu, g, converted<double>(o.x), converted<double>(o.w)),
                       convolved(cpu, g, magnitudes(o.x), magnitudes(o.w)), 16);
}

}  // namespace
}  // namespace protolith::kernels::convolution_test
