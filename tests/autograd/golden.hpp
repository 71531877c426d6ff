// A layer against PyTorch: its value, the gradients of a random functional, and the gradients of the penalty on one of
// them, which differentiates twice (tests/reference/README.md).
#pragma once

#include "../reference/reference_file.hpp"
#include "autograd/arithmetic.hpp"
#include "autograd/grad.hpp"
#include "autograd/reduce.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace protolith::autograd {

using Inputs = std::map<std::string, Var>;

/// A layer by the name of its group in layers.h5.
struct Golden {
    std::string name;
    std::function<Var(const Inputs&)> layer;
};

inline void PrintTo(const Golden& golden, std::ostream* out) { *out << golden.name; }

/// Of the largest entry. float32 and bfloat16 (8 bits of mantissa) take other kernels than float64.
inline double tolerance_of(DataType type) {
    return type == DataType::float64 ? 1e-11 : type == DataType::float32 ? 1e-5 : 3e-2;
}

/// mean over samples of (‖g‖ − 1)²
inline Var penalty_of(const Var& gradient) {
    const Var excess = shift(norm(gradient, Per::sample), -1.0);
    return mean(multiply(excess, excess));
}

/// Activations of `type`, parameters of the type of sums.
inline void expect_equals_pytorch(const Golden& golden, DataType type) {
    Queue queue;
    if (!reference::computes_in(queue, type)) GTEST_SKIP() << "this processor does not multiply bfloat16";
    const double tolerance = tolerance_of(type);
    const auto type_of = [&](const std::string& name) { return name == "x" ? type : accumulator_of(type); };
    const reference::ReferenceFile file(queue, "layers.h5");
    const std::string group = "/" + golden.name + "/";
    Inputs inputs;
    std::vector<std::string> names;  // what is differentiated; the first is that of the penalty
    std::vector<Var> wanted;
    for (const char* name : {"x", "weight", "bias"})
        if (file.contains(group + "input." + name)) {
            names.emplace_back(name);
            wanted.emplace_back(file.tensor(group + "input." + name, type_of(name)), true);
            inputs.emplace(name, wanted.back());
        }
    if (file.contains(group + "input.target")) inputs.emplace("target", Var(file.tensor(group + "input.target", type)));
    for (const char* constant : {"running_mean", "running_var", "u_before"})
        if (file.contains(group + constant))
            inputs.emplace(constant, Var(file.tensor(group + constant, accumulator_of(type))));

    const Var y = golden.layer(inputs);
    file.expect_equal(y.value(), group + "value", tolerance);
    const Var seed(file.tensor(group + "functional", y.type()).reshaped(y.shape()), true);
    const auto first = grad(y, wanted, seed, {.create_graph = true});
    for (std::size_t i = 0; i < names.size(); ++i)
        file.expect_equal(first[i].value(), group + "first." + names[i], tolerance);

    const Var penalty = penalty_of(first[0]);
    const double theirs = file.number(group + "penalty");
    EXPECT_NEAR(penalty.value().item(), theirs, tolerance * std::max(1.0, theirs)) << group + "penalty";
    names.emplace_back("functional");
    wanted.push_back(seed);
    const auto second = grad(penalty, wanted);
    for (std::size_t i = 0; i < names.size(); ++i)
        file.expect_equal(second[i].value(), group + "second." + names[i], tolerance);
}

}  // namespace protolith::autograd
