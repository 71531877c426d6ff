// The three passes on a queue of a GPU, from and to host arrays.
#pragma once

#include "arrays_on_device.hpp"
#include "convolution_cases.hpp"

#include <algorithm>
#include <optional>

#include <gtest/gtest.h>

namespace protolith::kernels::convolution_test {

/// An epilogue whose bias lies on the device.
template <class A>
struct DeviceEpilogue {
    std::optional<testing::DeviceArray<A>> bias;
    Epilogue<A> epilogue;

    DeviceEpilogue(Queue& queue, const std::vector<A>& of_channels, A slope) {
        if (!of_channels.empty()) bias.emplace(queue, of_channels);
        epilogue = {bias ? bias->data() : nullptr, slope};
    }
};

template <class T>
std::vector<T> device_convolved(Queue& queue, const ConvolutionGeometry& g, const std::vector<T>& x,
                                const std::vector<accumulator_t<T>>& w, WeightsKey key = {},
                                const std::vector<accumulator_t<T>>& bias = {}, accumulator_t<T> slope = 1) {
    const testing::DeviceArray<T> from(queue, x), to(queue, g.y_elements());
    const testing::DeviceArray<accumulator_t<T>> weights(queue, w);
    const DeviceEpilogue<accumulator_t<T>> end(queue, bias, slope);
    PROTOLITH_LAUNCH(queue, convolve(queue, g, from.data(), weights.data(), key, to.data(), end.epilogue));
    return to.values();
}

template <class T>
std::vector<T> device_data_convolved(Queue& queue, const ConvolutionGeometry& g, const std::vector<T>& y,
                                     const std::vector<accumulator_t<T>>& w, WeightsKey key = {},
                                     const std::vector<accumulator_t<T>>& bias = {}, accumulator_t<T> slope = 1) {
    const testing::DeviceArray<T> from(queue, y), to(queue, g.x_elements());
    const testing::DeviceArray<accumulator_t<T>> weights(queue, w);
    const DeviceEpilogue<accumulator_t<T>> end(queue, bias, slope);
    PROTOLITH_LAUNCH(queue, convolve_data(queue, g, from.data(), weights.data(), key, to.data(), end.epilogue));
    return to.values();
}

template <class T>
std::vector<accumulator_t<T>> device_weights_convolved(Queue& queue, const ConvolutionGeometry& g,
                                                       const std::vector<T>& x, const std::vector<T>& y) {
    const testing::DeviceArray<T> xs(queue, x), ys(queue, y);
    const testing::DeviceArray<accumulator_t<T>> to(queue, g.w_elements());
    PROTOLITH_LAUNCH(queue, convolve_weights(queue, g, xs.data(), ys.data(), to.data()));
    return to.values();
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

template <class A>
std::vector<double> magnitudes(const std::vector<A>& values) {
    std::vector<double> result;
    for (const A& value : values) result.push_back(std::abs(static_cast<double>(value)));
    return result;
}

/// Found and expected agree to `factor` roundings of the largest sum of magnitudes.
template <class T, class Found>
void expect_near(const std::vector<Found>& found, const std::vector<double>& expected,
                 const std::vector<double>& magnitude, double factor) {
    const double tolerance = factor * epsilon<T>() * *std::max_element(magnitude.begin(), magnitude.end());
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        ASSERT_NEAR(static_cast<double>(found[i]), expected[i], tolerance) << i;
}

/// The three passes of T on the device against the CPU's in double.
template <class T>
void expect_equals_the_cpu(Queue& queue, const ConvolutionGeometry& g, double factor) {
    Queue cpu;
    const Operands<T> o(g);
    const auto x = converted<double>(o.x), y = converted<double>(o.y), w = converted<double>(o.w);
    const auto xm = magnitudes(o.x), ym = magnitudes(o.y), wm = magnitudes(o.w);
    expect_near<T>(device_convolved(queue, g, o.x, o.w), convolved(cpu, g, x, w), convolved(cpu, g, xm, wm), factor);
    expect_near<T>(device_data_convolved(queue, g, o.y, o.w), data_convolved(cpu, g, y, w),
                   data_convolved(cpu, g, ym, wm), factor);
    expect_near<T>(device_weights_convolved(queue, g, o.x, o.y), weights_convolved(cpu, g, x, y),
                   weights_convolved(cpu, g, xm, ym), factor);
}

}  // namespace protolith::kernels::convolution_test
