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
    double tolerance = 1e-11;  // of the largest entry
};

/// mean over samples of (‖g‖ − 1)²
inline Var penalty_of(const Var& gradient) {
    const Var excess = shift(norm(gradient, Per::sample), -1.0);
    return mean(multiply(excess, excess));
}

inline void expect_equals_pytorch(const Golden& golden) {
    Queue queue;
    const reference::ReferenceFile file(queue, "layers.h5");
    const std::string group = "/" + golden.name + "/";
    Inputs inputs;
    std::vector<std::string> names;  // what is differentiated; the first is that of the penalty
    std::vector<Var> wanted;
    for (const char* name : {"x", "weight", "bias"})
        if (file.contains(group + "input." + name)) {
            names.emplace_back(name);
            wanted.emplace_back(file.tensor(group + "input." + name), true);
            inputs.emplace(name, wanted.back());
        }
    for (const char* constant : {"input.target", "running_mean", "running_var", "u_before"})
        if (const std::string name = constant; file.contains(group + name))
            inputs.emplace(name.substr(name.find('.') + 1), Var(file.tensor(group + name)));

    const Var y = golden.layer(inputs);
    file.expect_equal(y.value(), group + "value", golden.tolerance);
    const Var seed(file.tensor(group + "functional").reshaped(y.shape()), true);
    const auto first = grad(y, wanted, seed, {.create_graph = true});
    for (std::size_t i = 0; i < names.size(); ++i)
        file.expect_equal(first[i].value(), group + "first." + names[i], golden.tolerance);

    const Var penalty = penalty_of(first[0]);
    file.expect_equal(penalty.value(), group + "penalty", golden.tolerance);
    names.emplace_back("functional");
    wanted.push_back(seed);
    const auto second = grad(penalty, wanted);
    for (std::size_t i = 0; i < names.size(); ++i)
        file.expect_equal(second[i].value(), group + "second." + names[i], golden.tolerance);
}

}  // namespace protolith::autograd
