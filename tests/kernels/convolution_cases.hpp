// Geometries of the networks of the specs at small sizes, and a harness that runs the three passes on them.
#pragma once

#include "convolution/convolution.hpp"

#include <cmath>
#include <limits>
#include <ostream>
#include <string>
#include <vector>

namespace protolith::kernels::convolution_test {

struct Case {
    std::string name;
    ConvolutionGeometry geometry;

    friend void PrintTo(const Case& which, std::ostream* to) { *to << which.geometry.describe(); }
};

inline ConvolutionGeometry forward(int dimensions, std::int64_t batch, Extent x, std::int64_t C, std::int64_t K,
                                   std::int64_t kernel, std::int64_t stride = 1, std::int64_t padding = 0) {
    return convolution_geometry(ConvolutionWindow::cube(dimensions, kernel, stride, padding), batch, x, C, K);
}

inline ConvolutionGeometry backward(int dimensions, std::int64_t batch, Extent y, std::int64_t K, std::int64_t C,
                                    std::int64_t kernel, std::int64_t stride, std::int64_t padding,
                                    std::int64_t output_padding = 0) {
    return transposed_geometry(ConvolutionWindow::cube(dimensions, kernel, stride, padding, output_padding), batch, y,
                               K, C);
}

inline ConvolutionGeometry one_sided(Extent x, std::int64_t C, std::int64_t K) {
    ConvolutionWindow window = ConvolutionWindow::cube(2, 3, 2);
    window.low = {0, 1, 0};
    window.high = {0, 0, 2};
    return convolution_geometry(window, 2, x, C, K);
}

inline std::vector<Case> cases() {
    return {
        {"CriticFirst", forward(2, 3, {1, 16, 16}, 1, 24, 4, 2, 1)},
        {"CriticFirstOfManyImages", forward(2, 9, {1, 64, 64}, 1, 16, 4, 2, 1)},
        {"CriticMiddle", forward(2, 3, {1, 16, 16}, 20, 36, 4, 2, 1)},
        {"CriticDeep", forward(2, 5, {1, 8, 8}, 64, 32, 4, 2, 1)},
        {"CriticToOnePixel", forward(2, 2, {1, 2, 2}, 8, 16, 4, 2, 1)},
        {"CriticLast", forward(2, 4, {1, 4, 4}, 48, 1, 4)},
        {"CriticLastOfALargeImage", forward(2, 2, {1, 7, 6}, 16, 1, 4)},
        {"CriticOddSize", forward(2, 2, {1, 13, 10}, 6, 7, 4, 2, 1)},
        {"CriticPatch", forward(2, 2, {1, 9, 9}, 16, 24, 4, 1, 1)},
        {"GeneratorFirst", backward(2, 4, {1, 1, 1}, 40, 24, 4, 1, 0)},
        {"GeneratorFirstOfALargeLatent", backward(2, 2, {1, 3, 2}, 40, 24, 4, 1, 0)},
        {"GeneratorMiddle", backward(2, 3, {1, 8, 8}, 36, 20, 4, 2, 1)},
        {"GeneratorLast", backward(2, 3, {1, 9, 8}, 24, 1, 4, 2, 1)},
        {"OneByOne", forward(2, 3, {1, 7, 9}, 19, 21, 1)},
        {"OneByOneOfManyImages", forward(2, 5, {1, 40, 40}, 16, 16, 1)},
        {"OneByOneStrided", forward(2, 3, {1, 7, 9}, 5, 6, 1, 2)},
        {"OneByOnePadded", forward(2, 1, {1, 3, 3}, 5, 6, 1, 1, 1)},
        {"ThreeByThree", forward(2, 2, {1, 11, 12}, 18, 33, 3, 1, 1)},
        {"ThreeByThreeEvenSizes", forward(2, 2, {1, 8, 16}, 32, 16, 3, 1, 1)},
        {"ThreeByThreeFromOneChannel", forward(2, 2, {1, 9, 8}, 1, 16, 3, 1, 1)},
        {"ThreeByThreeToOneChannel", forward(2, 2, {1, 9, 8}, 32, 1, 3)},
        {"ThreeByThreeStrided", forward(2, 2, {1, 12, 11}, 8, 16, 3, 2, 1)},
        {"ThreeByThreeTransposed", backward(2, 2, {1, 6, 5}, 16, 8, 3, 2, 1, 1)},
        {"SevenByFirst", forward(2, 1, {1, 14, 15}, 2, 16, 7)},
        {"SevenByLast", forward(2, 1, {1, 14, 15}, 16, 1, 7)},
        {"NineByNine", forward(2, 1, {1, 12, 13}, 1, 8, 9, 1, 4)},
        {"FiveByFive", forward(2, 1, {1, 7, 6}, 3, 5, 5, 1, 2)},
        {"TwoByTwo", forward(2, 2, {1, 9, 9}, 16, 12, 2)},
        {"EightByEight", forward(2, 1, {1, 12, 12}, 4, 6, 8, 2, 3)},
        {"WholeRow", forward(2, 2, {1, 1, 9}, 3, 4, 1)},
        {"OnePixel", forward(2, 1, {1, 1, 1}, 1, 1, 1)},
        {"OnePixelPadded", forward(2, 1, {1, 1, 1}, 2, 3, 3, 1, 1)},
        {"RowsAtTheEndUnread", forward(2, 2, {1, 10, 8}, 4, 4, 3, 2)},
        {"OneSidedPadding", one_sided({1, 8, 9}, 3, 4)},
        {"VolumeThree", forward(3, 2, {5, 6, 7}, 6, 10, 3, 1, 1)},
        {"VolumeCritic", forward(3, 2, {8, 8, 6}, 5, 9, 4, 2, 1)},
        {"VolumeOneChannel", forward(3, 1, {8, 8, 8}, 1, 16, 4, 2, 1)},
        {"VolumeTransposed", backward(3, 2, {3, 4, 2}, 9, 5, 4, 2, 1)},
        {"VolumeToOnePixel", forward(3, 2, {4, 4, 4}, 6, 1, 4)},
        {"VolumeFromOnePixel", backward(3, 2, {1, 1, 1}, 12, 8, 4, 1, 0)},
        {"VolumeOneByOne", forward(3, 2, {3, 4, 5}, 8, 4, 1)},
        {"VolumeOneDeep", forward(3, 2, {1, 8, 8}, 4, 6, 3, 1, 1)},
    };
}

/// Values in (-1, 1) that T holds exactly, the same for the same `seed`.
template <class T>
std::vector<T> noise(std::int64_t count, std::uint64_t seed) {
    std::vector<T> values(count);
    std::uint64_t state = seed * 0x9e3779b97f4a7c15ULL + 1;
    for (T& value : values) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        value = T(static_cast<float>(static_cast<double>(state >> 40) * 0x1p-23 - 1.0));
    }
    return values;
}

