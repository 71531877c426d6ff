#include "autograd/pointwise.hpp"

#include "base/error.hpp"
#include "pointwise/cast.hpp"
#include "pointwise/map.hpp"

namespace protolith::autograd {
namespace {

void combine(const kernels::Binary& formula, const Tensor& a, const Tensor& b, const Tensor& y) {
    require(a.shape() == b.shape() && a.type() == b.type(), "pointwise operation of {} of shape {} and {} of shape {}",
            name_of(a.type()), a.shape().text(), name_of(b.type()), b.shape().text());
    with_type(a.type(), [&]<class T>(T) {
        PROTOLITH_LAUNCH(a.queue(), combine(a.queue(), formula, static_cast<const T*>(a.data<T>()),
                                            static_cast<const T*>(b.data<T>()), y.data<T>(), a.elements()));
    });
}

}  // namespace

Tensor mapped(const kernels::Unary& formula, const Tensor& x) {
    Tensor y(x.queue(), x.shape(), x.type());
    with_type(x.type(), [&]<class T>(T) {
        PROTOLITH_LAUNCH(x.queue(),
                         map(x.queue(), formula, static_cast<const T*>(x.data<T>()), y.data<T>(), x.elements()));
    });
    return y;
}

Tensor combined(const kernels::Binary& formula, const Tensor& a, const Tensor& b) {
    Tensor y(a.queue(), a.shape(), a.type());
    combine(formula, a, b, y);
    return y;
}

void combine_into(const kernels::Binary& formula, const Tensor& a, const Tensor& b) {
    combine(formula, a, b, a);
    a.changed();
}

Tensor converted(const Tensor& x, DataType type) {
    Tensor y(x.queue(), x.shape(), type);
    with_type(x.type(), [&]<class From>(From) {
        with_type(type, [&]<class To>(To) {
            PROTOLITH_LAUNCH(x.queue(),
                             cast(x.queue(), static_cast<const From*>(x.data<From>()), y.data<To>(), x.elements()));
        });
    });
    return y;
}

}  // namespace protolith::autograd
