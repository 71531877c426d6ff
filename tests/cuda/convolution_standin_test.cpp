// Which of cuDNN's engines serve, by the stand-in: what the settings exclude, what is padded, what is told.
#include "convolution_on_device.hpp"
#include "queue/arithmetic.hpp"
#include "queue/facts.hpp"
#include "standin/cublaslt/cublaslt.hpp"
#include "standin/cudnn/cudnn.hpp"

namespace protolith::kernels::convolution_test {
namespace {

using Engines = std::vector<std::string>;

class CudnnEngines : public ::testing::Test {
  protected:
    CudnnEngines() { standin::cudnn::engines_run(); }
    ~CudnnEngines() override {
        standin::cudnn::set_support({});
        standin::cublaslt::set_available(true);
    }
    Queue queue{Backend::cuda};

    const std::vector<std::string>& facts() { return queue.state<Facts>().all(); }

    /// The engines of the three passes.
    template <class T>
    Engines run(const ConvolutionGeometry& g) {
        const Operands<T> o(g);
        device_convolved(queue, g, o.x, o.w);
        device_data_convolved(queue, g, o.y, o.w);
        device_weights_convolved(queue, g, o.x, o.y);
        return standin::cudnn::engines_run();
    }
    const ConvolutionGeometry even = forward(2, 2, {1, 6, 6}, 8, 16, 4, 2, 1);
    const ConvolutionGeometry uneven = forward(2, 2, {1, 6, 6}, 3, 5, 4, 2, 1);
};

TEST_F(CudnnEngines, FloatStaysFloatUnlessTf32IsAsked) {
    EXPECT_EQ(run<float>(even), (Engines{"float32", "float32", "float32"}));
    queue.state<Arithmetic>().tf32 = true;
    EXPECT_EQ(run<float>(even), (Engines{"tf32", "tf32", "tf32"}));
    EXPECT_EQ(run<float>(uneven), (Engines{"float32", "float32", "float32"}));
    EXPECT_TRUE(facts().empty());
}

TEST_F(CudnnEngines, RunsRepeatUnlessSpeedIsAsked) {
    EXPECT_EQ(run<bfloat16>(even), (Engines{"bfloat16", "bfloat16", "bfloat16"}));
    queue.state<Arithmetic>().deterministic = false;
    EXPECT_EQ(run<bfloat16>(even), (Engines{"bfloat16", "bfloat16", "atomic sums"}));
    EXPECT_TRUE(facts().empty());
}

TEST_F(CudnnEngines, ChannelsOfBfloat16AreRoundedUpWhereTheyMustBe) {
    EXPECT_EQ(run<bfloat16>(uneven), (Engines{"bfloat16", "bfloat16", "bfloat16"}));
    ASSERT_EQ(facts().size(), 3U);
    EXPECT_NE(facts()[0].find("channels are rounded up to multiples of 8"), std::string::npos) << facts()[0];
    standin::cudnn::set_support({.any_channels_in_bfloat16 = true});
    Queue other(Backend::cuda);
    expect_equals_the_cpu<bfloat16>(other, uneven, 2);
    EXPECT_TRUE(other.state<Facts>().all().empty());
}

TEST_F(CudnnEngines, AGradientRoundedToBfloat16IsToldOnce) {
    standin::cudnn::set_support({.float32_gradient_of_bfloat16 = false});
    expect_equals_the_cpu<bfloat16>(queue, even, 2);
    expect_equals_the_cpu<bfloat16>(queue, uneven, 2);
    int told = 0;
    for (const std::string& fact : facts()) told += fact.find("weight gradients of bfloat16") == 0;
    EXPECT_EQ(told, 1);
}

TEST_F(CudnnEngines, WithoutAnEngineOwnKernelsServeAndThisIsTold) {
    standin::cudnn::set_support({.convolutions = false});
    for (const ConvolutionGeometry& g : {even, uneven, one_sided({1, 8, 9}, 3, 4)}) {
        expect_equals_the_cpu<float>(queue, g, 16);
        expect_equals_the_cpu<bfloat16>(queue, g, 2);
    }
    EXPECT_EQ(facts().size(), 18U);
    EXPECT_NE(facts()[0].find("kernels of our own"), std::string::npos) << facts()[0];
    EXPECT_TRUE(standin::cudnn::engines_run().empty());
}

TEST_F(CudnnEngines, AWorkspaceBeyondTheLimitIsNotTaken) {
    queue.state<Arithmetic>().workspace = 0;
    EXPECT_EQ(run<bfloat16>(even), Engines{}) << "every bfloat16 engine of the stand-in wants some";
    EXPECT_EQ(facts().size(), 3U);
    EXPECT_NE(facts()[0].find("are allowed"), std::string::npos) << facts()[0];
    EXPECT_EQ(run<float>(even), (Engines{"float32", "float32", "float32"}));
}

TEST_F(CudnnEngines, APlanIsMadeOncePerGeometry) {
    run<bfloat16>(even);
    const int made = standin::cudnn::plans_made();
    run<bfloat16>(even);
    EXPECT_EQ(standin::cudnn::plans_made(), made);
    run<bfloat16>(forward(2, 3, {1, 6, 6}, 8, 16, 4, 2, 1));
    EXPECT_EQ(standin::cudnn::plans_made(), made + 3);
}

TEST_F(CudnnEngines, SteadyPassesAllocateNothing) {
    run<bfloat16>(uneven);
    const PoolUse use = queue.pool()->use();
    run<bfloat16>(uneven);
    EXPECT_EQ(queue.pool()->use().held, use.held);
    EXPECT_EQ(queue.pool()->use().live, 0U);
}

TEST_F(CudnnEngines, AKernelAsLargeAsTheImageIsAProduct) {
    EXPECT_EQ(run<bfloat16>(forward(2, 4, {1, 4, 4}, 48, 1, 4)), Engines{});
    EXPECT_EQ(run<float>(forward(2, 3, {1, 7, 9}, 19, 21, 1)), Engines{});
    EXPECT_TRUE(facts().empty());
}

TEST_F(CudnnEngines, ProductsThatCublasltCannotComputeAreOurOwnAndThisIsTold) {
    standin::cublaslt::set_available(false);
    const auto g = forward(2, 4, {1, 4, 4}, 40, 7, 4);
    expect_equals_the_cpu<float>(queue, g, 16);
    expect_equals_the_cpu<bfloat16>(queue, g, 2);
    expect_equals_the_cpu<double>(queue, g, 4);
    EXPECT_EQ(facts().size(), 3U);
}

}  // namespace
}  // namespace protolith::kernels::convolution_test
