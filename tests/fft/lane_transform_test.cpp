// Lane transforms against FFTW's real transforms of the same fields, round trips, every instruction set of the machine.
#include "fft/lane_transform.hpp"

#include "base/error.hpp"
#include "base/random.hpp"
#include "fft/buffer.hpp"
#include "fft/real_transform.hpp"
#include "volume/simd_targets.hpp"

#include <complex>
#include <limits>

#include <gtest/gtest.h>

namespace protolith::fft {
namespace {

/// Noise in every lane, real and imaginary.
template <class T>
Buffer<T> noise(std::size_t length) {
    RandomStream random(23, RandomPurpose::test, static_cast<std::uint32_t>(length));
    Buffer<T> line(2 * length * lanes<T>);
    for (T& v : line) v = static_cast<T>(random.uniform(-1.0, 1.0));
    return line;
}

/// The transform of lane `lane` by FFTW in double: those of its real and imaginary part, joined.
template <class T>
std::vector<std::complex<double>> by_fftw(const Buffer<T>& line, std::size_t length, std::size_t lane) {
    const RealTransform<double> transform(Extent{1, 1, length}, {.batch = 2});
    const std::size_t half = length / 2 + 1;
    Buffer<double> parts(2 * length);
    for (std::size_t i = 0; i < length; ++i)
        for (std::size_t part = 0; part < 2; ++part)
            parts[part * length + i] = static_cast<double>(line[(2 * i + part) * lanes<T> + lane]);
    Buffer<std::complex<double>> spectrum(2 * half);
    transform.forward(parts.data(), spectrum.data());
    std::vector<std::complex<double>> whole(length);
    for (std::size_t k = 0; k < length; ++k) {
        const auto of_part = [&](std::size_t part) {
            return k < half ? spectrum[part * half + k] : std::conj(spectrum[part * half + length - k]);
        };
        whole[k] = of_part(0) + std::complex<double>(0, 1) * of_part(1);
    }
    return whole;
}

template <class T>
void expect_fftw_and_round_trip(std::size_t length) {
    const LaneTransform<T> transform(length);
    const Buffer<T> given = noise<T>(length);
    Buffer<T> line = noise<T>(length);
    const double tolerance = 4 * std::numeric_limits<T>::epsilon() * std::sqrt(static_cast<double>(length)) *
                             std::log2(2.0 * static_cast<double>(length));
    transform.forward(line.data());
    for (std::size_t lane = 0; lane < lanes<T>; ++lane) {
        const auto expected = by_fftw(given, length, lane);
        for (std::size_t place = 0; place < length; ++place) {
            const auto& x = expected[transform.frequency(place)];
            ASSERT_NEAR(line[2 * place * lanes<T> + lane], x.real(), tolerance) << length << " " << place;
            ASSERT_NEAR(line[(2 * place + 1) * lanes<T> + lane], x.imag(), tolerance) << length << " " << place;
        }
    }
    transform.backward(line.data());
    for (std::size_t i = 0; i < line.size(); ++i)
        ASSERT_NEAR(line[i] / static_cast<T>(length), given[i], tolerance) << length << " " << i;
}

class LaneTransforms : public ::testing::TestWithParam<const char*> {
    void SetUp() override { restrict_simd(GetParam()); }
    void TearDown() override { restrict_simd("best"); }
};

TEST_P(LaneTransforms, PowersOfTwoEqualFftw) {
    for (std::size_t length = 1; length <= 1024; length *= 2) {
        EXPECT_TRUE(LaneTransform<float>(length).own());
        expect_fftw_and_round_trip<float>(length);
        expect_fftw_and_round_trip<double>(length);
    }
}
INSTANTIATE_TEST_SUITE_P(Simd, LaneTransforms, ::testing::Values("best", "avx2", "sse4", "scalar"),
                         [](const auto& case_) { return std::string(case_.param); });

TEST(LaneTransform, OtherLengthsRunByFftwAndSaySo) {
    for (const std::size_t length : {3, 5, 12, 96, 100, 127}) {
        EXPECT_FALSE(LaneTransform<float>(length).own());
        expect_fftw_and_round_trip<float>(length);
        expect_fftw_and_round_trip<double>(length);
    }
}

TEST(LaneTransform, OppositePlacesHoldOppositeFrequencies) {
    for (const std::size_t length : {1, 2, 8, 100, 128}) {
        const LaneTransform<double> transform(length);
        for (std::size_t place = 0; place < length; ++place)
            EXPECT_EQ((transform.frequency(place) + transform.frequency(transform.opposite(place))) % length, 0u);
    }
}

TEST(LaneTransform, RefusesNothing) { EXPECT_THROW(LaneTransform<float>(0), Error); }

}  // namespace
}  // namespace protolith::fft
