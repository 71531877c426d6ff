// cuFFT behind the interface of FFTW: the same spectra, and round trips, at awkward sizes.
#include "fft/real_transform.hpp"

#include "arrays_on_device.hpp"
#include "convolution_cases.hpp"

#include <gtest/gtest.h>

namespace protolith::fft {
namespace {

using kernels::Backend;
using kernels::Queue;
using kernels::convolution_test::noise;
using kernels::testing::DeviceArray;

const std::vector<Extent> awkward{{1, 1, 7}, {1, 9, 1}, {1, 5, 8}, {1, 13, 11}, {3, 4, 5}, {4, 1, 6}, {5, 7, 1}};

template <class T>
std::vector<std::complex<T>> host_spectrum(const RealTransform<T>& transform, const std::vector<T>& values) {
    Buffer<T> field(values.size());
    std::copy(values.begin(), values.end(), field.begin());
    Buffer<std::complex<T>> spectrum(transform.spectrum_size());
    transform.forward(field.data(), spectrum.data());
    return {spectrum.begin(), spectrum.end()};
}

template <class T>
void expect_the_spectra_of_fftw(const Extent& n, double tolerance) {
    Queue queue(Backend::cuda);
    const RealTransformOptions batch{.batch = 3};
    const RealTransform<T> host(n, batch), device(queue, n, batch);
    const auto values = noise<T>(static_cast<std::int64_t>(host.real_size()), 1);
    const DeviceArray<T> field(queue, values);
    const DeviceArray<std::complex<T>> spectrum(queue, static_cast<std::int64_t>(device.spectrum_size()));
    device.forward(field.data(), spectrum.data());
    const auto expected = host_spectrum(host, values), found = spectrum.values();
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i)
        ASSERT_NEAR(std::abs(std::complex<double>(found[i]) - std::complex<double>(expected[i])), 0.0, tolerance)
            << to_string(n) << ' ' << i;
    EXPECT_EQ(field.values(), values) << "out of place the field is left as it was";
}

template <class T>
void expect_round_trip(const Extent& n, Placement placement, double tolerance) {
    Queue queue(Backend::cuda);
    const RealTransform<T> transform(queue, n, {.batch = 2, .placement = placement});
    const auto values = noise<T>(static_cast<std::int64_t>(transform.real_size()), 2);
    const DeviceArray<T> field(queue, values);
    if (placement == Placement::in_place) {
        transform.forward(field.data());
        transform.backward(field.data());
    } else {
        const DeviceArray<std::complex<T>> spectrum(queue, static_cast<std::int64_t>(transform.spectrum_size()));
        transform.forward(field.data(), spectrum.data());
        transform.backward(spectrum.data(), field.data());
    }
    transform.normalise(field.data());
    const auto found = field.values();
    for (std::size_t i = 0; i < found.size(); ++i)
        if (i % transform.real_row() < n.x) {  // the rest is padding
            ASSERT_NEAR(static_cast<double>(found[i]), static_cast<double>(values[i]), tolerance) << to_string(n);
        }
}

TEST(CudaRealTransform, GivesTheSpectraOfFftw) {
    for (const Extent& n : awkward) {
        expect_the_spectra_of_fftw<double>(n, 1e-12);
        expect_the_spectra_of_fftw<float>(n, 2e-5);
    }
}

TEST(CudaRealTransform, RoundTripReturnsTheField) {
    for (const Extent& n : awkward)
        for (const Placement placement : {Placement::out_of_place, Placement::in_place}) {
            expect_round_trip<double>(n, placement, 1e-14);
            expect_round_trip<float>(n, placement, 2e-6);
        }
}

TEST(CudaRealTransform, OnAQueueOfTheCpuIsFftws) {
    Queue queue;
    const Extent n{1, 6, 5};
    const RealTransform<double> transform(queue, n);
    const auto values = noise<double>(static_cast<std::int64_t>(transform.real_size()), 3);
    EXPECT_EQ(host_spectrum(transform, values), host_spectrum(RealTransform<double>(n), values));
}

TEST(CudaRealTransform, TakesItsWorkAreaFromThePoolAndGivesItBack) {
    Queue queue(Backend::cuda);
    const RealTransform<float> transform(queue, {1, 8, 8}, {.placement = Placement::in_place});
    const DeviceArray<float> field(queue, noise<float>(static_cast<std::int64_t>(transform.real_size()), 4));
    transform.forward(field.data());
    const kernels::PoolUse use = queue.pool()->use();
    transform.forward(field.data());
    EXPECT_EQ(queue.pool()->use().held, use.held);
    EXPECT_EQ(queue.pool()->use().live, 0U);
}

}  // namespace
}  // namespace protolith::fft
