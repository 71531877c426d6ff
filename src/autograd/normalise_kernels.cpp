#include "autograd/normalise_kernels.hpp"

#include "autograd/pointwise.hpp"
#include "normalise/moments.hpp"
#include "normalise/normalise.hpp"
#include "reduce/sum.hpp"

namespace protolith::autograd {

namespace formula = kernels::formula;
using kernels::accumulator_t;

Statistics statistics(const Tensor& x, Per per) {
    const Tensor variance(x.queue(), row_shape(x.shape(), per), accumulator_of(x.type()));
    const auto groups = groups_of(x.shape(), per);
    if (per == Per::pixel) {
        with_type(x.type(), [&]<class T>(T) {
            const T* xs = x.data<T>();
            PROTOLITH_LAUNCH(x.queue(), dot(x.queue(), groups, xs, xs, variance.data<accumulator_t<T>>()));
        });
        return {{}, mapped(formula::Scale{1.0 / static_cast<double>(groups.rows)}, variance)};
    }
    const Tensor mean(x.queue(), variance.shape(), variance.type());
    with_type(x.type(), [&]<class T>(T) {
        const T* xs = x.data<T>();
        using A = accumulator_t<T>;
        PROTOLITH_LAUNCH(x.queue(), moments(x.queue(), groups, xs, mean.data<A>(), variance.data<A>()));
    });
    return {mean, variance};
}

namespace detail {
namespace {

template <class A>
const A* pointer(const Tensor& parameter) {
    return parameter ? parameter.data<A>() : nullptr;
}

template <class A>
kernels::Normalisation<A> kernel_arguments(const Normaliser& by, const Tensor& gamma, const Tensor& beta) {
    return {pointer<A>(by.mean), pointer<A>(by.rstd), pointer<A>(gamma), pointer<A>(beta), by.how.slope};
}

}  // namespace

Normaliser normaliser(const Statistics& statistics, const Normalisation& how) {
    return {statistics.mean, mapped(formula::ReciprocalSqrt{}, mapped(formula::Shift{how.eps}, statistics.variance)),
            how};
}

Tensor normalised(const Tensor& x, const Tensor& gamma, const Tensor& beta, const Normaliser& by) {
    Tensor y(x.queue(), x.shape(), x.type());
    with_type(x.type(), [&]<class T>(T) {
        const T* xs = x.data<T>();
        const auto arguments = kernel_arguments<accumulator_t<T>>(by, gamma, beta);
        PROTOLITH_LAUNCH(x.queue(), normalise(x.queue(), groups_of(x.shape(), by.how.per), xs, arguments, y.data<T>()));
    });
    return y;
}

BackwardSums backward_sums(const Tensor& x, const Var& g, const Tensor& gamma, const Tensor& beta,
                           const Normaliser& by) {
    const Shape rows = row_shape(x.shape(), by.how.per);
    const DataType type = accumulator_of(x.type());
    BackwardSums result{Tensor(x.queue(), rows, type), Tensor(x.queue(), rows, type), g.node()};
    with_type(x.type(), [&]<class T>(T) {
        using A = accumulator_t<T>;
        const T *xs = x.data<T>(), *gs = g.value().data<T>();
        const auto arguments = kernel_arguments<A>(by, gamma, beta);
        PROTOLITH_LAUNCH(x.queue(), normalise_sums(x.queue(), groups_of(x.shape(), by.how.per), xs, gs, arguments,
                                                   result.sums.data<A>(), result.products.data<A>()));
    });
    return result;
}

Tensor backward(const Tensor& x, const Tensor& g, const Tensor& gamma, const Tensor& beta, const Normaliser& by,
                const BackwardSums& sums) {
    Tensor dx(x.queue(), x.shape(), x.type());
    with_type(x.type(), [&]<class T>(T) {
        using A = accumulator_t<T>;
        const T *xs = x.data<T>(), *gs = g.data<T>();
        const A *totals = sums.sums.data<A>(), *products = sums.products.data<A>();
        const auto arguments = kernel_arguments<A>(by, gamma, beta);
        PROTOLITH_LAUNCH(x.queue(), normalise_backward(x.queue(), groups_of(x.shape(), by.how.per), xs, gs, arguments,
                                                       totals, products, dx.data<T>()));
    });
    return dx;
}

Tensor over_samples(const Tensor& rows) {
    if (rows.shape().rank() == 1) return rows;
    Tensor total(rows.queue(), {rows.shape()[-1]}, rows.type());
    with_accumulator_type(rows.type(), [&]<class A>(A) {
        const A* values = rows.data<A>();
        PROTOLITH_LAUNCH(rows.queue(),
                         sum(rows.queue(), groups_of(rows.shape(), Per::channel), values, total.data<A>()));
    });
    return total;
}

Tensor projected(const Tensor& hat, const Tensor& g, Per per) {
    Tensor y(g.queue(), g.shape(), g.type());
    with_type(g.type(), [&]<class T>(T) {
        const T *hats = hat.data<T>(), *gs = g.data<T>();
        PROTOLITH_LAUNCH(g.queue(),
                         project(g.queue(), groups_of(g.shape(), per), per != Per::pixel, hats, gs, y.data<T>()));
    });
    return y;
}

}  // namespace detail
}  // namespace protolith::autograd
