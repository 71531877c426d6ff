// What is sampled: prior(z) · L(z)^β with the prior N(0, I) of `dimensions` variables and an inverse temperature β of
// [0, 1]. The likelihood is whatever answers for a batch of states: a generator with its data, a flow, a toy.
#pragma once

#include <cstddef>
#include <functional>
#include <span>

namespace protolith::sampling {

/// States to be judged together and where the answers go. All arrays are row-major and owned by the sampler.
struct Evaluation {
    std::size_t count = 0, dimensions = 0;
    std::span<const double> states;    ///< (count, dimensions)
    std::span<double> log_likelihood;  ///< (count)
    std::span<double> gradient;        ///< (count, dimensions): of log_likelihood; empty: not asked for
};

/// Fills log_likelihood (and gradient, if asked for) of every state. −∞ is an impossible state. Anything else that is
/// not finite (NaN, +∞, a gradient that is not finite) is rejected by the sampler and counted, never fatal. For chains
/// that are exactly the same on any number of ranks, a state's answer must not depend on the states beside it: how many
/// there are depends on the number of ranks. Called by each rank for its own chains; it must not communicate with
/// ranks that hold other chains.
using LogLikelihood = std::function<void(const Evaluation&)>;

}  // namespace protolith::sampling
