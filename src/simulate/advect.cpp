#include "simulate/advect.hpp"

#include "simulate/stirring_stage.hpp"

#include <algorithm>
#include <array>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simulate/advect.cpp"
// clang-format off
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
#include "simulate/stirring_velocity-inl.hpp"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace protolith::simulate::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Single = hn::ScalableTag<float>;

constexpr std::size_t chunk = 256;  // points converted at once: stays in the first-level cache

/// Positions about the middle of the square, replaced by their displacements over one step.
struct alignas(64) Chunk {
    std::array<float, chunk> u, v;
};

/// h/6 (k₁ + 2k₂ + 2k₃ + k₄) for one vector of points.
HWY_INLINE void displace(const RungeKuttaStages& stages, float* HWY_RESTRICT at_u, float* HWY_RESTRICT at_v) {
    const Single d;
    const auto h = hn::Set(d, stages.step), half_h = hn::Set(d, stages.step / 2), sixth_h = hn::Set(d, stages.step / 6);
    const auto two = hn::Set(d, 2.0f);
    const auto u = hn::Load(d, at_u), v = hn::Load(d, at_v);
    const auto k1 = velocity(d, stages.first, u, v);
    const auto k2 = velocity(d, stages.middle, hn::MulAdd(half_h, k1.x, u), hn::MulAdd(half_h, k1.y, v));
    const auto k3 = velocity(d, stages.middle, hn::MulAdd(half_h, k2.x, u), hn::MulAdd(half_h, k2.y, v));
    const auto k4 = velocity(d, stages.last, hn::MulAdd(h, k3.x, u), hn::MulAdd(h, k3.y, v));
    hn::Store(hn::Mul(sixth_h, hn::MulAdd(two, hn::Add(k2.x, k3.x), hn::Add(k1.x, k4.x))), d, at_u);
    hn::Store(hn::Mul(sixth_h, hn::MulAdd(two, hn::Add(k2.y, k3.y), hn::Add(k1.y, k4.y))), d, at_v);
}

void advance_points(const RungeKuttaStages& stages, double* x, double* y, std::size_t count) {
    const std::size_t lanes = hn::Lanes(Single());
    Chunk positions{};
    for (std::size_t first = 0; first < count; first += chunk) {
        const std::size_t points = std::min(chunk, count - first);
        for (std::size_t i = 0; i < points; ++i) positions.u[i] = static_cast<float>(x[first + i] - 0.5);
        for (std::size_t i = 0; i < points; ++i) positions.v[i] = static_cast<float>(y[first + i] - 0.5);
        for (std::size_t i = 0; i < points; i += lanes) displace(stages, &positions.u[i], &positions.v[i]);
        for (std::size_t i = 0; i < points; ++i) x[first + i] += static_cast<double>(positions.u[i]);
        for (std::size_t i = 0; i < points; ++i) y[first + i] += static_cast<double>(positions.v[i]);
    }
}

}  // namespace protolith::simulate::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::simulate {

HWY_EXPORT(advance_points);

void advance(const StirringFlow& flow, double time, double step, Contour& contour) {
    const RungeKuttaStages stages(flow, time, step);
    HWY_DYNAMIC_DISPATCH(advance_points)(stages, contour.x.data(), contour.y.data(), contour.points());
}

std::int64_t advance_targets() { return static_cast<std::int64_t>(hwy::SupportedTargets()) & HWY_TARGETS; }

}  // namespace protolith::simulate
#endif
