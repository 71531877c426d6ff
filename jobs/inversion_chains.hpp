// The chains of all inversions of a deck, computed by groups of ranks, with samples into files as they come and
// checkpoints: each group takes a run of consecutive inversions, one after the other, all its ranks together.
#pragma once

#include "posed_inversion.hpp"

namespace protolith::jobs {

/// Seconds that the parts took on this rank, and evaluations of the likelihood.
struct Cost {
    condition::PosteriorCost likelihood;
    double sampler_seconds = 0;  ///< the likelihood's included
};

/// Groups of ranks for this many inversions of so many chains: `asked`, or where that is 0 as many as are soonest done
/// if each inversion takes equally long on one rank (ranks beyond an inversion's chains are idle); of equally quick
/// divisions the one with more groups, whose batches are larger.
std::size_t group_count(std::size_t asked, std::size_t inversions, std::size_t ranks, std::size_t chains);

/// Chains of all inversions: posterior_NN.h5 of each is complete at the end. The inversions, in order, on every rank.
/// Throws StoppedEarly with a checkpoint on disk when the run is to stop; each inversion keeps its chains in a file of
/// its own, so that a run goes on with the same draws on any number of ranks and groups. Collective.
std::vector<Inversion> invert_all(run::Run& run, const Surroundings& all, Cost& cost);

/// Removes the inversions' chains, which are kept for restarts until the job is done. Collective.
void remove_chains(run::Run& run, std::size_t inversions);

}  // namespace protolith::jobs
