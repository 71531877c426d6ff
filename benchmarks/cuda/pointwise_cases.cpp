// Pointwise formulas, casts, dropout, Adam and clipping: arrays of the size of a wide layer.
#include "case.hpp"
#include "dropout/dropout.hpp"
#include "memory/system.hpp"
#include "optimise/adam.hpp"
#include "optimise/gradient.hpp"
#include "pointwise/cast.hpp"
#include "pointwise/map.hpp"

#include <fmt/format.h>

namespace protolith::benchmarks {
namespace {

using namespace kernels;

template <class T>
void add_formulas(std::vector<Case>& cases, std::int64_t images) {
    const std::int64_t n = images * 128 * 128 * 64;
    const std::string shape = fmt::format("({}, 128, 128, 64)", images);
    const double once = static_cast<double>(n) * sizeof(T);
    const auto map_by = [&](const char* name, const Unary& formula) {
        cases.push_back(make_case<T>(fmt::format("map {}", name), shape, 2 * once, 0, [=](Queue& q, Operands& o) {
            const T* x = o.array<T>(n);
            T* y = o.constant<T>(n, 0);
            return [=, &q] { PROTOLITH_LAUNCH(q, map(q, formula, x, y, n)); };
        }));
    };
    const auto combine_by = [&](const char* name, const Binary& formula) {
        cases.push_back(make_case<T>(fmt::format("combine {}", name), shape, 3 * once, 0, [=](Queue& q, Operands& o) {
            const T *a = o.array<T>(n), *b = o.array<T>(n);
            T* y = o.constant<T>(n, 0);
            return [=, &q] { PROTOLITH_LAUNCH(q, combine(q, formula, a, b, y, n)); };
        }));
    };
    map_by("scale", formula::Scale{0.5});
    map_by("tanh", formula::Tanh{});
    combine_by("add", formula::Add{});
    combine_by("gate (LeakyReLU)", formula::Gate{1.0, 0.2});
    cases.push_back(make_case<T>("dropout", shape, 2 * once, 0, [=](Queue& q, Operands& o) {
        const T* x = o.array<T>(n);
        T* y = o.constant<T>(n, 0);
        return [=, &q] { PROTOLITH_LAUNCH(q, dropout(q, n, 0.5, DropoutKey{1, 2, 3}, x, y)); };
    }));
    cases.push_back(make_case<T>("find_non_finite", shape, once, 0, [=](Queue& q, Operands& o) {
        const T* x = o.array<T>(n);
        auto* found = o.zeros<std::int32_t>(1);
        return [=, &q] { PROTOLITH_LAUNCH(q, find_non_finite(q, x, n, found)); };
    }));
    cases.push_back(make_case<T>("fill", shape, once, 0, [=](Queue& q, Operands& o) {
        T* y = o.constant<T>(n, 0);
        return [=, &q] { PROTOLITH_LAUNCH(q, fill(q, 0.5, y, n)); };
    }));
    cases.push_back(make_case<T>("copy", shape, 2 * once, 0, [=](Queue& q, Operands& o) {
        const T* x = o.array<T>(n);
        T* y = o.constant<T>(n, 0);
        return [=, &q] { PROTOLITH_LAUNCH(q, copy(q, y, x, static_cast<std::size_t>(n) * sizeof(T))); };
    }));
}

template <class From, class To>
void add_cast(std::vector<Case>& cases, std::int64_t images) {
    const std::int64_t n = images * 128 * 128 * 64;
    const double bytes = static_cast<double>(n) * (sizeof(From) + sizeof(To));
    cases.push_back(make_case<From>(fmt::format("cast to {}", name_of(data_type_of<To>())),
                                    fmt::format("({}, 128, 128, 64)", images), bytes, 0, [=](Queue& q, Operands& o) {
                                        const From* x = o.array<From>(n);
                                        To* y = o.constant<To>(n, 0);
                                        return [=, &q] { PROTOLITH_LAUNCH(q, cast(q, x, y, n)); };
                                    }));
}

/// The largest weights of the companion critic at full width.
void add_optimiser(std::vector<Case>& cases) {
    constexpr std::int64_t n = 1024 * 4 * 4 * 512;
    const std::string shape = "(1024, 4, 4, 512)";
    const double once = static_cast<double>(n) * sizeof(float);
    cases.push_back(make_case<float>("adam", shape, 7 * once, 0, [=](Queue& q, Operands& o) {
        const float* g = o.array<float>(n);
        float *m = o.zeros<float>(n), *v = o.zeros<float>(n), *w = o.array<float>(n);
        return [=, &q] { PROTOLITH_LAUNCH(q, adam(q, AdamStep{1e-4, 0.5, 0.999, 1e-8, 1}, g, m, v, w, n)); };
    }));
    cases.push_back(make_case<float>("add_squared_norm", shape, once, 0, [=](Queue& q, Operands& o) {
        const float* g = o.array<float>(n);
        auto* total = o.zeros<double>(1);
        return [=, &q] { PROTOLITH_LAUNCH(q, add_squared_norm(q, g, n, total)); };
    }));
    cases.push_back(make_case<float>("clip", shape, 2 * once, 0, [=](Queue& q, Operands& o) {
        float* g = o.array<float>(n);
        auto* total = o.constant<double>(1, 4.0);
        return [=, &q] { PROTOLITH_LAUNCH(q, clip(q, static_cast<const double*>(total), 1.0, g, n)); };
    }));
}

}  // namespace

void add_pointwise(std::vector<Case>& cases, std::int64_t images) {
    add_formulas<float>(cases, images);
    add_formulas<bfloat16>(cases, images);
    add_cast<float, bfloat16>(cases, images);
    add_cast<bfloat16, float>(cases, images);
    add_optimiser(cases);
}

}  // namespace protolith::benchmarks
