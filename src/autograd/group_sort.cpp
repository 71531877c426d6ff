#include "autograd/group_sort.hpp"

#include "base/error.hpp"
#include "group_sort/group_sort.hpp"

namespace protolith::autograd {
namespace {

using kernels::Scratch;

/// The order of a sort, in the queue's memory.
struct Order {
    std::int64_t groups, size;
    std::shared_ptr<Scratch> places;
};

/// x through the places of the order, or (`back`) from them.
Var ordered(const Var& x, const Order& order, bool back) {
    Tensor y(x.queue(), x.shape(), x.type());
    with_type(x.type(), [&]<class T>(T) {
        const T* from = x.value().data<T>();
        const auto* at = order.places->as<const std::uint8_t>();
        if (back)
            PROTOLITH_LAUNCH(x.queue(), group_scatter(x.queue(), order.groups, order.size, from, at, y.data<T>()));
        else
            PROTOLITH_LAUNCH(x.queue(), group_gather(x.queue(), order.groups, order.size, from, at, y.data<T>()));
    });
    return record(y, {x}, {[order, back](auto&, auto& g) { return ordered(g, order, !back); }});
}

}  // namespace

Var group_sort(const Var& x, std::int64_t group) {
    const std::int64_t channels = x.shape()[-1];
    require(group >= 2 && group <= 256 && channels % group == 0,
            "GroupSort with groups of {} for the {} channels of shape {}; groups of 2 to 256 that divide the channels",
            group, channels, x.shape().text());
    const std::int64_t groups = x.value().elements() / group;
    const auto bytes = static_cast<std::size_t>(kernels::group_places(groups, group));
    const Order order{groups, group, std::make_shared<Scratch>(x.queue(), bytes)};
    Tensor y(x.queue(), x.shape(), x.type());
    with_type(x.type(), [&]<class T>(T) {
        const T* from = x.value().data<T>();
        auto* at = order.places->as<std::uint8_t>();
        PROTOLITH_LAUNCH(x.queue(), group_sort(x.queue(), groups, group, from, y.data<T>(), at));
    });
    return record(y, {x}, {[order](auto&, auto& g) { return ordered(g, order, true); }});
}

}  // namespace protolith::autograd
