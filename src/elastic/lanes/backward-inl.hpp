// The passes over rows that carry derivatives of a misfit from the points back to the pixels.
//
// With fixed steps, conjugate gradients are run through backwards. A bar marks what the misfit Φ changes by with a
// quantity; K = Bᵀ c B, P the preconditioner, w_k = p_k·K p_k. From the last step to the first (r̄ of the last is 0):
//   ᾱ  = ū·p_k − r̄·K p_k,   s = −ᾱ α_k / w_k
//   p̄_k = β_{k+1} p̄_{k+1} + α_k ū + K (2 s p_k − α_k r̄),      c̄ += B (s p_k − α_k r̄) ⊗ B p_k
//   ρ̄_k = ᾱ / w_k + (p̄_k·p_{k−1}) / ρ_{k−1} − (p̄_{k+1}·p_k) ρ_{k+1} / ρ_k²
//   r̄  += P p̄_k + 2 ρ̄_k z_k,   z_k = p_k − β_k p_{k−1},
// and at the end c̄ −= B r̄ ⊗ E. With a tolerance K v = ū is solved instead and c̄ −= B v ⊗ (E + B u).
// Compiled once per SIMD target.
#if defined(PROTOLITH_ELASTIC_BACKWARD_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PROTOLITH_ELASTIC_BACKWARD_INL
#undef PROTOLITH_ELASTIC_BACKWARD_INL
#else
#define PROTOLITH_ELASTIC_BACKWARD_INL
#endif

#include "elastic/lanes/forward-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace protolith::elastic::HWY_NAMESPACE {

/// Two rows of complex values, lane by lane.
template <class V>
HWY_INLINE V dot_row(const V* a, const V* b, std::size_t values) {
    V sum{};
    for (std::size_t i = 0; i < values; ++i) sum += a[i] * b[i];
    return sum;
}

/// From derivatives at points to waves of pixel rows: the transpose of waves_to_points().
template <class T>
void points_to_waves(const LanePlan<T>& plan, LaneBlock<T>& block) {
    const std::size_t across = plan.pixel_columns.waves();
    const std::size_t six = 6 * fft::lanes<T>;
    for (std::size_t y = 0; y < plan.grid.rows; ++y)
        analyse(block.points + y * plan.grid.columns * six, 6, plan.point_columns, block.point_rows + y * across * six,
                6);
    for (std::size_t a = 0; a < across; ++a)
        analyse(block.point_rows + a * six, 6 * across, plan.point_rows, block.wave_sums + a * six, 6 * across);
    weigh(plan, block.wave_sums);
    for (std::size_t a = 0; a < across; ++a)
        synthesise(block.wave_sums + a * six, 6 * across, plan.pixel_rows, block.waves + a * six, 6 * across);
}

template <class T>
void misfit_source(const LanePlan<T>& plan, LaneBlock<T>& block, std::size_t step) {
    using V = typename fft::LanePack<T>::V;
    const Rows<T> rows{plan, block};
    points_to_waves(plan, block);
    const Plane<V> load = rows.load();
    constexpr T root = T(std::numbers::sqrt2), half_root = T(std::numbers::sqrt2 / 2);
    V product{};
    const auto nothing = [](std::size_t) HWY_ATTR {};
    const auto stresses = [&](std::size_t y, T* out) HWY_ATTR {
        const std::size_t six = 6 * fft::lanes<T>;
        synthesise(block.waves + y * plan.pixel_columns.waves() * six, 6, plan.pixel_columns, rows.measured_row(), 6);
        const V* of = packs<V>(rows.measured_row());
        const V* const grey = packs<V>(rows.pixels(block.grey, y));
        V* const gradient = packs<V>(rows.pixels(block.gradient, y));
        auto strain = rows.strain(block.displacement, y);
        for (std::size_t x = 0; x < plan.columns; ++x, of += 6) {
            const Plane<V> by_strain{of[0], of[1], half_root * of[2]}, by_stress{of[3], of[4], root * of[5]};
            gradient[x] = pair(by_stress, stress_slope(plan, strain.at(x) + load));
            put(packs<V>(out) + 3 * x, by_strain + stress(plan, grey[x], by_stress));
        }
    };
    const auto corners = [&](std::size_t y, const T* lower, const T* upper) HWY_ATTR {
        V* const out = packs<V>(rows.corners(block.source, y));
        divergence_row<V>(lower, upper, plan.columns, [&](std::size_t x, const V& q1, const V& q2) HWY_ATTR {
            out[2 * x] = q1;
            out[2 * x + 1] = q2;
        });
        product += dot_row(out, packs<V>(rows.corners(block.direction_of(step), y)), 2 * plan.columns);
    };
    sweep(plan, rows.stress_rows(), nothing, stresses, corners);
    reinterpret_cast<V&>(block.sum) = product;
}

template <class T>
void adjoint_load(const LanePlan<T>& plan, LaneBlock<T>& block) {
    const Rows<T> rows{plan, block};
    for (std::size_t y = 0; y < plan.rows; ++y) {
        const T* const from = rows.corners(block.source, y);
        std::copy(from, from + 2 * plan.columns * fft::lanes<T>, rows.work(y));
        plan.along_row.forward(rows.work(y));
    }
}

