#include "autograd/accumulate.hpp"

#include "base/error.hpp"

namespace protolith::autograd {
namespace {

Var added(const Var& a, const Var& b) {
    Tensor total = a.value().clone();
    with_type(total.type(), [&]<class T>(T) {
        T* to = total.data<T>();
        const T* from = b.value().data<T>();
        for (std::int64_t i = 0; i < total.elements(); ++i) to[i] = static_cast<T>(to[i] + from[i]);
    });
    return record(total, {a, b}, {[](auto&, auto& g) { return g; }, [](auto&, auto& g) { return g; }});
}

}  // namespace

void accumulate(Var& sum, const Var& more) {
    if (!sum) {
        sum = more;
        return;
    }
    require(sum.shape() == more.shape(), "gradients of shapes {} and {} for one value", sum.shape().text(),
            more.shape().text());
    sum = added(sum, more);
}

}  // namespace protolith::autograd
