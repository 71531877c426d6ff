#include "autograd/activation.hpp"

#include "autograd/arithmetic.hpp"
#include "autograd/pointwise.hpp"
#include "autograd/reduce.hpp"
#include "reduce/broadcast.hpp"

namespace protolith::autograd {

namespace formula = kernels::formula;

namespace {

/// A formula of two operands that is linear in v and flat in x.
template <class Switch>
Var switched(const Switch& by, const Var& x, const Var& v) {
    return record(combined(by, x.value(), v.value()), {v}, {[by, x](auto&, auto& g) { return switched(by, x, g); }});
}

Var tanh_slope(const Var& y, const Var& g) {
    return record(combined(formula::TanhSlope{}, y.value(), g.value()), {y, g},
                  {[y, g](auto&, auto& u) { return scale(multiply(multiply(g, u), y), -2); },
                   [y](auto&, auto& u) { return tanh_slope(y, u); }});
}

Var sigmoid_slope(const Var& y, const Var& g) {
    return record(combined(formula::SigmoidSlope{}, y.value(), g.value()), {y, g},
                  {[y, g](auto&, auto& u) { return multiply(multiply(g, u), shift(scale(y, -2), 1)); },
                   [y](auto&, auto& u) { return sigmoid_slope(y, u); }});
}

Var selu_slope(const Var& y, const Var& g) {
    return record(combined(formula::SeluSlope{}, y.value(), g.value()), {y, g},
                  {[y, g](auto&, auto& u) {
                       return switched(formula::Gate{0, 1}, y, multiply(g, u));
                   },
                   [y](auto&, auto& u) { return selu_slope(y, u); }});
}

/// x > 0 ? v : slope · v with a slope for each group.
Var gate_row(const Var& x, const Var& v, const Var& slope, Per per) {
    Tensor y(v.queue(), v.shape(), v.type());
    const auto groups = groups_of(v.shape(), per);
    require_row(slope.value(), v.value(), per);
    with_type(y.type(), [&]<class T>(T) {
        const T *xs = x.value().data<T>(), *vs = v.value().data<T>();
        PROTOLITH_LAUNCH(v.queue(), gate_row(v.queue(), groups, xs, vs, slope.value().data<kernels::accumulator_t<T>>(),
                                             y.data<T>()));
    });
    return record(y, {v, slope},
                  {[x, slope, per](auto&, auto& g) { return gate_row(x, g, slope, per); },
                   [x, v, per](auto&, auto& g) {
                       return dot(switched(formula::Gate{0, 1}, x, v), g, per);
                   }});
}

}  // namespace

Var gate(const Var& x, const Var& v, double slope) { return switched(formula::Gate{1, slope}, x, v); }
Var leaky_relu(const Var& x, double slope) { return gate(x, x, slope); }
Var relu(const Var& x) { return gate(x, x, 0); }
Var abs(const Var& x) { return switched(formula::FollowSign{}, x, x); }

Var clamp(const Var& x, double low, double high) {
    return record(mapped(formula::Clamp{low, high}, x.value()), {x}, {[x, low, high](auto&, auto& g) {
                      return switched(formula::Within{low, high}, x, g);
                  }});
}

Var tanh(const Var& x) {
    return record(mapped(formula::Tanh{}, x.value()), {x}, {[](auto& y, auto& g) { return tanh_slope(y, g); }});
}

Var sigmoid(const Var& x) {
    return record(mapped(formula::Sigmoid{}, x.value()), {x}, {[](auto& y, auto& g) { return sigmoid_slope(y, g); }});
}

Var softplus(const Var& x) {
    return record(mapped(formula::Softplus{}, x.value()), {x},
                  {[x](auto&, auto& g) { return multiply(g, sigmoid(x)); }});
}

Var swish(const Var& x) { return multiply(x, sigmoid(x)); }

Var selu(const Var& x) {
    return record(mapped(formula::Selu{}, x.value()), {x}, {[](auto& y, auto& g) { return selu_slope(y, g); }});
}

Var prelu(const Var& x, const Var& slope) {
    return gate_row(x, x, slope, slope.shape().rank() == 0 ? Per::tensor : Per::channel);
}

}  // namespace protolith::autograd
