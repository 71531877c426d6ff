#include "autograd/accumulate.hpp"

#include "autograd/arithmetic.hpp"
#include "base/error.hpp"
#include "pointwise/map.hpp"

namespace protolith::autograd {

void accumulate(Var& sum, const Var& more) {
    if (!sum) {
        sum = more;
        return;
    }
    require(sum.shape() == more.shape() && sum.type() == more.type(), "gradients {} {} and {} {} for one value",
            name_of(sum.type()), sum.shape().text(), name_of(more.type()), more.shape().text());
    // a gradient may be the very value that another operation received: only what nobody else holds is overwritten
    if (recording() || sum.node().use_count() > 1 || !sum.value().sole_owner()) {
        sum = add(sum, more);
        return;
    }
    const Tensor& total = sum.value();
    with_type(total.type(), [&]<class T>(T) {
        PROTOLITH_LAUNCH(total.queue(), combine(total.queue(), kernels::formula::Add{}, total.data<T>(),
                                                more.value().data<T>(), total.data<T>(), total.elements()));
    });
    total.changed();
}

}  // namespace protolith::autograd
