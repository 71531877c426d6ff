// Work captured into a CUDA graph does at every launch what it did when it was launched singly.
#include "queue/graph.hpp"

#include "arrays.hpp"
#include "arrays_on_device.hpp"
#include "convolution/convolution.hpp"
#include "dropout/dropout.hpp"
#include "pointwise/map.hpp"

namespace protolith::kernels {
namespace {

std::vector<float> ones(std::int64_t count, float value = 1.0F) {
    return std::vector<float>(static_cast<std::size_t>(count), value);
}

struct CudaGraph : ::testing::Test {
    void fill(const testing::DeviceArray<float>& array, std::int64_t count, float value) {
        const auto values = ones(count, value);
        cuda::copy_in(queue, array.data(), values.data(), values.size() * sizeof(float));
    }
    Queue queue{Backend::cuda};
    Graph graph{queue};
};

TEST_F(CudaGraph, RunsWhenLaunchedOnWhatIsThereThen) {
    const testing::DeviceArray<float> x(queue, ones(1000)), y(queue, ones(1000, 0));
    graph.capture([&] {
        cuda::map(queue, formula::Scale{2}, x.data(), y.data(), 1000);
        cuda::combine(queue, formula::Add{}, x.data(), y.data(), y.data(), 1000);
    });
    EXPECT_GE(graph.nodes(), 2U);
    EXPECT_EQ(y.values(), ones(1000, 0));
    for (const float value : {1.0F, 5.0F}) {
        fill(x, 1000, value);
        graph.launch();
        EXPECT_EQ(y.values(), ones(1000, 3 * value));
    }
}

TEST_F(CudaGraph, MemoryThatItTookIsNeverAnothers) {
    const testing::DeviceArray<float> x(queue, ones(1000)), y(queue, ones(1000, 0));
    const float* inside = nullptr;
    graph.capture([&] {
        const Scratch between(queue, 4000);
        inside = between.as<float>();
        cuda::map(queue, formula::Scale{2}, x.data(), between.as<float>(), 1000);
        cuda::map(queue, formula::Scale{3}, between.as<float>(), y.data(), 1000);
    });
    const Scratch outside(queue, 4000);
    EXPECT_NE(outside.as<float>(), inside);
    cuda::fill_zero(queue, outside.as<float>(), 4000);
    graph.launch();
    EXPECT_EQ(y.values(), ones(1000, 6));
    EXPECT_EQ(queue.capture(), 0U);
}

TEST_F(CudaGraph, MemoryReleasedInTheCaptureStaysForTheReplays) {
    const testing::DeviceArray<float> x(queue, ones(1000)), y(queue, ones(1000, 0));
    graph.capture([&] {
        for (const std::size_t bytes : {4000, 40000, 400000}) {
            const Scratch between(queue, bytes);
            cuda::map(queue, formula::Scale{2}, x.data(), between.as<float>(), 1000);
            cuda::map(queue, formula::Scale{3}, between.as<float>(), y.data(), 1000);
        }
    });
    EXPECT_GE(graph.pool()->use().held, 444000U);
    graph.launch();
    EXPECT_EQ(y.values(), ones(1000, 6));
}

TEST_F(CudaGraph, RandomMasksAdvanceWithTheLaunches) {
    const std::int64_t count = 4001;
    const testing::DeviceArray<float> x(queue, ones(count)), y(queue, count), expected(queue, count);
    const DropoutKey key{7, 1, 20};
    graph.capture([&] { cuda::dropout(queue, count, 0.5, key, x.data(), y.data()); });
    for (std::uint32_t launch = 0; launch < 3; ++launch) {
        graph.launch();
        cuda::dropout(queue, count, 0.5, {key.seed, key.stream, key.step + launch}, x.data(), expected.data());
        EXPECT_EQ(y.values(), expected.values()) << launch;
    }
}

TEST_F(CudaGraph, PreparedWeightsFollowTheWeights) {
    const auto g = convolution_geometry(ConvolutionWindow::cube(2, 3, 1, 1), 1, {1, 4, 4}, 8, 8);
    const std::int64_t weights = g.w_elements(), pixels = g.x_elements();
    const WeightsKey key{12345, 1};
    const testing::DeviceArray<bfloat16> x(queue, testing::whole_numbers<bfloat16>(pixels)), y(queue, pixels);
    const testing::DeviceArray<float> w(queue, ones(weights));
    const auto convolve = [&] { cuda::convolve(queue, g, x.data(), w.data(), key, y.data(), Epilogue<float>{}); };
    convolve();
    const auto once = testing::doubles(y.values());
    graph.capture(convolve);
    for (const float factor : {1.0F, 2.0F, 4.0F}) {
        fill(w, weights, factor);  // without a new version, as the graph's own launches change nothing on the host
        graph.launch();
        auto found = testing::doubles(y.values());
        for (auto& value : found) value /= factor;
        EXPECT_EQ(found, once) << factor;
    }
}

TEST_F(CudaGraph, WaitingForTheDeviceInACaptureIsAnErrorAndTheQueueGoesOn) {
    const testing::DeviceArray<float> x(queue, ones(10));
    EXPECT_ANY_THROW(graph.capture([&] { queue.synchronise(); }));
    EXPECT_FALSE(graph.captured());
    EXPECT_EQ(queue.capture(), 0U);
    EXPECT_EQ(x.values(), ones(10));
    graph.capture([&] { cuda::map(queue, formula::Scale{2}, x.data(), x.data(), 10); });
    graph.launch();
    EXPECT_EQ(x.values(), ones(10, 2));
}

}  // namespace
}  // namespace protolith::kernels
