// The rows of groups (outer, channels) spread over a tensor (outer, rows, channels): the adjoint of the sum, and
// products and sums with such rows.
#pragma once

#include "pointwise/formulas.hpp"
#include "queue/kernel.hpp"
#include "reduce/groups.hpp"

namespace protolith::kernels {

using RowFormula = std::variant<formula::Add, formula::Multiply>;

/// y[o, r, c] = row[o, c], rounded to T.
PROTOLITH_KERNEL(template <class T>
                 void broadcast(Queue& queue, const Groups& groups, const accumulator_t<T>* row, T* y))

/// y[o, r, c] = formula(x[o, r, c], row[o, c]); y may be x.
PROTOLITH_KERNEL(template <class T> void combine_row(Queue& queue, const RowFormula& formula, const Groups& groups,
                                                     const T* x, const accumulator_t<T>* row, T* y))

/// y[o, r, c] = x[o, r, c] > 0 ? v[o, r, c] : slope[o, c] · v[o, r, c]; y may be x or v.
PROTOLITH_KERNEL(template <class T> void gate_row(Queue& queue, const Groups& groups, const T* x, const T* v,
                                                  const accumulator_t<T>* slope, T* y))

}  // namespace protolith::kernels
