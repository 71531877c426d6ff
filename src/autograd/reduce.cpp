#include "autograd/reduce.hpp"

#include "autograd/arithmetic.hpp"
#include "autograd/pointwise.hpp"
#include "base/error.hpp"
#include "reduce/broadcast.hpp"
#include "reduce/sum.hpp"

namespace protolith::autograd {

namespace formula = kernels::formula;
using kernels::accumulator_t;

namespace {

Tensor dots(const Tensor& a, const Tensor& b, Per per) {
    require(a.shape() == b.shape() && a.type() == b.type(), "dot product of {} of shape {} and {} of shape {}",
            name_of(a.type()), a.shape().text(), name_of(b.type()), b.shape().text());
    Tensor sums(a.queue(), row_shape(a.shape(), per), accumulator_of(a.type()));
    with_type(a.type(), [&]<class T>(T) {
        const T *as = a.data<T>(), *bs = b.data<T>();
        PROTOLITH_LAUNCH(a.queue(), dot(a.queue(), groups_of(a.shape(), per), as, bs, sums.data<accumulator_t<T>>()));
    });
    return sums;
}

Tensor combined_row(const kernels::RowFormula& formula, const Tensor& x, const Tensor& row, Per per) {
    require_row(row, x, per);
    Tensor y(x.queue(), x.shape(), x.type());
    with_type(x.type(), [&]<class T>(T) {
        const T* xs = x.data<T>();
        PROTOLITH_LAUNCH(x.queue(), combine_row(x.queue(), formula, groups_of(x.shape(), per), xs,
                                                row.data<accumulator_t<T>>(), y.data<T>()));
    });
    return y;
}

}  // namespace

kernels::Groups groups_of(const Shape& shape, Per per) {
    const int rank = shape.rank();
    require(per == Per::tensor || rank >= (per == Per::instance ? 2 : 1), "a tensor of shape {} has no such parts",
            shape.text());
    switch (per) {
        case Per::channel:
            return {1, shape.product(0, rank - 1), shape[-1]};
        case Per::sample:
            return {shape[0], shape.product(1, rank), 1};
        case Per::instance:
            return {shape[0], shape.product(1, rank - 1), shape[-1]};
        case Per::pixel:
            return {shape.product(0, rank - 1), shape[-1], 1};
        default:
            return {1, shape.elements(), 1};
    }
}

Shape row_shape(const Shape& shape, Per per) {
    switch (per) {
        case Per::channel:
            return {shape[-1]};
        case Per::sample:
            return {shape[0]};
        case Per::instance:
            return {shape[0], shape[-1]};
        case Per::pixel:
            return Shape(std::span(shape.begin(), static_cast<std::size_t>(shape.rank() - 1)));
        default:
            return {};
    }
}

std::int64_t part_size(const Shape& shape, Per per) { return groups_of(shape, per).rows; }

void require_row(const Tensor& row, const Tensor& x, Per per) {
    const Shape wanted = row_shape(x.shape(), per);
    require(row.shape() == wanted && row.type() == accumulator_of(x.type()),
            "rows of shape {} and type {} for a tensor of shape {} and type {}; expected shape {} and type {}",
            row.shape().text(), name_of(row.type()), x.shape().text(), name_of(x.type()), wanted.text(),
            name_of(accumulator_of(x.type())));
}

Var sum(const Var& x, Per per) {
    const Tensor& from = x.value();
    Tensor sums(x.queue(), row_shape(x.shape(), per), accumulator_of(x.type()));
    with_type(x.type(), [&]<class T>(T) {
        const T* xs = from.data<T>();
        PROTOLITH_LAUNCH(x.queue(), sum(x.queue(), groups_of(x.shape(), per), xs, sums.data<accumulator_t<T>>()));
    });
    return record(sums, {x},
                  {[shape = x.shape(), type = x.type(), per](auto&, auto& g) { return spread(g, shape, type, per); }});
}

Var mean(const Var& x, Per per) { return scale(sum(x, per), 1.0 / static_cast<double>(part_size(x.shape(), per))); }

Var dot(const Var& a, const Var& b, Per per) {
    return record(dots(a.value(), b.value(), per), {a, b},
                  {[b, per](auto&, auto& g) { return multiply(b, g, per); },
                   [a, per](auto&, auto& g) { return multiply(a, g, per); }});
}

Var norm(const Var& x, Per per) {
    return record(mapped(formula::Sqrt{}, dots(x.value(), x.value(), per)), {x},
                  {[x, per](auto& y, auto& g) { return multiply(x, multiply(g, inverse(y)), per); }});
}

Var spread(const Var& row, const Shape& shape, DataType type, Per per) {
    Tensor y(row.queue(), shape, type);
    require_row(row.value(), y, per);
    with_type(type, [&]<class T>(T) {
        const auto* rows = row.value().data<accumulator_t<T>>();
        PROTOLITH_LAUNCH(row.queue(), broadcast(row.queue(), groups_of(shape, per), rows, y.data<T>()));
    });
    return record(y, {row}, {[per](auto&, auto& g) { return sum(g, per); }});
}

Var multiply(const Var& x, const Var& row, Per per) {
    return record(combined_row(formula::Multiply{}, x.value(), row.value(), per), {x, row},
                  {[row, per](auto&, auto& g) { return multiply(g, row, per); },
                   [x, per](auto&, auto& g) { return dot(g, x, per); }});
}

Var add(const Var& x, const Var& row, Per per) {
    return record(combined_row(formula::Add{}, x.value(), row.value(), per), {x, row},
                  {[](auto&, auto& g) { return g; }, [per](auto&, auto& g) { return sum(g, per); }});
}

}  // namespace protolith::autograd
