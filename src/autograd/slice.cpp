#include "autograd/slice.hpp"

#include "base/error.hpp"

namespace protolith::autograd {
namespace {

using kernels::Box;

Shape shape_of(const std::int64_t* extents, int rank) {
    return Shape(std::span(extents, static_cast<std::size_t>(rank)));
}

std::size_t element_size(const Var& x) { return kernels::size_of(x.type()); }

/// Only the outermost axis is cut.
bool is_rows(const Box& box) {
    for (int a = 1; a < box.rank; ++a)
        if (box.extent[a] != box.whole[a]) return false;
    return box.rank > 0;
}

void require_inside(const Box& box) {
    for (int a = 0; a < box.rank; ++a)
        require(box.origin[a] >= 0 && box.extent[a] >= 0 && box.origin[a] + box.extent[a] <= box.whole[a],
                "a box from {} to {} does not lie inside axis {} of shape {}", box.origin[a],
                box.origin[a] + box.extent[a], a, shape_of(box.whole, box.rank).text());
}

}  // namespace

Var cut(const Var& x, const Box& box) {
    require_inside(box);
    require(x.shape() == shape_of(box.whole, box.rank), "a box in shape {} was cut out of shape {}",
            shape_of(box.whole, box.rank).text(), x.shape().text());
    Tensor part;
    if (is_rows(box)) {
        part = x.value().rows(box.origin[0], box.origin[0] + box.extent[0]);
    } else {
        part = Tensor(x.queue(), shape_of(box.extent, box.rank), x.type());
        PROTOLITH_LAUNCH(x.queue(), slice(x.queue(), box, element_size(x), x.value().raw(), part.raw()));
    }
    return record(part, {x}, {[box](auto&, auto& g) { return embed(g, box); }});
}

Var embed(const Var& x, const Box& box) {
    require_inside(box);
    require(x.shape() == shape_of(box.extent, box.rank), "a box of shape {} was filled from shape {}",
            shape_of(box.extent, box.rank).text(), x.shape().text());
    Tensor whole(x.queue(), shape_of(box.whole, box.rank), x.type());
    PROTOLITH_LAUNCH(x.queue(), pad(x.queue(), box, element_size(x), x.value().raw(), whole.raw()));
    return record(whole, {x}, {[box](auto&, auto& g) { return cut(g, box); }});
}

Box axis_box(const Shape& whole, int axis, std::int64_t begin, std::int64_t end) {
    const int place = axis < 0 ? axis + whole.rank() : axis;
    require(place >= 0 && place < whole.rank(), "shape {} has no axis {} to slice", whole.text(), axis);
    require(begin >= 0 && begin <= end && end <= whole[place], "axis {} of shape {} has no elements {} to {}", axis,
            whole.text(), begin, end);
    Box box;
    box.rank = whole.rank();
    for (int a = 0; a < box.rank; ++a) box.whole[a] = box.extent[a] = whole[a];
    box.origin[place] = begin;
    box.extent[place] = end - begin;
    return box;
}

Var slice(const Var& x, int axis, std::int64_t begin, std::int64_t end) {
    const Box box = axis_box(x.shape(), axis, begin, end);
    return shape_of(box.extent, box.rank) == x.shape() ? x : cut(x, box);
}

}  // namespace protolith::autograd
