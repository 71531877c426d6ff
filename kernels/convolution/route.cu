#include "convolution/route.hpp"
#include "queue/arithmetic.hpp"
#include "queue/facts.hpp"

#include <algorithm>

namespace protolith::kernels::cuda {
namespace {

constexpr std::int64_t widest_access = 16;        // bytes that an engine loads at once
constexpr std::int64_t tensor_core_channels = 8;  // of bfloat16 in such an access

/// The largest power of two that divides the address, up to the widest access.
std::int64_t alignment_of(const void* address) {
    const auto bits = reinterpret_cast<std::uintptr_t>(address) | widest_access;
    return static_cast<std::int64_t>(bits & (~bits + 1));
}

/// What is padded lies in memory of the pool.
std::array<std::int64_t, 3> alignment_in(const FittedConvolution& fitted, std::array<std::int64_t, 3> alignment) {
    if (fitted.x.grows) alignment[0] = widest_access;
    if (fitted.w.grows) alignment[1] = widest_access;
    if (fitted.y.grows) alignment[2] = widest_access;
    return alignment;
}

}  // namespace

const Route& Routes::get(cudnn::Pass pass, const ConvolutionGeometry& g, DataType type,
                         const std::array<const void*, 3>& operands) {
    std::array<std::int64_t, 3> alignment;
    for (std::size_t i = 0; i < 3; ++i) alignment[i] = alignment_of(operands[i]);
    // weights of bfloat16 convolutions are copies in memory of the pool, and so is their gradient in that type
    if (type == DataType::bfloat16 && pass != cudnn::Pass::weights) alignment[1] = widest_access;
    const Arithmetic& settings = queue_.state<Arithmetic>();
    Key key{static_cast<std::int64_t>(pass),
            static_cast<std::int64_t>(type),
            settings.tf32,
            settings.deterministic,
            static_cast<std::int64_t>(settings.workspace),
            g.dimensions,
            g.batch,
            g.in_channels,
            g.out_channels};
    auto next = key.begin() + 9;
    for (const Extent& extent : {g.x, g.y, g.kernel, g.stride, g.low, g.high, alignment})
        next = std::copy(extent.begin(), extent.end(), next);
    const auto known = routes_.find(key);
    return known != routes_.end() ? known->second : routes_.emplace(key, find(pass, g, type, alignment)).first->second;
}

Route Routes::find(cudnn::Pass pass, const ConvolutionGeometry& g, DataType type,
                   const std::array<std::int64_t, 3>& alignment) const {
    Facts& facts = queue_.state<Facts>();
    const bool half = type == DataType::bfloat16;
    const bool uneven = g.in_channels % tensor_core_channels != 0 || g.out_channels % tensor_core_channels != 0;
    const std::string what = std::string(half ? "bfloat16 " : "float32 ") + cudnn::name_of(pass) + " " + g.describe();
    const DataType float32 = DataType::float32;
    std::vector<DataType> gradients{type};
    if (pass == cudnn::Pass::weights && half) gradients.insert(gradients.begin(), float32);
    std::vector<std::int64_t> multiples{1};
    if (half && uneven) multiples.push_back(tensor_core_channels);
    std::string refusal;
    for (const DataType gradient : gradients)  // accuracy first: a copy with more channels before a rounded gradient
        for (const std::int64_t multiple : multiples) {
            Route route{fitted(g, multiple), gradient, std::nullopt};
            route.plan = cudnn::ConvolutionPlan::find(
                queue_, {pass, route.fitted.inner, type, gradient, type, alignment_in(route.fitted, alignment)},
                refusal);
            if (!route.plan) continue;
            if (multiple > 1)
                facts.tell(what + ": channels are rounded up to multiples of " + std::to_string(multiple) + " (" +
                           cudnn::Library::version() + " has no engine for them as they are)");
            if (pass == cudnn::Pass::weights && gradient != float32)
                facts.tell("weight gradients of bfloat16 convolutions are rounded to bfloat16 where " +
                           cudnn::Library::version() + " has no engine that writes float32");
            return route;
        }
    facts.tell(what + ": computed by kernels of our own, which are slow (" + cudnn::Library::version() + ": " +
               refusal + ")");
    return {fitted(g, 1), float32, std::nullopt};
}

}  // namespace protolith::kernels::cuda
