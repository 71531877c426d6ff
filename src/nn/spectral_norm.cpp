#include "nn/spectral_norm.hpp"

#include "autograd/arithmetic.hpp"
#include "autograd/matmul.hpp"
#include "autograd/reduce.hpp"
#include "autograd/reshape.hpp"

#include <cmath>

namespace protolith::nn {

using autograd::Per;
using autograd::Transpose;

namespace {

Var unit(const Var& vector) { return multiply(vector, inverse(norm(vector)), Per::tensor); }

}  // namespace

SpectralNorm::SpectralNorm(const Placement& place, const ConvolutionSettings& settings)
    : convolution_(place, settings),
      u_(place.buffer("u", {settings.out}, {0.0, 1.0 / std::sqrt(static_cast<double>(settings.out))})) {}

Var SpectralNorm::normalised_weight(bool training) {
    const Var& weight = convolution_.weight().var;
    const std::int64_t rows = weight.shape()[0], columns = weight.value().elements() / rows;
    const Var matrix = reshape(weight, {rows, columns});
    Var u(u_.value.reshaped({1, rows})), v;
    {
        const autograd::NoRecord no_record;
        v = unit(matmul(u, matrix));
        u = unit(matmul(v, matrix, Transpose::no, Transpose::yes));
        if (training) u_.value.assign(u.value().reshaped({rows}));
    }
    const Var sigma = dot(matmul(v, matrix, Transpose::no, Transpose::yes), u);
    return multiply(weight, inverse(sigma), Per::tensor);
}

Var SpectralNorm::forward(const Var& x, const Pass& pass) {
    return convolution_.apply(x, normalised_weight(pass.training));
}

}  // namespace protolith::nn
