#include "autograd/dropout.hpp"

#include "base/error.hpp"

namespace protolith::autograd {

Var dropout(const Var& x, double probability, const DropoutKey& key) {
    require(probability >= 0 && probability < 1, "dropout with probability {}; expected 0 ≤ p < 1", probability);
    if (kernels::dropout_threshold(probability) == 0) return x;
    Tensor y(x.queue(), x.shape(), x.type());
    with_type(x.type(), [&]<class T>(T) {
        const T* from = x.value().data<T>();
        PROTOLITH_LAUNCH(x.queue(), dropout(x.queue(), y.elements(), probability, key, from, y.data<T>()));
    });
    return record(y, {x}, {[probability, key](auto&, auto& g) { return dropout(g, probability, key); }});
}

}  // namespace protolith::autograd