template <class A, class B>
std::vector<A> converted(const std::vector<B>& values) {
    std::vector<A> result(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) result[i] = A(values[i]);
    return result;
}

template <class T>
std::vector<T> convolved(Queue& queue, const ConvolutionGeometry& g, const std::vector<T>& x,
                         const std::vector<accumulator_t<T>>& w, WeightsKey key = {},
                         Epilogue<accumulator_t<T>> epilogue = {}) {
    std::vector<T> y(g.y_elements(), T(NAN));
    PROTOLITH_LAUNCH(queue, convolve(queue, g, x.data(), w.data(), key, y.data(), epilogue));
    return y;
}

template <class T>
std::vector<T> data_convolved(Queue& queue, const ConvolutionGeometry& g, const std::vector<T>& y,
                              const std::vector<accumulator_t<T>>& w, WeightsKey key = {},
                              Epilogue<accumulator_t<T>> epilogue = {}) {
    std::vector<T> x(g.x_elements(), T(NAN));
    PROTOLITH_LAUNCH(queue, convolve_data(queue, g, y.data(), w.data(), key, x.data(), epilogue));
    return x;
}

template <class T>
std::vector<accumulator_t<T>> weights_convolved(Queue& queue, const ConvolutionGeometry& g, const std::vector<T>& x,
                                                const std::vector<T>& y) {
    std::vector<accumulator_t<T>> w(g.w_elements(), accumulator_t<T>(NAN));
    PROTOLITH_LAUNCH(queue, convolve_weights(queue, g, x.data(), y.data(), w.data()));
    return w;
}

inline bool has_bfloat16(Queue& queue) {
    bool has = false;
    PROTOLITH_LAUNCH(queue, bfloat16_hardware(queue, has));
    return has;
}

/// Rounding of operands and results of T.
template <class T>
double epsilon() {
    return sizeof(T) == 2 ? 0x1p-8 : std::numeric_limits<accumulator_t<T>>::epsilon();
}

}  // namespace protolith::kernels::convolution_test
