// Transforms against the defining sum, against single cosines, and round trips at awkward sizes.
#include "fft/real_transform.hpp"

#include "base/random.hpp"
#include "fft/good_size.hpp"

#include <cmath>
#include <numbers>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace protolith::fft {
namespace {

template <class T>
Buffer<T> noise(std::size_t size, std::uint32_t item) {
    RandomStream random(17, RandomPurpose::test, item);
    Buffer<T> values(size);
    for (T& v : values) v = static_cast<T>(random.uniform(-1.0, 1.0));
    return values;
}

/// F(k) by the definition.
std::complex<double> direct_sum(const double* field, const Extent& n, const Extent& k) {
    std::complex<double> sum = 0;
    for (std::size_t z = 0; z < n.z; ++z)
        for (std::size_t y = 0; y < n.y; ++y)
            for (std::size_t x = 0; x < n.x; ++x) {
                const double cycles =
                    double(k.z * z) / double(n.z) + double(k.y * y) / double(n.y) + double(k.x * x) / double(n.x);
                sum += field[(z * n.y + y) * n.x + x] * std::polar(1.0, -2.0 * std::numbers::pi * cycles);
            }
    return sum;
}

const std::vector<Extent> awkward{{1, 1, 1},   {1, 1, 7}, {1, 9, 1}, {1, 5, 8},
                                  {1, 13, 11}, {3, 4, 5}, {4, 1, 6}, {5, 7, 1}};

TEST(GoodSize, IsTheNextSmoothNumber) {
    const std::vector<std::pair<std::size_t, std::size_t>> known{
        {0, 1}, {1, 1}, {7, 7}, {11, 12}, {13, 14}, {121, 125}, {513, 525}, {1009, 1024}, {5001, 5040}, {10001, 10080}};
    for (const auto& [n, good] : known) EXPECT_EQ(good_size(n), good) << n;
    EXPECT_EQ(good_extent({1, 11, 513}), (Extent{1, 12, 525}));
}

TEST(RealTransform, ForwardIsTheDefiningSumInEveryBatch) {
    for (const Extent& n : awkward) {
        const RealTransform<double> transform(n, {.batch = 3});
        const auto field = noise<double>(transform.real_size(), 1);
        Buffer<std::complex<double>> spectrum(transform.spectrum_size());
        transform.forward(field.data(), spectrum.data());
        const Extent half = transform.spectrum_extent();
        for (std::size_t b = 0; b < 3; ++b)
            for (std::size_t z = 0; z < half.z; ++z)
                for (std::size_t y = 0; y < half.y; ++y)
                    for (std::size_t x = 0; x < half.x; ++x) {
                        const auto expected = direct_sum(field.data() + b * n.count(), n, {z, y, x});
                        const auto found = spectrum[b * half.count() + (z * half.y + y) * half.x + x];
                        EXPECT_NEAR(std::abs(found - expected), 0.0, 1e-12) << to_string(n);
                    }
    }
}

template <class T>
void expect_round_trip(const Extent& n, Planning planning, T tolerance) {
    const RealTransform<T> transform(n, {.batch = 2, .planning = planning});
    const auto field = noise<T>(transform.real_size(), 2);
    Buffer<T> back(field.size());
    Buffer<std::complex<T>> spectrum(transform.spectrum_size());
    transform.forward(field.data(), spectrum.data());
    transform.backward(spectrum.data(), back.data());
    transform.normalise(back.data());
    for (std::size_t i = 0; i < field.size(); ++i) EXPECT_NEAR(back[i], field[i], tolerance) << to_string(n);
}

TEST(RealTransform, RoundTripReturnsTheField) {
    for (const Extent& n : awkward) {
        expect_round_trip<double>(n, Planning::estimate, 1e-14);
        expect_round_trip<double>(n, Planning::measure, 1e-14);
        expect_round_trip<float>(n, Planning::estimate, 2e-6F);
        expect_round_trip<float>(n, Planning::measure, 2e-6F);
    }
}

TEST(RealTransform, InPlaceEqualsOutOfPlace) {
    for (const Extent& n : awkward) {
        const RealTransform<double> apart(n), within(n, {.placement = Placement::in_place});
        const auto field = noise<double>(apart.real_size(), 3);
        Buffer<std::complex<double>> spectrum(apart.spectrum_size());
        apart.forward(field.data(), spectrum.data());

        Buffer<double> padded(within.real_size());
        for (std::size_t row = 0; row < n.z * n.y; ++row)
            for (std::size_t x = 0; x < n.x; ++x) padded[row * within.real_row() + x] = field[row * n.x + x];
        within.forward(padded.data());
        for (std::size_t i = 0; i < spectrum.size(); ++i)
            EXPECT_NEAR(std::abs(within.as_spectrum(padded.data())[i] - spectrum[i]), 0.0, 1e-13) << to_string(n);

        within.backward(padded.data());
        within.normalise(padded.data());
        for (std::size_t row = 0; row < n.z * n.y; ++row)
            for (std::size_t x = 0; x < n.x; ++x)
                EXPECT_NEAR(padded[row * within.real_row() + x], field[row * n.x + x], 1e-14) << to_string(n);
    }
}

TEST(RealTransform, PlansFromSeveralThreadsWorkAlike) {
    const Extent n{1, 12, 10};
    std::vector<double> at_origin(4);
    std::vector<std::thread> threads;
    for (double& value : at_origin)
        threads.emplace_back([&value, n] {
            const RealTransform<double> transform(n);
            Buffer<double> ones(transform.real_size());
            for (double& v : ones) v = 1.0;
            Buffer<std::complex<double>> spectrum(transform.spectrum_size());
            transform.forward(ones.data(), spectrum.data());
            value = spectrum[0].real();
        });
    for (auto& thread : threads) thread.join();
    for (const double value : at_origin) EXPECT_DOUBLE_EQ(value, 120.0);
}

TEST(RealTransform, RefusesUnalignedMemoryTheWrongPlacementAndNothing) {
    const RealTransform<double> transform({1, 4, 4});
    Buffer<double> field(32);
    Buffer<std::complex<double>> spectrum(16);
    EXPECT_THROW(transform.forward(field.data() + 1, spectrum.data()), Error);
    EXPECT_THROW(transform.forward(field.data()), Error);
    EXPECT_THROW(RealTransform<double>({1, 0, 4}), Error);
    EXPECT_THROW(RealTransform<float>({1, 4, 4}, {.batch = 0}), Error);
}

}  // namespace
}  // namespace protolith::fft
