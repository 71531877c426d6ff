// Rows spread over tensors. Bytes an element: broadcast size_of(T), combine_row 2 · size_of(T), gate_row
// 3 · size_of(T); the rows themselves stay in the caches.
#include "reduce/broadcast.hpp"
#include "reduce/rows.cuh"

namespace protolith::kernels::cuda {

template <class T>
void broadcast(Queue& queue, const Groups& groups, const accumulator_t<T>* row, T* y) {
    launch_rows(queue, groups, formula::Identity{}, Inputs<T, 0>{}, RowArrays<accumulator_t<T>, 1>{{row}}, y);
}

template <class T>
void combine_row(Queue& queue, const RowFormula& formula, const Groups& groups, const T* x, const accumulator_t<T>* row,
                 T* y) {
    const RowArrays<accumulator_t<T>, 1> rows{{row}};
    std::visit([&](const auto& f) { launch_rows(queue, groups, f, Inputs<T, 1>{{x}}, rows, y); }, formula);
}

template <class T>
void gate_row(Queue& queue, const Groups& groups, const T* x, const T* v, const accumulator_t<T>* slope, T* y) {
    launch_rows(queue, groups, formula::RowGate{}, Inputs<T, 2>{{x, v}}, RowArrays<accumulator_t<T>, 1>{{slope}}, y);
}

template void broadcast(Queue&, const Groups&, const float*, float*);
template void broadcast(Queue&, const Groups&, const float*, bfloat16*);
template void broadcast(Queue&, const Groups&, const double*, double*);
template void combine_row(Queue&, const RowFormula&, const Groups&, const float*, const float*, float*);
template void combine_row(Queue&, const RowFormula&, const Groups&, const bfloat16*, const float*, bfloat16*);
template void combine_row(Queue&, const RowFormula&, const Groups&, const double*, const double*, double*);
template void gate_row(Queue&, const Groups&, const float*, const float*, const float*, float*);
template void gate_row(Queue&, const Groups&, const bfloat16*, const bfloat16*, const float*, bfloat16*);
template void gate_row(Queue&, const Groups&, const double*, const double*, const double*, double*);

}  // namespace protolith::kernels::cuda
