// Training of networks that play against one another, or of one alone: in every step each player makes its updates
// on this rank's part of the batch; gradients are averaged over ranks; Adam.
#pragma once

#include "base/timer.hpp"
#include "io/checkpoint.hpp"
#include "nn/module.hpp"
#include "optim/adam.hpp"
#include "optim/schedule.hpp"
#include "parallel/gradient_mean.hpp"
#include "parallel/replicas.hpp"

#include <functional>
#include <string>
#include <vector>

namespace protolith::train {

/// What one update found on this rank's items: its loss, and the numbers that are worth a learning curve (in the order
/// of Player::terms). Means over the items.
struct Losses {
    double loss = 0;
    std::vector<double> terms;
};

/// Reads the losses from the device, once it has come so far.
using ReadLosses = std::function<Losses()>;

/// To be told of each parameter's gradient (of the mean over this rank's items) as soon as it is complete.
using GradientReady = std::function<void(std::size_t parameter, const autograd::Var& gradient)>;

/// One network with its optimiser: a critic, a generator, a segmentation network.
struct Player {
    std::string name;
    std::vector<nn::Parameter> parameters;
    std::vector<nn::Buffer> buffers;
    optim::AdamSettings adam;
    optim::Schedule schedule;  ///< of the learning rate, over the steps of the training
    int updates = 1;           ///< in each step
    std::vector<std::string> terms;
    /// Computes the loss and its gradients. Update number `update` (0, 1, … over the whole training) keys whatever is
    /// drawn for it. A GPU may still be at it when this returns: only what is returned waits.
    std::function<ReadLosses(std::uint64_t update, const GradientReady& ready)> differentiate;
    /// The host's work for an update to come (loading, drawing), done while the device is at the one before; may be
    /// empty, and differentiate() may be called without it.
    std::function<void(std::uint64_t update)> prepare = {};
};

/// A loss that is not finite, or too large; the weights are those before that update. Thrown by all ranks together.
class Diverged : public CollectiveError {
    using CollectiveError::CollectiveError;
};

class Trainer {
  public:
    /// The players move in this order. `diverged_above`: a loss beyond it, in magnitude, is a divergence. First values
    /// are rank 0's. Collective.
    Trainer(const parallel::Replicas& replicas, std::vector<Player> players, double diverged_above,
            PhaseTimers& timers);

    /// Names of what step() gives: "<player> <term>".
    std::vector<std::string> columns() const;
    /// One step; every term's mean over ranks and over the player's updates. Throws Diverged. Collective.
    std::vector<double> step();
    /// Steps done.
    std::uint64_t steps() const noexcept { return steps_; }

    /// Weights, moments and running statistics. Refuses to save what is not finite, or not the same on every rank
    /// (Error). Collective.
    void save(io::CheckpointWriter& writer) const;
    /// InputError naming what is missing or of another shape.
    void restore(const io::Checkpoint& checkpoint);

  private:
    struct Seat {
        Player player;
        optim::Adam adam;
        parallel::GradientMean mean;
    };
    std::vector<double> update(Seat& seat, std::uint64_t number);
    std::vector<nn::Buffer> state() const;

    const parallel::Replicas& replicas_;
    std::vector<Seat> seats_;
    std::vector<Tensor> statistics_;
    double diverged_above_;
    PhaseTimers& timers_;
    std::uint64_t steps_ = 0;
};

}  // namespace protolith::train
