#include "convolution/reference.hpp"

#include <algorithm>

namespace protolith::kernels::cpu {
namespace {

/// Calls visit(x pixel, tap, y pixel) for every product of the form that lies inside the image.
template <class Visit>
void each_contact(const ConvolutionGeometry& g, Visit&& visit) {
    const std::int64_t y_pixels = volume(g.y);
    for (std::int64_t n = 0; n < g.batch; ++n)
        for (std::int64_t p = 0; p < y_pixels; ++p)
            for (std::int64_t t = 0; t < g.taps(); ++t) {
                const Extent at{p / (g.y[1] * g.y[2]), p / g.y[2] % g.y[1], p % g.y[2]};
                const Extent tap{t / (g.kernel[1] * g.kernel[2]), t / g.kernel[2] % g.kernel[1], t % g.kernel[2]};
                Extent q;
                bool inside = true;
                for (std::size_t d = 0; d < 3; ++d) {
                    q[d] = at[d] * g.stride[d] - g.low[d] + tap[d];
                    inside = inside && q[d] >= 0 && q[d] < g.x[d];
                }
                if (inside) visit(((n * g.x[0] + q[0]) * g.x[1] + q[1]) * g.x[2] + q[2], t, n * y_pixels + p);
            }
}

void finish(double* values, std::int64_t pixels, std::int64_t channels, Epilogue<double> epilogue) {
    for (std::int64_t i = 0; i < pixels; ++i)
        for (std::int64_t c = 0; c < channels; ++c) {
            double& value = values[i * channels + c];
            value = leaky(value + (epilogue.bias ? epilogue.bias[c] : 0.0), epilogue.slope);
        }
}

}  // namespace

void reference_convolve(const ConvolutionGeometry& g, const double* x, const double* w, double* y,
                        Epilogue<double> epilogue) {
    const std::int64_t C = g.in_channels, K = g.out_channels;
    std::fill_n(y, g.y_elements(), 0.0);
    each_contact(g, [&](std::int64_t q, std::int64_t t, std::int64_t p) {
        for (std::int64_t k = 0; k < K; ++k) {
            const double *a = x + q * C, *b = w + (k * g.taps() + t) * C;
            double sum = 0;
            for (std::int64_t c = 0; c < C; ++c) sum += a[c] * b[c];
            y[p * K + k] += sum;
        }
    });
    finish(y, g.batch * volume(g.y), K, epilogue);
}

void reference_convolve_data(const ConvolutionGeometry& g, const double* y, const double* w, double* x,
                             Epilogue<double> epilogue) {
    const std::int64_t C = g.in_channels, K = g.out_channels;
    std::fill_n(x, g.x_elements(), 0.0);
    each_contact(g, [&](std::int64_t q, std::int64_t t, std::int64_t p) {
        for (std::int64_t k = 0; k < K; ++k) {
            const double factor = y[p * K + k], *b = w + (k * g.taps() + t) * C;
            for (std::int64_t c = 0; c < C; ++c) x[q * C + c] += factor * b[c];
        }
    });
    finish(x, g.batch * volume(g.x), C, epilogue);
}

void reference_convolve_weights(const ConvolutionGeometry& g, const double* x, const double* y, double* w) {
    const std::int64_t C = g.in_channels, K = g.out_channels;
    std::fill_n(w, g.w_elements(), 0.0);
    each_contact(g, [&](std::int64_t q, std::int64_t t, std::int64_t p) {
        for (std::int64_t k = 0; k < K; ++k) {
            const double factor = y[p * K + k], *a = x + q * C;
            for (std::int64_t c = 0; c < C; ++c) w[(k * g.taps() + t) * C + c] += factor * a[c];
        }
    });
}

}  // namespace protolith::kernels::cpu
