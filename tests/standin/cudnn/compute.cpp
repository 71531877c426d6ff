// The trilinear form summed in double, operands and results in float32 or bfloat16.
#include "queue/types.hpp"
#include "standin/cudnn/descriptor.hpp"

#include <bit>

namespace standin::cudnn {
namespace {

using protolith::kernels::bfloat16;

std::int64_t elements(const std::vector<std::int64_t>& extents) {
    std::int64_t count = 1;
    for (const std::int64_t e : extents) count *= e;
    return count;
}

/// To nearest, 10 bits of mantissa.
float rounded_to_tf32(float value) {
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
    return std::bit_cast<float>((bits + 0xfffU + ((bits >> 13) & 1U)) & ~0x1fffU);
}

std::vector<double> read(const void* from, cudnnDataType_t type, std::int64_t count, bool tf32) {
    std::vector<double> values(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < values.size(); ++i) {
        const float value = type == CUDNN_DATA_BFLOAT16 ? static_cast<float>(static_cast<const bfloat16*>(from)[i])
                                                        : static_cast<const float*>(from)[i];
        values[i] = static_cast<double>(tf32 ? rounded_to_tf32(value) : value);
    }
    return values;
}

void write(const std::vector<double>& values, cudnnDataType_t type, const void* to) {
    void* const out = const_cast<void*>(to);
    for (std::size_t i = 0; i < values.size(); ++i)
        if (type == CUDNN_DATA_BFLOAT16)
            static_cast<bfloat16*>(out)[i] = bfloat16(static_cast<float>(values[i]));
        else
            static_cast<float*>(out)[i] = static_cast<float>(values[i]);
}

/// Space as three axes; images have a depth of 1.
struct Space {
    std::int64_t at[3] = {1, 1, 1};
    Space(const std::vector<std::int64_t>& values, std::size_t skip, std::int64_t otherwise) {
        const std::size_t rank = values.size() - skip;
        for (std::size_t d = 0; d < 3; ++d) at[d] = d + rank < 3 ? otherwise : values[skip + d + rank - 3];
    }
};

/// Calls visit(pixel of x, tap, pixel of y) for every product inside the image.
template <class Visit>
void each_contact(const Problem& p, Visit&& visit) {
    const Space x(p.x, 2, 1), y(p.y, 2, 1), taps(p.w, 2, 1), stride(p.stride, 0, 1), before(p.before, 0, 0),
        dilation(p.dilation, 0, 1);
    const std::int64_t y_pixels = y.at[0] * y.at[1] * y.at[2], all_taps = taps.at[0] * taps.at[1] * taps.at[2];
    for (std::int64_t n = 0; n < p.x[0]; ++n)
        for (std::int64_t pixel = 0; pixel < y_pixels; ++pixel)
            for (std::int64_t t = 0; t < all_taps; ++t) {
                const std::int64_t at[3] = {pixel / (y.at[1] * y.at[2]), pixel / y.at[2] % y.at[1], pixel % y.at[2]};
                const std::int64_t tap[3] = {t / (taps.at[1] * taps.at[2]), t / taps.at[2] % taps.at[1],
                                             t % taps.at[2]};
                std::int64_t q[3];
                bool inside = true;
                for (int d = 0; d < 3; ++d) {
                    q[d] = at[d] * stride.at[d] - before.at[d] + tap[d] * dilation.at[d];
                    inside = inside && q[d] >= 0 && q[d] < x.at[d];
                }
                if (inside) visit(((n * x.at[0] + q[0]) * x.at[1] + q[1]) * x.at[2] + q[2], t, n * y_pixels + pixel);
            }
}

}  // namespace

void compute(const Problem& p, bool tf32, const void* x_, const void* w_, const void* y_) {
    const std::int64_t K = p.w[0], C = p.w[1], taps = elements(p.w) / (K * C);
    const bool forward = p.operation == CUDNN_BACKEND_OPERATION_CONVOLUTION_FORWARD_DESCRIPTOR;
    const bool data = p.operation == CUDNN_BACKEND_OPERATION_CONVOLUTION_BACKWARD_DATA_DESCRIPTOR;
    std::vector<double> x(data ? elements(p.x) : 0), y(forward ? elements(p.y) : 0),
        w(forward || data ? 0 : elements(p.w));
    if (!data) x = read(x_, p.x_type, elements(p.x), tf32);
    if (!forward) y = read(y_, p.y_type, elements(p.y), tf32);
    if (forward || data) w = read(w_, p.w_type, elements(p.w), tf32);
    if (forward) {  // with channels of y innermost: loops that become vectors
        std::vector<double> turned(w.size());
        for (std::int64_t k = 0; k < K; ++k)
            for (std::int64_t i = 0; i < taps * C; ++i) turned[i * K + k] = w[k * taps * C + i];
        each_contact(p, [&](std::int64_t q, std::int64_t t, std::int64_t pixel) {
            for (std::int64_t c = 0; c < C; ++c) {
                const double factor = x[q * C + c], *from = &turned[(t * C + c) * K];
                for (std::int64_t k = 0; k < K; ++k) y[pixel * K + k] += factor * from[k];
            }
        });
        return write(y, p.y_type, y_);
    }
    each_contact(p, [&](std::int64_t q, std::int64_t t, std::int64_t pixel) {
        for (std::int64_t k = 0; k < K; ++k) {
            const double factor = y[pixel * K + k];
            double *of_w = &w[(k * taps + t) * C], *of_x = &x[q * C];
            if (data)
                for (std::int64_t c = 0; c < C; ++c) of_x[c] += factor * of_w[c];
            else
                for (std::int64_t c = 0; c < C; ++c) of_w[c] += factor * of_x[c];
        }
    });
    if (data)
        write(x, p.x_type, x_);
    else
        write(w, p.w_type, w_);
}

}  // namespace standin::cudnn