/// Here `adjoint` is v, but for its last step, and `displacement` u.
template <class T>
void adjoint_gradient(const LanePlan<T>& plan, LaneBlock<T>& block, std::size_t step) {
    using V = typename fft::LanePack<T>::V;
    const Rows<T> rows{plan, block};
    const Plane<V> load = rows.load();
    finish_displacement(rows, block.adjoint, step, 0);
    for (std::size_t y = 0; y < plan.rows; ++y) {
        if (y + 1 < plan.rows) finish_displacement(rows, block.adjoint, step, y + 1);
        V* const gradient = packs<V>(rows.pixels(block.gradient, y));
        auto strain = rows.strain(block.displacement, y), adjoint = rows.strain(block.adjoint, y);
        for (std::size_t x = 0; x < plan.columns; ++x)
            gradient[x] -= pair(adjoint.at(x), stress_slope(plan, strain.at(x) + load));
    }
}

/// `factor` is s, `second_factor` α of this step, `third_factor` β of the later one; `first` marks the last step of
/// all, with which going backwards begins: r̄ and p̄ are zero there.
template <bool first, class T>
void step_back(const LanePlan<T>& plan, LaneBlock<T>& block, std::size_t step) {
    using V = typename fft::LanePack<T>::V;
    const Rows<T> rows{plan, block};
    const V s = Rows<T>::number(block.factor), alpha = Rows<T>::number(block.second_factor),
            beta = Rows<T>::number(block.third_factor);
    V product{};
    const auto nothing = [](std::size_t) HWY_ATTR {};
    const auto stresses = [&](std::size_t y, T* out) HWY_ATTR {
        const V* const grey = packs<V>(rows.pixels(block.grey, y));
        V* const gradient = packs<V>(rows.pixels(block.gradient, y));
        auto direction = rows.strain(block.direction_of(step), y), adjoint = rows.strain(block.adjoint, y);
        for (std::size_t x = 0; x < plan.columns; ++x) {
            const Plane<V> p = direction.at(x);
            Plane<V> half = s * p;
            if constexpr (!first) half = half - alpha * adjoint.at(x);
            gradient[x] += pair(half, stress_slope(plan, p));
            put(packs<V>(out) + 3 * x, stress(plan, grey[x], half + s * p));
        }
    };
    const auto corners = [&](std::size_t y, const T* lower, const T* upper) HWY_ATTR {
        V* const out = packs<V>(rows.corners(block.passed_on, y));
        V* const work = packs<V>(rows.work(y));
        const V* const source = packs<V>(rows.corners(block.source, y));
        divergence_row<V>(lower, upper, plan.columns, [&](std::size_t x, const V& q1, const V& q2) HWY_ATTR {
            V bar1 = alpha * source[2 * x] + q1, bar2 = alpha * source[2 * x + 1] + q2;
            if constexpr (!first) {
                bar1 += beta * out[2 * x];
                bar2 += beta * out[2 * x + 1];
            }
            work[2 * x] = out[2 * x] = bar1;
            work[2 * x + 1] = out[2 * x + 1] = bar2;
        });
        if (step > 0)
            product += dot_row(out, packs<V>(rows.corners(block.direction_of(step - 1), y)), 2 * plan.columns);
        plan.along_row.forward(rows.work(y));
    };
    sweep(plan, rows.stress_rows(), nothing, stresses, corners);
    reinterpret_cast<V&>(block.sum) = product;
}

/// r̄ of row y: `factor` is 2 ρ̄_k, `third_factor` β of this step.
template <bool first, class T>
HWY_INLINE void new_adjoint_residual(const Rows<T>& rows, std::size_t step, std::size_t y) {
    using V = typename fft::LanePack<T>::V;
    LaneBlock<T>& block = rows.block;
    rows.plan.along_row.backward(rows.work(y));
    const V* const z = packs<V>(rows.work(y));
    const V* const p = packs<V>(rows.corners(block.direction_of(step), y));
    V* const adjoint = packs<V>(rows.corners(block.adjoint, y));
    const V twice = Rows<T>::number(block.factor), beta = Rows<T>::number(block.third_factor);
    const V* const before = step > 0 ? packs<V>(rows.corners(block.direction_of(step - 1), y)) : p;
    for (std::size_t i = 0; i < 2 * rows.plan.columns; ++i) {
        const V step_residual = step > 0 ? p[i] - beta * before[i] : p[i];
        const V change = z[i] + twice * step_residual;
        adjoint[i] = first ? change : adjoint[i] + change;
    }
}

/// `first` as in step_back.
template <bool first, class T>
void residual_back(const LanePlan<T>& plan, LaneBlock<T>& block, std::size_t step) {
    using V = typename fft::LanePack<T>::V;
    const Rows<T> rows{plan, block};
    const Plane<V> load = rows.load();
    V product{}, energy{};
    new_adjoint_residual<first>(rows, step, 0);
    for (std::size_t y = 0; y < plan.rows; ++y) {
        if (y + 1 < plan.rows) new_adjoint_residual<first>(rows, step, y + 1);
        V* const gradient = packs<V>(rows.pixels(block.gradient, y));
        const V* const grey = packs<V>(rows.pixels(block.grey, y));
        auto adjoint = rows.strain(block.adjoint, y);
        if (step == 0) {
            for (std::size_t x = 0; x < plan.columns; ++x) gradient[x] -= pair(adjoint.at(x), stress_slope(plan, load));
            continue;
        }
        auto direction = rows.strain(block.direction_of(step - 1), y);
        V row_energy{};
        for (std::size_t x = 0; x < plan.columns; ++x)
            row_energy += pair(adjoint.at(x), stress(plan, grey[x], direction.at(x)));
        energy += row_energy;
        product += dot_row(packs<V>(rows.corners(block.source, y)),
                           packs<V>(rows.corners(block.direction_of(step - 1), y)), 2 * plan.columns);
    }
    reinterpret_cast<V&>(block.sum) = product;
    reinterpret_cast<V&>(block.second_sum) = energy;
}

}  // namespace protolith::elastic::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
