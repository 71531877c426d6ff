#include "autograd/pad.hpp"

#include "autograd/separable.hpp"
#include "autograd/slice.hpp"
#include "autograd/spatial.hpp"
#include "base/error.hpp"

namespace protolith::autograd {
namespace {

using kernels::Box;

/// The box that the margins leave. `outside`: x lies inside it, else it lies inside x.
Box margin_box(const Var& x, std::span<const Margin> margins, bool outside) {
    const int axes = spatial_axes(x.shape(), outside ? "zero_pad" : "crop");
    require(static_cast<int>(margins.size()) == axes, "{} margins for the {} spatial axes of shape {}", margins.size(),
            axes, x.shape().text());
    Box box;
    box.rank = x.shape().rank();
    for (int a = 0; a < box.rank; ++a) box.whole[a] = box.extent[a] = x.shape()[a];
    for (int a = 0; a < axes; ++a) {
        const Margin margin = margins[static_cast<std::size_t>(a)];
        const std::int64_t both = margin.before + margin.after;
        require(margin.before >= 0 && margin.after >= 0 && (outside || both <= x.shape()[1 + a]),
                "margins of {} and {} do not fit spatial axis {} of shape {}", margin.before, margin.after, a,
                x.shape().text());
        box.origin[1 + a] = margin.before;
        (outside ? box.whole : box.extent)[1 + a] += outside ? both : -both;
    }
    return box;
}

std::vector<Margin> everywhere(const Var& x, std::int64_t margin) {
    return std::vector<Margin>(static_cast<std::size_t>(spatial_axes(x.shape(), "a margin")), {margin, margin});
}

}  // namespace

Var zero_pad(const Var& x, std::span<const Margin> margins) { return embed(x, margin_box(x, margins, true)); }
Var zero_pad(const Var& x, std::int64_t margin) { return zero_pad(x, everywhere(x, margin)); }

Var crop(const Var& x, std::span<const Margin> margins) { return cut(x, margin_box(x, margins, false)); }
Var crop(const Var& x, std::int64_t margin) { return crop(x, everywhere(x, margin)); }

Var reflect_pad(const Var& x, std::int64_t margin) {
    const int axes = spatial_axes(x.shape(), "reflect_pad");
    if (margin == 0) return x;
    std::vector<kernels::AxisMap> maps;
    for (int a = 0; a < axes; ++a) {
        const std::int64_t in = x.shape()[1 + a];
        require(margin > 0 && margin < in, "a reflecting margin of {} needs axes of at least {} pixels; shape {}",
                margin, margin + 1, x.shape().text());
        maps.push_back({kernels::AxisRule::reflect, in, in + 2 * margin, 1, 1, margin});
    }
    return separable(x, maps);
}

}  // namespace protolith::autograd
