// Modes of a posterior: where climbs from many of its samples end.
#pragma once

#include "base/communicator.hpp"
#include "sampling/target.hpp"
#include "tensor/tensor.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace protolith::condition {

struct ClimbSettings {
    std::size_t steps = 300;  ///< of Adam
    double rate = 0.05;       ///< its learning rate at first, in deviations of the prior; falls linearly to 0
    double apart = 0.5;       ///< ends that are farther from each other, |Δz|, are different modes
};

/// A maximum of log L − |z|²/2.
struct Mode {
    std::vector<double> latent;
    double log_posterior = 0, log_likelihood = 0;  ///< without the constants
    std::vector<std::size_t> from;                 ///< the climbs that came here
};

/// Climbs from `starts` (count, latent), which ranks share, and puts together the ends that lie within `apart` of a
/// better one; best first. Of a climb the best state counts; one that never met a finite posterior gives nothing.
/// `likelihood` must answer with gradients, each state independently of those beside it: then the modes are the same
/// on any number of ranks. Collective.
std::vector<Mode> posterior_modes(const Communicator& comm, Queue& queue, const sampling::LogLikelihood& likelihood,
                                  std::size_t latent, std::span<const double> starts, const ClimbSettings& settings);

}  // namespace protolith::condition
