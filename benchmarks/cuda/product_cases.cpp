// Convolutions in their three directions and matrix products: the layers of the companion critic for 128² images at
// full width, 4×4 with stride 2, whose transposed twins make the generator.
#include "case.hpp"
#include "convolution/convolution.hpp"
#include "matmul/matmul.hpp"

#include <fmt/format.h>

namespace protolith::benchmarks {
namespace {

using namespace kernels;

template <class T>
struct ConvolutionArrays {
    using A = accumulator_t<T>;
    ConvolutionArrays(Operands& o, const ConvolutionGeometry& g)
        : x(o.array<T>(g.x_elements())), y(o.array<T>(g.y_elements())), w(o.array<A>(g.w_elements())) {}

    T *x, *y;
    A* w;
};

template <class T>
void add_layer(std::vector<Case>& cases, std::int64_t images, std::int64_t side, std::int64_t from, std::int64_t to) {
    using A = accumulator_t<T>;
    const auto g = convolution_geometry(ConvolutionWindow::cube(2, 4, 2, 1), images, {1, side, side}, from, to);
    const std::string shape = fmt::format("({}, {}², {}) → {}", images, side, from, to);
    const double bytes = static_cast<double>(g.x_elements() + g.y_elements()) * sizeof(T) +
                         static_cast<double>(g.w_elements()) * sizeof(A);
    const WeightsKey key{1 + static_cast<std::uint64_t>(cases.size()), 1};
    const auto add = [&](const char* name, auto call) {
        cases.push_back(make_case<T>(name, shape, bytes, g.operations(), [=](Queue& q, Operands& o) {
            const ConvolutionArrays<T> a(o, g);
            return [=, &q] { call(q, a); };
        }));
    };
    using Arrays = ConvolutionArrays<T>;
    add("convolve", [=](Queue& q, const Arrays& a) {
        PROTOLITH_LAUNCH(q, convolve(q, g, static_cast<const T*>(a.x), static_cast<const A*>(a.w), key, a.y));
    });
    add("convolve_data", [=](Queue& q, const Arrays& a) {
        PROTOLITH_LAUNCH(q, convolve_data(q, g, static_cast<const T*>(a.y), static_cast<const A*>(a.w), key, a.x));
    });
    add("convolve_weights", [=](Queue& q, const Arrays& a) {
        PROTOLITH_LAUNCH(q, convolve_weights(q, g, static_cast<const T*>(a.x), static_cast<const T*>(a.y), a.w));
    });
}

template <class T>
void add_matmul(std::vector<Case>& cases, std::int64_t images) {
    const MatmulShape s{images, 1024 * 4 * 4, 512};
    const double bytes = static_cast<double>(s.m * s.k + s.k * s.n + s.m * s.n) * sizeof(T);
    cases.push_back(make_case<T>("matmul", fmt::format("({}, {}) ({}, {})", s.m, s.k, s.k, s.n), bytes,
                                 2.0 * static_cast<double>(s.m * s.k * s.n), [=](Queue& q, Operands& o) {
                                     const T *a = o.array<T>(s.m * s.k), *b = o.array<T>(s.k * s.n);
                                     T* c = o.constant<T>(s.m * s.n, 0);
                                     return [=, &q] { PROTOLITH_LAUNCH(q, matmul(q, s, a, b, c)); };
                                 }));
}

template <class T>
void add_type(std::vector<Case>& cases, std::int64_t images) {
    add_layer<T>(cases, images, 128, 1, 64);
    add_layer<T>(cases, images, 64, 64, 128);
    add_layer<T>(cases, images, 32, 128, 256);
    add_layer<T>(cases, images, 16, 256, 512);
    add_layer<T>(cases, images, 8, 512, 1024);
    add_matmul<T>(cases, images);
}

}  // namespace

void add_products(std::vector<Case>& cases, std::int64_t images) {
    add_type<float>(cases, images);
    add_type<bfloat16>(cases, images);
}

}  // namespace protolith::benchmarks
