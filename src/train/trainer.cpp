#include "train/trainer.hpp"

#include "train/state.hpp"

#include <cmath>

namespace protolith::train {

namespace {

std::vector<Tensor> tensors(const std::vector<nn::Buffer>& buffers) {
    std::vector<Tensor> all;
    for (const auto& buffer : buffers) all.push_back(buffer.value);
    return all;
}

std::vector<Tensor> tensors(const std::vector<nn::Parameter>& parameters) {
    std::vector<Tensor> all;
    for (const auto& parameter : parameters) all.push_back(parameter.var.value());
    return all;
}

}  // namespace

Trainer::Trainer(const parallel::Replicas& replicas, std::vector<Player> players, double diverged_above,
                 PhaseTimers& timers)
    : replicas_(replicas), diverged_above_(diverged_above), timers_(timers) {
    for (auto& player : players) {
        const auto weights = tensors(player.parameters);
        replicas_.broadcast(weights);
        for (const auto& buffer : player.buffers) statistics_.push_back(buffer.value);
        optim::Adam adam(player.parameters, player.adam);
        seats_.push_back({std::move(player), std::move(adam), parallel::GradientMean(replicas.exchange(), weights)});
    }
    replicas_.broadcast(statistics_);
}

std::vector<std::string> Trainer::columns() const {
    std::vector<std::string> names;
    for (const auto& seat : seats_)
        for (const auto& term : seat.player.terms) names.push_back(seat.player.name + " " + term);
    return names;
}

std::vector<double> Trainer::step() {
    std::vector<double> all;
    for (auto& seat : seats_) {
        const auto timer = timers_.phase("train " + seat.player.name);
        const auto updates = static_cast<std::uint64_t>(seat.player.updates);
        std::vector<double> means(seat.player.terms.size(), 0.0);
        for (std::uint64_t u = 0; u < updates; ++u) {
            const auto terms = update(seat, steps_ * updates + u);
            for (std::size_t i = 0; i < means.size(); ++i) means[i] += terms[i] / static_cast<double>(updates);
        }
        all.insert(all.end(), means.begin(), means.end());
    }
    // Each rank's statistics follow its own part of the batch; what they follow is linear in them, so that their mean
    // after each step is the mean that would come of averaging at any later time.
    replicas_.average(statistics_);
    ++steps_;
    return all;
}

std::vector<double> Trainer::update(Seat& seat, std::uint64_t number) {
    const auto& player = seat.player;
    const ReadLosses read = player.differentiate(
        number, [&](std::size_t i, const autograd::Var& gradient) { seat.mean.add(i, gradient.value()); });
    if (player.prepare) player.prepare(number + 1);  // beside what the device has been given
    std::vector<autograd::Var> gradients;
    for (auto& gradient : seat.mean.finish()) gradients.emplace_back(std::move(gradient));
    Losses losses = read();
    require(losses.terms.size() == player.terms.size(), "{} terms of the {}'s loss; {} are named", losses.terms.size(),
            player.name, player.terms.size());
    auto values = std::move(losses.terms);
    values.push_back(losses.loss);
    values = replicas_.mean(std::move(values));
    const double loss = values.back();
    if (!(std::abs(loss) <= diverged_above_))
        throw Diverged(fmt::format("step {}: the loss of the {} is {}", steps_ + 1, player.name, loss),
                       ExitCode::failure);
    seat.adam.step(gradients, optim::factor_at(seat.player.schedule, static_cast<std::int64_t>(steps_)));
    values.pop_back();
    return values;
}

std::vector<nn::Buffer> Trainer::state() const {
    std::vector<nn::Buffer> all;
    for (const auto& seat : seats_) {
        const std::string prefix = seat.player.name + ":";
        for (const auto& p : seat.player.parameters) all.push_back({prefix + p.name, p.var.value()});
        for (const auto& b : seat.player.buffers) all.push_back({prefix + b.name, b.value});
        for (const auto& b : seat.adam.state()) all.push_back({prefix + "adam:" + b.name, b.value});
    }
    return all;
}

void Trainer::save(io::CheckpointWriter& writer) const {
    const auto all = state();
    for (const auto& one : all)
        require(finite(one.value), "step {}: {} is not finite: the training has diverged", steps_, one.name);
    require(replicas_.agree(tensors(all)), "step {}: the ranks' networks have come to differ", steps_);
    for (const auto& one : all) save_tensor(writer, "state:" + one.name, one.value);
    writer.replicated("state:steps", std::vector<std::uint64_t>{steps_});
}

void Trainer::restore(const io::Checkpoint& checkpoint) {
    for (const auto& one : state()) load_tensor(checkpoint, "state:" + one.name, one.value);
    steps_ = checkpoint.replicated<std::uint64_t>("state:steps").at(0);
    for (auto& seat : seats_) seat.adam.set_steps(static_cast<std::int64_t>(steps_) * seat.player.updates);
}

}  // namespace protolith::train
