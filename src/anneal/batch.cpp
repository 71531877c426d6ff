#include "anneal/batch.hpp"

#include <chrono>

namespace protolith::anneal {

Batch::Batch(const Communicator& comm, const Problem& problem, std::uint32_t count)
    : comm_(comm), problem_(problem), count_(count), items_(comm.share(count)), next_(items_.first) {
    require_input(count >= 1, "a batch needs at least 1 item, found {}", count);
}

void Batch::restore(State state) {
    require(state.item >= items_.first && state.item < items_.last, "item {} is not of this rank's share {} … {}",
            state.item, items_.first, static_cast<std::ptrdiff_t>(items_.last) - 1);
    require(!current_ && next_ == items_.first, "item {} was to be restored after the batch had begun", state.item);
    const std::size_t item = state.item;
    states_.insert_or_assign(item, std::move(state));
}

bool Batch::advance(double seconds) {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + std::chrono::duration<double>(seconds);
    do {
        if (!current_) {
            while (next_ < items_.last && states_.contains(next_) && states_.at(next_).finished()) ++next_;
            if (next_ == items_.last) return true;
            if (auto saved = states_.extract(next_))
                current_.emplace(problem_, std::move(saved.mapped()));
            else
                current_.emplace(problem_, static_cast<std::uint32_t>(next_));
        }
        current_->run_stage();
        if (current_->finished()) {
            states_.insert_or_assign(next_++, std::move(*current_).take());
            current_.reset();
        }
    } while (Clock::now() < end);
    return !current_ && next_ == items_.last;
}

const State* Batch::state(std::size_t item) const {
    if (current_ && current_->state().item == item) return &current_->state();
    const auto found = states_.find(item);
    return found == states_.end() ? nullptr : &found->second;
}

bool Batch::finished() const {
    std::size_t done = 0;
    for (const auto& [item, state] : states_) done += state.finished();
    return comm_.all(done == items_.size());
}

Progress Batch::progress() const {
    std::uint64_t sums[3] = {};
    for (std::size_t item = items_.first; item < items_.last; ++item) {
        const State* s = state(item);
        if (s == nullptr) continue;
        sums[0] += s->finished();
        sums[1] += s->history.size();
        for (const StageRecord& record : s->history) sums[2] += record.trials;
    }
    comm_.sum_in_place(sums, 3);
    return {count_, sums[0], sums[1], sums[2]};
}

bool Batch::run(double seconds, const std::function<bool(const Progress&)>& between) {
    for (;;) {
        collectively(comm_, [&] { advance(seconds); });
        const bool done = finished();
        if (!between(progress())) return done;
        if (done) return true;
    }
}

}  // namespace protolith::anneal
