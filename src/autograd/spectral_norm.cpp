#include "autograd/spectral_norm.hpp"

#include "autograd/arithmetic.hpp"
#include "autograd/reduce.hpp"
#include "autograd/reshape.hpp"
#include "base/error.hpp"

namespace protolith::autograd {
namespace {

Var normalised(const Var& x) { return multiply(x, inverse(norm(x)), Per::tensor); }

/// u vᵀ, (K, rest), after the power iteration.
Tensor singular_directions(const Tensor& weights, const Tensor& u, bool iterate) {
    const NoRecord no_record;
    const Var matrix(weights);
    const Var v = normalised(sum(multiply(matrix, Var(u), Per::sample), Per::channel));
    if (iterate) u.assign(normalised(sum(multiply(matrix, v, Per::channel), Per::sample)).value());
    return multiply(spread(Var(u), weights.shape(), weights.type(), Per::sample), v, Per::channel).value();
}

}  // namespace

Var spectral_norm(const Var& w, const Tensor& u, bool iterate) {
    const std::int64_t rows = w.shape()[0];
    require(u.shape() == Shape{rows} && u.type() == w.type(),
            "spectral norm of {} weights {} with {} u of shape {}; expected ({})", name_of(w.type()), w.shape().text(),
            name_of(u.type()), u.shape().text(), rows);
    const Var matrix = reshape(w, {rows, w.shape().elements() / rows});
    const Var sigma = dot(matrix, Var(singular_directions(matrix.value(), u, iterate)));
    return multiply(w, inverse(sigma), Per::tensor);
}

}  // namespace protolith::autograd
