#include "autograd/minibatch_stddev.hpp"

#include "autograd/arithmetic.hpp"
#include "autograd/concat.hpp"
#include "autograd/reduce.hpp"
#include "autograd/reshape.hpp"
#include "base/error.hpp"
#include "minibatch_stddev/centre.hpp"

namespace protolith::autograd {
namespace {

using kernels::accumulator_t;

/// Either result may be an empty tensor: it is not made.
void centre_batch(const Tensor& x, double epsilon, const Tensor& centred, const Tensor& deviation) {
    with_type(x.type(), [&]<class T>(T) {
        using A = accumulator_t<T>;
        const T* from = x.data<T>();
        T* const to = centred ? centred.data<T>() : nullptr;
        A* const spread_of = deviation ? deviation.data<A>() : nullptr;
        PROTOLITH_LAUNCH(
            x.queue(), centre_batch(x.queue(), x.shape()[0], x.shape()[1], x.shape()[2], epsilon, from, to, spread_of));
    });
}

/// x (groups, samples, features) less the means over the samples: a linear map, its own adjoint.
Var centred(const Var& x) {
    Tensor y(x.queue(), x.shape(), x.type());
    centre_batch(x.value(), 0, y, Tensor());
    return record(y, {x}, {[](auto&, auto& g) { return centred(g); }});
}

/// The standard deviation over the samples, (groups, features). Its gradient is centred(x)·g/(samples·deviation), with
/// what was centred in the same pass.
Var deviation_over_samples(const Var& x, double epsilon) {
    const bool kept = recording() && x.wanted();
    Tensor deviation(x.queue(), {x.shape()[0], x.shape()[2]}, accumulator_of(x.type()));
    Tensor difference;
    if (kept) difference = Tensor(x.queue(), x.shape(), x.type());
    centre_batch(x.value(), epsilon, difference, deviation);
    if (!kept) return Var(deviation);
    const Var varying = record(difference, {x}, {[](auto&, auto& g) { return centred(g); }});
    const double share = 1.0 / static_cast<double>(x.shape()[1]);
    return record(deviation, {x}, {[varying, share](auto& y, auto& g) {
                      return multiply(varying, scale(divide(g, y), share), Per::instance);
                  }});
}

}  // namespace

Var minibatch_stddev(const Var& x, std::int64_t groups, double epsilon) {
    const Shape& shape = x.shape();
    require(shape.rank() >= 2 && groups >= 1 && shape[0] % groups == 0,
            "minibatch standard deviation over {} groups of a batch of shape {}", groups, shape.text());
    const std::int64_t samples = shape[0] / groups;
    const Var parts = reshape(x, {groups, samples, shape.product(1, shape.rank())});
    const Var value = mean(deviation_over_samples(parts, epsilon), Per::sample);  // (groups)
    const Shape channel = shape.with(-1, 1);
    const Var everywhere = spread(value, {groups, channel.elements() / groups}, x.type(), Per::sample);
    return concat({x, reshape(everywhere, channel)}, -1);
}

}  // namespace protolith::autograd
