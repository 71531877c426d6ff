// Every pass, compiled once per SIMD target for both precisions.
#include "elastic/lanes/block.hpp"

#pragma GCC diagnostic ignored "-Wpsabi"  // vectors stay inside this file

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "elastic/lanes/passes.cpp"
// clang-format off
#include <hwy/foreach_target.h>
#include "elastic/lanes/strain-inl.hpp"
#include "elastic/lanes/waves-inl.hpp"
#include "elastic/lanes/columns-inl.hpp"
#include "elastic/lanes/forward-inl.hpp"
#include "elastic/lanes/backward-inl.hpp"
#include "hwy/highway.h"
// clang-format on

HWY_BEFORE_NAMESPACE();
namespace protolith::elastic::HWY_NAMESPACE {

template <class T>
void run_pass(Pass pass, const LanePlan<T>& plan, LaneBlock<T>& block, std::size_t step) {
    switch (pass) {
        case Pass::load_grey:
            return load_grey(plan, block);
        case Pass::applied_stress:
            return applied_stress(plan, block);
        case Pass::start_columns:
            return columns<Pass::start_columns>(plan, block);
        case Pass::update_columns:
            return columns<Pass::update_columns>(plan, block);
        case Pass::last_columns:
            return columns<Pass::last_columns>(plan, block);
        case Pass::precondition:
            return columns<Pass::precondition>(plan, block);
        case Pass::step:
            return conjugate_step<false>(plan, block, step);
        case Pass::last_step:
            return conjugate_step<true>(plan, block, step);
        case Pass::measure:
            return measure(plan, block, step);
        case Pass::misfit_source:
            return misfit_source(plan, block, step);
        case Pass::adjoint_load:
            return adjoint_load(plan, block);
        case Pass::adjoint_gradient:
            return adjoint_gradient(plan, block, step);
        case Pass::first_step_back:
            return step_back<true>(plan, block, step);
        case Pass::step_back:
            return step_back<false>(plan, block, step);
        case Pass::first_residual_back:
            return residual_back<true>(plan, block, step);
        case Pass::residual_back:
            return residual_back<false>(plan, block, step);
    }
}

void run_float(Pass pass, const LanePlan<float>& plan, LaneBlock<float>& block, std::size_t step) {
    run_pass(pass, plan, block, step);
}
void run_double(Pass pass, const LanePlan<double>& plan, LaneBlock<double>& block, std::size_t step) {
    run_pass(pass, plan, block, step);
}

}  // namespace protolith::elastic::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace protolith::elastic {

HWY_EXPORT(run_float);
HWY_EXPORT(run_double);

void run(Pass pass, const LanePlan<float>& plan, LaneBlock<float>& block, std::size_t step) {
    HWY_DYNAMIC_DISPATCH(run_float)(pass, plan, block, step);
}
void run(Pass pass, const LanePlan<double>& plan, LaneBlock<double>& block, std::size_t step) {
    HWY_DYNAMIC_DISPATCH(run_double)(pass, plan, block, step);
}

}  // namespace protolith::elastic
#endif
