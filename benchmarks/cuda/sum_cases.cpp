// Sums over groups, broadcasts, normalisation and the minibatch's standard deviation. Rows of statistics count for
// nothing beside the elements, and are left out of the bytes.
#include "case.hpp"
#include "minibatch_stddev/centre.hpp"
#include "normalise/moments.hpp"
#include "normalise/normalise.hpp"
#include "reduce/broadcast.hpp"
#include "reduce/sum.hpp"

#include <fmt/format.h>

namespace protolith::benchmarks {
namespace {

using namespace kernels;

/// Arrays of elements and rows of one case.
template <class T>
struct Arrays {
    using A = accumulator_t<T>;
    Arrays(Operands& o, const Groups& groups)
        : x(o.array<T>(groups.elements())),
          g(o.array<T>(groups.elements())),
          y(o.constant<T>(groups.elements(), 0)),
          mean(o.constant<A>(groups.count(), 0.5)),
          rstd(o.constant<A>(groups.count(), 1)),
          affine(o.constant<A>(groups.channels, 1)),
          sums(o.constant<A>(groups.count(), 0)),
          products(o.constant<A>(groups.count(), 0)) {}
    Normalisation<A> by() const { return {mean, rstd, affine, affine, 0.2}; }

    const T *x, *g;
    T* y;
    const A *mean, *rstd, *affine;
    A *sums, *products;
};

template <class T>
void add_groups(std::vector<Case>& cases, const char* per, const Groups& groups) {
    const std::string shape = fmt::format("{} ({}, {}, {})", per, groups.outer, groups.rows, groups.channels);
    const double once = static_cast<double>(groups.elements()) * sizeof(T);
    const auto add = [&](const char* name, int passes, auto call) {
        cases.push_back(make_case<T>(name, shape, passes * once, 0, [=](Queue& q, Operands& o) {
            const Arrays<T> a(o, groups);
            return [=, &q] { call(q, a); };
        }));
    };
    using Array = Arrays<T>;
    add("sum", 1, [=](Queue& q, const Array& a) { PROTOLITH_LAUNCH(q, sum(q, groups, a.x, a.sums)); });
    add("dot", 2, [=](Queue& q, const Array& a) { PROTOLITH_LAUNCH(q, dot(q, groups, a.x, a.g, a.sums)); });
    add("broadcast", 1, [=](Queue& q, const Array& a) { PROTOLITH_LAUNCH(q, broadcast(q, groups, a.mean, a.y)); });
    add("combine_row", 2, [=](Queue& q, const Array& a) {
        PROTOLITH_LAUNCH(q, combine_row(q, RowFormula{formula::Add{}}, groups, a.x, a.mean, a.y));
    });
    add("gate_row", 3,
        [=](Queue& q, const Array& a) { PROTOLITH_LAUNCH(q, gate_row(q, groups, a.x, a.g, a.mean, a.y)); });
    add("moments", 1,
        [=](Queue& q, const Array& a) { PROTOLITH_LAUNCH(q, moments(q, groups, a.x, a.sums, a.products)); });
    add("normalise", 2, [=](Queue& q, const Array& a) { PROTOLITH_LAUNCH(q, normalise(q, groups, a.x, a.by(), a.y)); });
    add("normalise_sums", 2, [=](Queue& q, const Array& a) {
        PROTOLITH_LAUNCH(q, normalise_sums(q, groups, a.x, a.g, a.by(), a.sums, a.products));
    });
    add("normalise_backward", 3, [=](Queue& q, const Array& a) {
        PROTOLITH_LAUNCH(q, normalise_backward(q, groups, a.x, a.g, a.by(), a.sums, a.products, a.y));
    });
    add("project", 5, [=](Queue& q, const Array& a) { PROTOLITH_LAUNCH(q, project(q, groups, true, a.x, a.g, a.y)); });
}

template <class T>
void add_centre(std::vector<Case>& cases, std::int64_t samples) {
    constexpr std::int64_t features = 32 * 32 * 64;
    const double once = static_cast<double>(samples * features) * sizeof(T);
    cases.push_back(make_case<T>(
        "centre_batch", fmt::format("(1, {}, {})", samples, features), 2 * once, 0, [=](Queue& q, Operands& o) {
            const T* x = o.array<T>(samples * features);
            T* y = o.constant<T>(samples * features, 0);
            auto* deviation = o.constant<accumulator_t<T>>(features, 0);
            return [=, &q] { PROTOLITH_LAUNCH(q, centre_batch(q, 1, samples, features, 1e-8, x, y, deviation)); };
        }));
}

template <class T>
void add_type(std::vector<Case>& cases, std::int64_t images) {
    add_groups<T>(cases, "channel", {1, images * 128 * 128, 64});
    add_groups<T>(cases, "instance", {images, 128 * 128, 64});
    add_groups<T>(cases, "sample", {images, 128 * 128 * 64, 1});
    add_centre<T>(cases, images);
}

}  // namespace

void add_sums(std::vector<Case>& cases, std::int64_t images) {
    add_type<float>(cases, images);
    add_type<bfloat16>(cases, images);
}

}  // namespace protolith::benchmarks
