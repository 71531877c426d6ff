#include "autograd/softmax.hpp"

#include "autograd/arithmetic.hpp"
#include "autograd/reduce.hpp"
#include "softmax/softmax.hpp"

namespace protolith::autograd {
namespace {

std::int64_t rows_of(const Var& x) { return x.shape().product(0, x.shape().rank() - 1); }

/// d(y, g) = y·(g − ⟨y, g⟩), the derivative of softmax along g: linear in g and its own adjoint there; its gradient
/// with respect to y, from u, is u·g − u·⟨y, g⟩ − g·⟨y, u⟩.
Var softmax_derivative(const Var& y, const Var& g) {
    Tensor d(y.queue(), y.shape(), y.type());
    with_type(y.type(), [&]<class T>(T) {
        const T *ys = y.value().data<T>(), *gs = g.value().data<T>();
        PROTOLITH_LAUNCH(y.queue(), softmax_derivative(y.queue(), rows_of(y), y.shape()[-1], ys, gs, d.data<T>()));
    });
    return record(d, {y, g},
                  {[y, g](auto&, auto& u) {
                       const Var first =
                           multiply(u, subtract(g, spread(dot(y, g, Per::pixel), g.shape(), g.type(), Per::pixel)));
                       return subtract(first, multiply(g, dot(y, u, Per::pixel), Per::pixel));
                   },
                   [y](auto&, auto& u) { return softmax_derivative(y, u); }});
}

}  // namespace

Var softmax(const Var& x) {
    Tensor y(x.queue(), x.shape(), x.type());
    with_type(x.type(), [&]<class T>(T) {
        const T* from = x.value().data<T>();
        PROTOLITH_LAUNCH(x.queue(), softmax(x.queue(), rows_of(x), x.shape()[-1], from, y.data<T>()));
    });
    return record(y, {x}, {[](auto& value, auto& g) { return softmax_derivative(value, g); }});
}

Var log_softmax(const Var& x) {
    Tensor y(x.queue(), x.shape(), x.type());
    with_type(x.type(), [&]<class T>(T) {
        const T* from = x.value().data<T>();
        PROTOLITH_LAUNCH(x.queue(), log_softmax(x.queue(), rows_of(x), x.shape()[-1], from, y.data<T>()));
    });
    return record(y, {x}, {[](auto& value, auto& g) {
                      return subtract(g, multiply(exp(value), sum(g, Per::pixel), Per::pixel));
                  }});
}

}  // namespace protolith::autograd
