#include "autograd/matmul.hpp"

#include "base/error.hpp"
#include "matmul/matmul.hpp"

namespace protolith::autograd {
namespace {

constexpr Transpose other(Transpose t) { return t == Transpose::no ? Transpose::yes : Transpose::no; }

kernels::MatmulShape shape_of_product(const Tensor& a, const Tensor& b, bool ta, bool tb) {
    const Shape &as = a.shape(), &bs = b.shape();
    require(as.rank() == 2 && bs.rank() == 2 && a.type() == b.type() && as[ta ? 0 : 1] == bs[tb ? 1 : 0],
            "matmul of {}{} {} and {}{} {}: two matrices of one type are needed whose inner extents agree", as.text(),
            ta ? " transposed" : "", name_of(a.type()), bs.text(), tb ? " transposed" : "", name_of(b.type()));
    return {.m = as[ta ? 1 : 0], .k = as[ta ? 0 : 1], .n = bs[tb ? 0 : 1], .transpose_a = ta, .transpose_b = tb};
}

}  // namespace

Var matmul(const Var& a, const Var& b, Transpose ta, Transpose tb) {
    const auto shape = shape_of_product(a.value(), b.value(), ta == Transpose::yes, tb == Transpose::yes);
    Tensor c(a.queue(), {shape.m, shape.n}, a.type());
    with_type(a.type(), [&]<class T>(T) {
        PROTOLITH_LAUNCH(a.queue(), matmul(a.queue(), shape, a.value().data<T>(), b.value().data<T>(), c.data<T>()));
    });
    // C = A B: dA = G B^T and dB = A^T G, each transposed where the operand was stored so
    const auto of_a = [=](auto&, auto& g) {
        return ta == Transpose::no ? matmul(g, b, Transpose::no, other(tb)) : matmul(b, g, tb, Transpose::yes);
    };
    const auto of_b = [=](auto&, auto& g) {
        return tb == Transpose::no ? matmul(a, g, other(ta), Transpose::no) : matmul(g, a, Transpose::yes, ta);
    };
    return record(c, {a, b}, {of_a, of_b});
}

}  // namespace protolith::autograd
