#include "sampling/lower_triangle.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "sampling/lower_triangle.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>
//
#include "base/error.hpp"

#include <algorithm>

#ifndef PROTOLITH_SAMPLING_TRIANGLE_GROUP
#define PROTOLITH_SAMPLING_TRIANGLE_GROUP
namespace protolith::sampling {
constexpr std::size_t group = 8;  // rows
}
#endif

HWY_BEFORE_NAMESPACE();
namespace protolith::sampling {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using Doubles = hn::CappedTag<double, group>;

/// Calls take(first row, its eight numbers of A x) group by group. Odd and even columns are summed apart, so that one
/// product need not wait for the last.
template <class Take>
HWY_INLINE void products(const double* HWY_RESTRICT groups, std::size_t rows, const double* HWY_RESTRICT x, Take take) {
    const Doubles d;
    HWY_ALIGN double sums[group];
    for (std::size_t first = 0; first < rows; first += group) {
        const std::size_t columns = std::min(rows, first + group);
        for (std::size_t part = 0; part < group; part += hn::Lanes(d)) {
            auto even = hn::Zero(d), odd = hn::Zero(d);
            std::size_t c = 0;
            for (; c + 1 < columns; c += 2) {
                even = hn::MulAdd(hn::Set(d, x[c]), hn::LoadU(d, groups + c * group + part), even);
                odd = hn::MulAdd(hn::Set(d, x[c + 1]), hn::LoadU(d, groups + (c + 1) * group + part), odd);
            }
            if (c < columns) even = hn::MulAdd(hn::Set(d, x[c]), hn::LoadU(d, groups + c * group + part), even);
            hn::Store(hn::Add(even, odd), d, sums + part);
        }
        take(first, sums);
        groups += columns * group;
    }
}

void multiply_add(const double* groups, std::size_t rows, double scale, const double* x, double* HWY_RESTRICT y) {
    products(groups, rows, x, [&](std::size_t first, const double* sums) {
        const std::size_t count = std::min(group, rows - first);
        for (std::size_t r = 0; r < count; ++r) y[first + r] += scale * sums[r];
    });
}

double square_norm(const double* groups, std::size_t rows, const double* x) {
    double sum = 0;
    products(groups, rows, x, [&](std::size_t, const double* sums) {
        for (std::size_t r = 0; r < group; ++r) sum += sums[r] * sums[r];
    });
    return sum;
}

// NOLINTNEXTLINE(google-readability-namespace-comments)
}  // namespace HWY_NAMESPACE
}  // namespace protolith::sampling
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::sampling {

HWY_EXPORT(multiply_add);
HWY_EXPORT(square_norm);

LowerTriangle::LowerTriangle(std::size_t rows, std::span<const double> columns) : rows_(rows) {
    require(columns.size() == rows * (rows + 1) / 2, "{} numbers for a triangle of {} rows", columns.size(), rows);
    for (std::size_t first = 0; first < rows; first += group)
        for (std::size_t c = 0; c < std::min(rows, first + group); ++c)
            for (std::size_t r = first; r < first + group; ++r)
                groups_.push_back(r >= c && r < rows ? columns[c * rows - c * (c + 1) / 2 + r] : 0);
}

void LowerTriangle::multiply_add(double scale, const double* x, double* y) const noexcept {
    HWY_DYNAMIC_DISPATCH(multiply_add)(groups_.data(), rows_, scale, x, y);
}

double LowerTriangle::square_norm(const double* x) const noexcept {
    return HWY_DYNAMIC_DISPATCH(square_norm)(groups_.data(), rows_, x);
}

std::vector<double> LowerTriangle::columns() const {
    std::vector<double> all(rows_ * (rows_ + 1) / 2);
    const double* from = groups_.data();
    for (std::size_t first = 0; first < rows_; first += group)
        for (std::size_t c = 0; c < std::min(rows_, first + group); ++c, from += group)
            for (std::size_t r = std::max(first, c); r < std::min(rows_, first + group); ++r)
                all[c * rows_ - c * (c + 1) / 2 + r] = from[r - first];
    return all;
}

}  // namespace protolith::sampling
#endif
