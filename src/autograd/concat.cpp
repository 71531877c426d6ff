#include "autograd/concat.hpp"

#include "autograd/slice.hpp"
#include "base/error.hpp"

namespace protolith::autograd {

Var concat(const std::vector<Var>& parts, int axis) {
    require(!parts.empty(), "nothing to concatenate");
    const Var& first = parts.front();
    std::int64_t total = 0;
    for (const Var& part : parts) {
        require(part.type() == first.type() && part.shape().rank() == first.shape().rank() &&
                    part.shape().with(axis, 0) == first.shape().with(axis, 0),
                "{} {} and {} {} cannot be joined along axis {}", name_of(first.type()), first.shape().text(),
                name_of(part.type()), part.shape().text(), axis);
        total += part.shape()[axis];
    }
    if (parts.size() == 1) return first;
    Tensor whole(first.queue(), first.shape().with(axis, total), first.type());
    std::vector<Rule> rules;
    std::int64_t begin = 0;
    for (const Var& part : parts) {
        const std::int64_t end = begin + part.shape()[axis];
        const kernels::Box box = axis_box(whole.shape(), axis, begin, end);
        PROTOLITH_LAUNCH(first.queue(),
                         insert(first.queue(), box, kernels::size_of(first.type()), part.value().raw(), whole.raw()));
        rules.emplace_back([axis, begin, end](auto&, auto& g) { return slice(g, axis, begin, end); });
        begin = end;
    }
    return record(whole, parts, std::move(rules));
}

std::vector<Var> split(const Var& x, int axis, std::span<const std::int64_t> sizes) {
    std::vector<Var> parts;
    std::int64_t begin = 0;
    for (const std::int64_t size : sizes) {
        parts.push_back(slice(x, axis, begin, begin + size));
        begin += size;
    }
    require(begin == x.shape()[axis], "parts of {} in all for axis {} of shape {}", begin, axis, x.shape().text());
    return parts;
}

}  // namespace protolith::autograd
