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

/// Positions as distances from the nearest wall and the side of the middle on which it lies (+1: wall at 0, −1: wall at
/// 1); the distances are replaced by displacements. A distance keeps its relative precision: no point drifts through a
/// wall or away from it by rounding.
struct alignas(64) Chunk {
    std::array<float, chunk> x, y, side_x, side_y;
};

void load_from_walls(const double* position, std::size_t points, float* distance, float* side) {
    for (std::size_t i = 0; i < points; ++i) {
        const double p = position[i];
        distance[i] = static_cast<float>(p < 0.5 ? p : 1 - p);
        side[i] = p < 0.5 ? 1.0f : -1.0f;
    }
}

/// h/6 (k₁ + 2k₂ + 2k₃ + k₄) for one vector of points.
HWY_INLINE void displace(const RungeKuttaStages& stages, Chunk& chunk_of_points, std::size_t i) {
    const Single d;
    const auto side_x = hn::Load(d, &chunk_of_points.side_x[i]), side_y = hn::Load(d, &chunk_of_points.side_y[i]);
    const auto x = hn::Load(d, &chunk_of_points.x[i]), y = hn::Load(d, &chunk_of_points.y[i]);
    const auto h = hn::Set(d, stages.step), half_h = hn::Set(d, stages.step / 2), sixth_h = hn::Set(d, stages.step / 6);
    const auto two = hn::Set(d, 2.0f);
    const auto half_x = hn::Mul(half_h, side_x), half_y = hn::Mul(half_h, side_y);
    const auto k1 = velocity(d, stages.first, x, side_x, y, side_y);
    const auto k2 =
        velocity(d, stages.middle, hn::MulAdd(half_x, k1.x, x), side_x, hn::MulAdd(half_y, k1.y, y), side_y);
    const auto k3 =
        velocity(d, stages.middle, hn::MulAdd(half_x, k2.x, x), side_x, hn::MulAdd(half_y, k2.y, y), side_y);
    const auto k4 = velocity(d, stages.last, hn::MulAdd(hn::Mul(h, side_x), k3.x, x), side_x,
                             hn::MulAdd(hn::Mul(h, side_y), k3.y, y), side_y);
    hn::Store(hn::Mul(sixth_h, hn::MulAdd(two, hn::Add(k2.x, k3.x), hn::Add(k1.x, k4.x))), d, &chunk_of_points.x[i]);
    hn::Store(hn::Mul(sixth_h, hn::MulAdd(two, hn::Add(k2.y, k3.y), hn::Add(k1.y, k4.y))), d, &chunk_of_points.y[i]);
}

void advance_points(const RungeKuttaStages& stages, double* x, double* y, std::size_t count) {
    const std::size_t lanes = hn::Lanes(Single());
    Chunk part{};
    for (std::size_t first = 0; first < count; first += chunk) {
        const std::size_t points = std::min(chunk, count - first);
        load_from_walls(x + first, points, part.x.data(), part.side_x.data());
        load_from_walls(y + first, points, part.y.data(), part.side_y.data());
        for (std::size_t i = 0; i < points; i += lanes) displace(stages, part, i);
        for (std::size_t i = 0; i < points; ++i) x[first + i] += static_cast<double>(part.x[i]);
        for (std::size_t i = 0; i < points; ++i) y[first + i] += static_cast<double>(part.y[i]);
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
