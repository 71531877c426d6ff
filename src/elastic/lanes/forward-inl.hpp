// The passes over rows that find displacements and measure filtered strain and stress.
// Compiled once per SIMD target.
#if defined(PROTOLITH_ELASTIC_FORWARD_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PROTOLITH_ELASTIC_FORWARD_INL
#undef PROTOLITH_ELASTIC_FORWARD_INL
#else
#define PROTOLITH_ELASTIC_FORWARD_INL
#endif

#include "elastic/lanes/block.hpp"
#include "elastic/lanes/strain-inl.hpp"
#include "elastic/lanes/waves-inl.hpp"
#include "hwy/highway.h"

#include <cstddef>
#include <numbers>

HWY_BEFORE_NAMESPACE();
namespace protolith::elastic::HWY_NAMESPACE {

/// Fields of a block by rows, as vectors.
template <class T>
struct Rows {
    using V = typename fft::LanePack<T>::V;
    const LanePlan<T>& plan;
    LaneBlock<T>& block;

    std::size_t after(std::size_t y) const { return y + 1 < plan.rows ? y + 1 : 0; }
    T* corners(T* field, std::size_t y) const { return field + 2 * y * plan.columns * fft::lanes<T>; }
    T* pixels(T* field, std::size_t y) const { return field + y * plan.columns * fft::lanes<T>; }
    T* work(std::size_t y) const { return block.work + 2 * y * plan.pitch * fft::lanes<T>; }
    /// Strain of a displacement field along pixel row y.
    StrainRow<V, T> strain(T* field, std::size_t y) const {
        return StrainRow<V, T>(corners(field, y), corners(field, after(y)), plan.columns);
    }
    /// The applied strain.
    Plane<V> load() const { return {number(block.load[0]), number(block.load[1]), number(block.load[2])}; }
    static V number(const LaneNumbers<T>& n) { return reinterpret_cast<const V&>(n); }
    /// Three rows of stress for sweep(), and behind them a row of six values a pixel.
    T* stress_rows() const { return block.row; }
    T* measured_row() const { return block.row + 9 * plan.columns * fft::lanes<T>; }
};
template <class V, class T>
HWY_INLINE V* packs(T* values) {
    return reinterpret_cast<V*>(values);
}
template <class V>
HWY_INLINE void put(V* at, const Plane<V>& s) {
    at[0] = s.xx;
    at[1] = s.yy;
    at[2] = s.xy;
}

/// Pixels of `count` images into their lanes: a choice, not a sum, so that a NaN stays where it is.
template <std::size_t count, class T>
HWY_INLINE void load_images(const LanePlan<T>& plan, LaneBlock<T>& block) {
    using V = typename fft::LanePack<T>::V;
    const T* pixels[count];
    V in[count];
    for (std::size_t k = 0; k < count; ++k) {
        pixels[k] = block.images[k].pixels;
        in[k] = Rows<T>::number(block.images[k].lanes);
    }
    V* const grey = packs<V>(block.grey);
    for (std::size_t i = 0; i < plan.rows * plan.columns; ++i) {
        V values = V{} + pixels[0][i];
        for (std::size_t k = 1; k < count; ++k) values = in[k] != T(0) ? V{} + pixels[k][i] : values;
        grey[i] = values;
    }
}

template <class T>
void load_grey(const LanePlan<T>& plan, LaneBlock<T>& block) {
    switch (block.images.size()) {
        case 1:
            return load_images<1>(plan, block);
        case 2:
            return load_images<2>(plan, block);
        case 3:
            return load_images<3>(plan, block);
        case 4:
            return load_images<4>(plan, block);
        case 5:
            return load_images<5>(plan, block);
        case 6:
            return load_images<6>(plan, block);
    }
}

/// −Bᵀ (c : E) of corner row y. Only grey varies, so it is −(c′ : E) times the differences of grey at the corners.
template <class T>
HWY_INLINE void applied_force(const Rows<T>& rows, const Plane<typename fft::LanePack<T>::V>& force, std::size_t y) {
    using V = typename fft::LanePack<T>::V;
    const std::size_t n = rows.plan.columns;
    const V* const lower = packs<V>(rows.pixels(rows.block.grey, y > 0 ? y - 1 : rows.plan.rows - 1));
    const V* const upper = packs<V>(rows.pixels(rows.block.grey, y));
    V* const out = packs<V>(rows.work(y));
    constexpr T half = T(0.5);
    V sum = lower[n - 1] + upper[n - 1], step = lower[n - 1] - upper[n - 1];
    for (std::size_t x = 0; x < n; ++x) {
        const V left_sum = sum, left_step = step;
        sum = lower[x] + upper[x];
        step = lower[x] - upper[x];
        const V across = half * (sum - left_sum), along = half * (-step - left_step);
        out[2 * x] = force.xx * across + force.xy * along;
        out[2 * x + 1] = force.xy * across + force.yy * along;
    }
}

template <class T>
void applied_stress(const LanePlan<T>& plan, LaneBlock<T>& block) {
    const Rows<T> rows{plan, block};
    const auto force = stress_slope(plan, rows.load());
    for (std::size_t y = 0; y < plan.rows; ++y) {
        applied_force(rows, force, y);
        plan.along_row.forward(rows.work(y));
    }
}

/// p = z + β p′ in row y and, unless all directions are kept, u += α′ p′ with p′, α′ of the step before.
template <class T>
HWY_INLINE void new_direction(const Rows<T>& rows, std::size_t step, std::size_t y) {
    using V = typename fft::LanePack<T>::V;
    const LanePlan<T>& plan = rows.plan;
    LaneBlock<T>& block = rows.block;
    plan.along_row.backward(rows.work(y));
    const V* const z = packs<V>(rows.work(y));
    V* const p = packs<V>(rows.corners(block.direction_of(step), y));
    if (step == 0) {
        for (std::size_t i = 0; i < 2 * plan.columns; ++i) p[i] = z[i];
        return;
    }
    const V* const before = packs<V>(rows.corners(block.direction_of(step - 1), y));
    const V beta = Rows<T>::number(block.beta);
    if (block.keeps_all_directions) {
        for (std::size_t i = 0; i < 2 * plan.columns; ++i) p[i] = z[i] + beta * before[i];
        return;
    }
    V* const u = packs<V>(rows.corners(block.displacement, y));
    const V alpha = Rows<T>::number(block.alpha);
    for (std::size_t i = 0; i < 2 * plan.columns; ++i) {
        const V previous = before[i];
        u[i] = step == 1 ? alpha * previous : u[i] + alpha * previous;
        p[i] = z[i] + beta * previous;
    }
}

template <bool last, class T>
void conjugate_step(const LanePlan<T>& plan, LaneBlock<T>& block, std::size_t step) {
    using V = typename fft::LanePack<T>::V;
    const Rows<T> rows{plan, block};
    V energy{};
    const auto prepare = [&](std::size_t y) HWY_ATTR { new_direction(rows, step, y); };
    const auto stresses = [&](std::size_t y, T* out) HWY_ATTR {
        const V* const grey = packs<V>(rows.pixels(block.grey, y));
        auto strain = rows.strain(block.direction_of(step), y);
        V row_energy{};
        for (std::size_t x = 0; x < plan.columns; ++x) {
            const Plane<V> e = strain.at(x), s = stress(plan, grey[x], e);
            row_energy += pair(e, s);
            if constexpr (!last) put(packs<V>(out) + 3 * x, s);
        }
        energy += row_energy;
    };
    const auto corners = [&](std::size_t y, const T* lower, const T* upper) HWY_ATTR {
        if constexpr (last) return;
        V* const out = packs<V>(rows.work(y));
        divergence_row<V>(lower, upper, plan.columns, [&](std::size_t x, const V& q1, const V& q2) HWY_ATTR {
            out[2 * x] = q1;
            out[2 * x + 1] = q2;
        });
        plan.along_row.forward(rows.work(y));
    };
    sweep(plan, rows.stress_rows(), prepare, stresses, corners);
    reinterpret_cast<V&>(block.sum) = energy;
}

/// From the waves of pixel rows to points: Σ over rows, filter, synthesis.
template <class T>
void waves_to_points(const LanePlan<T>& plan, LaneBlock<T>& block) {
    const std::size_t across = plan.pixel_columns.waves();
    const std::size_t six = 6 * fft::lanes<T>;
    for (std::size_t a = 0; a < across; ++a)
        analyse(block.waves + a * six, 6 * across, plan.pixel_rows, block.wave_sums + a * six, 6 * across);
    weigh(plan, block.wave_sums);
    for (std::size_t a = 0; a < across; ++a)
        synthesise(block.wave_sums + a * six, 6 * across, plan.point_rows, block.point_rows + a * six, 6 * across);
    for (std::size_t y = 0; y < plan.grid.rows; ++y)
        synthesise(block.point_rows + y * across * six, 6, plan.point_columns,
                   block.points + y * plan.grid.columns * six, 6);
}

/// u += α p in row y, with p and α of the last step taken.
template <class T>
HWY_INLINE void finish_displacement(const Rows<T>& rows, T* displacement, std::size_t step, std::size_t y) {
    using V = typename fft::LanePack<T>::V;
    const V alpha = Rows<T>::number(rows.block.alpha);
    V* const u = packs<V>(rows.corners(displacement, y));
    const V* const p = packs<V>(rows.corners(rows.block.direction_of(step), y));
    for (std::size_t i = 0; i < 2 * rows.plan.columns; ++i) u[i] = step == 0 ? alpha * p[i] : u[i] + alpha * p[i];
}

/// u = Σ α_k p_k in row y, where all directions are kept.
template <class T>
HWY_INLINE void sum_directions(const Rows<T>& rows, std::size_t last, std::size_t y, T* row) {
    using V = typename fft::LanePack<T>::V;
    V* const u = packs<V>(row);
    for (std::size_t k = 0; k <= last; ++k) {
        const V alpha = Rows<T>::number(rows.block.alphas[k]);
        const V* const p = packs<V>(rows.corners(rows.block.direction[k], y));
        for (std::size_t i = 0; i < 2 * rows.plan.columns; ++i) u[i] = k == 0 ? alpha * p[i] : u[i] + alpha * p[i];
    }
}

/// Strain and stress of a pixel, Kelvin notation.
template <class V>
struct Measured {
    V values[6];
};
template <class V, class T>
HWY_INLINE Measured<V> measured(const LanePlan<T>& plan, const V& grey, const Plane<V>& e) {
    constexpr T root = T(std::numbers::sqrt2), half_root = T(std::numbers::sqrt2 / 2);
    const Plane<V> s = stress(plan, grey, e);
    return {{e.xx, e.yy, half_root * e.xy, s.xx, s.yy, root * s.xy}};
}

/// Strains and stresses of pixel row y, folded about the middle of the row as analyse_folded() wants them.
template <class T>
HWY_INLINE void measure_row(const Rows<T>& rows, const T* lower, const T* upper,
                            const Plane<typename fft::LanePack<T>::V>& load, std::size_t y) {
    using V = typename fft::LanePack<T>::V;
    const LanePlan<T>& plan = rows.plan;
    const std::size_t n = plan.columns;
    const V* const grey = packs<V>(rows.pixels(rows.block.grey, y));
    V* const out = packs<V>(rows.measured_row());
    StrainRow<V, T> from_left(lower, upper, n);
    StrainRow<V, T, true> from_right(lower, upper, n);
    for (std::size_t x = 0; x < n / 2; ++x) {
        const std::size_t mirror = n - 1 - x;
        const Measured<V> a = measured(plan, grey[x], from_left.at(x) + load);
        const Measured<V> b = measured(plan, grey[mirror], from_right.at(mirror) + load);
        for (std::size_t c = 0; c < 6; ++c) {
            out[6 * x + c] = a.values[c] + b.values[c];
            out[6 * mirror + c] = a.values[c] - b.values[c];
        }
    }
    if (n % 2 == 0) return;
    const Measured<V> middle = measured(plan, grey[n / 2], from_left.at(n / 2) + load);
    for (std::size_t c = 0; c < 6; ++c) out[6 * (n / 2) + c] = middle.values[c];
}

template <class T>
void measure(const LanePlan<T>& plan, LaneBlock<T>& block, std::size_t step) {
    using V = typename fft::LanePack<T>::V;
    const Rows<T> rows{plan, block};
    const Plane<V> load = rows.load();
    // Where nobody asks for displacements afterwards, two rows and the first are all that is held of them.
    const bool pass_by = block.keeps_all_directions && block.source == nullptr;
    const auto displacement = [&](std::size_t y) HWY_ATTR {
        if (!pass_by) return rows.corners(block.displacement, y);
        return block.row + (y == 0 ? 0 : 1 + y % 2) * 2 * plan.columns * fft::lanes<T>;
    };
    const auto finish = [&](std::size_t y) HWY_ATTR {
        if (block.keeps_all_directions) return sum_directions(rows, step, y, displacement(y));
        finish_displacement(rows, block.displacement, step, y);
    };
    finish(0);
    for (std::size_t y = 0; y < plan.rows; ++y) {
        if (y + 1 < plan.rows) finish(y + 1);
        measure_row(rows, displacement(y), displacement(rows.after(y)), load, y);
        const std::size_t six = 6 * fft::lanes<T>;
        analyse_folded(rows.measured_row(), 6, plan.pixel_columns, block.waves + y * plan.pixel_columns.waves() * six,
                       6);
    }
    waves_to_points(plan, block);
}

}  // namespace protolith::elastic::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
