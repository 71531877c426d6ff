#include "simt/block.hpp"

#include <algorithm>
#include <numeric>

namespace simt {

Here here;

Block& multiprocessor() {
    static Block* const only = new Block;  // never gone: its fibers need no unwinding at the very end
    return *only;
}

void Block::set_order(Order order, unsigned seed) {
    order_ = order;
    random_.seed(seed);
}

void Block::fail(const std::string& what, const Site& site, const Thread& thread) const {
    const auto number = [](unsigned value) { return std::to_string(value); };
    throw Error(std::string(site.file_name()) + ":" + number(site.line()) + ": " + what + " (block " +
                number(here.block.x) + "," + number(here.block.y) + "," + number(here.block.z) + ", thread " +
                number(thread.index.x) + "," + number(thread.index.y) + "," + number(thread.index.z) +
                "; launched from " + shape_->where.file_name() + ":" + number(shape_->where.line()) + ")");
}

void Block::run_grid(const Shape& shape, std::size_t shared_limit, const std::function<void()>& thread) {
    shape_ = &shape;
    body_ = &thread;
    here.grid_size = shape.grid;
    here.block_size = shape.block;
    std::vector<std::size_t> sequence(std::size_t{shape.grid.x} * shape.grid.y * shape.grid.z);
    std::iota(sequence.begin(), sequence.end(), std::size_t{0});
    if (order_ == Order::backward) std::reverse(sequence.begin(), sequence.end());
    if (order_ == Order::random) std::shuffle(sequence.begin(), sequence.end(), random_);
    const dim3& grid = shape.grid;
    threads_.assign(shape.block.x * shape.block.y * shape.block.z, Thread{});
    try {
        for (const std::size_t i : sequence) {
            here.block = {static_cast<unsigned>(i % grid.x), static_cast<unsigned>(i / grid.x % grid.y),
                          static_cast<unsigned>(i / grid.x / grid.y)};
            shared_.start_block(shape.shared_bytes, shared_limit);
            run_block();
            shared_.check_guards();
        }
    } catch (...) {
        drop_fibers();
        throw;
    }
}

void Block::run_block() {
    const dim3& size = shape_->block;
    for (unsigned i = 0; i < threads_.size(); ++i) {
        threads_[i].linear = i;
        threads_[i].index = {i % size.x, i / size.x % size.y, i / size.x / size.y};
        threads_[i].state = State::fresh;
    }
    for (;;) {
        const auto runnable = runnable_warps();
        if (!runnable.empty()) {
            const std::size_t last = runnable.size() - 1;
            run_warp(runnable[order_ == Order::forward    ? 0
                              : order_ == Order::backward ? last
                                                          : random_() % runnable.size()]);
            continue;
        }
        if (std::all_of(threads_.begin(), threads_.end(), [](const Thread& t) { return t.state == State::done; }))
            return;
        if (!release_block()) {
            const auto stuck = std::find_if(threads_.begin(), threads_.end(),
                                            [](const Thread& t) { return t.state == State::at_warp; });
            fail("waits for lanes of its mask that wait elsewhere", stuck->site, *stuck);
        }
    }
}

std::vector<std::size_t> Block::runnable_warps() const {
    std::vector<std::size_t> warps;
    for (std::size_t i = 0; i < threads_.size(); ++i) {
        if (threads_[i].state != State::fresh && threads_[i].state != State::ready) continue;
        warps.push_back(i / 32);
        i = i / 32 * 32 + 31;
    }
    return warps;
}

/// Every lane that can run does so once, until it waits or ends; then lanes that have found one another go on.
void Block::run_warp(std::size_t warp) {
    const auto first = static_cast<unsigned>(warp * 32);
    lanes_.resize(std::min<std::size_t>(32, threads_.size() - first));
    std::iota(lanes_.begin(), lanes_.end(), first);
    if (order_ == Order::backward) std::reverse(lanes_.begin(), lanes_.end());
    if (order_ == Order::random) std::shuffle(lanes_.begin(), lanes_.end(), random_);
    for (at_lane_ = 0; at_lane_ < lanes_.size();) {
        Thread& thread = threads_[lanes_[at_lane_]];
        if (thread.state == State::ready) {
            ++at_lane_;
            self_ = &thread;
            here.thread = thread.index;
            running_ = thread.fiber;
            running_->resume();
        } else if (thread.state == State::fresh) {
            if (idle_.empty()) {
                fibers_.push_back(std::make_unique<Fiber>([this] { work(); }));
                idle_.push_back(fibers_.back().get());
            }
            running_ = idle_.back();
            idle_.pop_back();
            running_->resume();
        } else {
            ++at_lane_;
        }
        if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
    }
    release_lanes(warp);
}

/// What a fiber does all its life: threads that have not begun yet, one after the other; a thread that waits keeps it.
void Block::work() {
    for (;;) {
        Fiber* const mine = running_;
        for (Thread* thread = next_fresh(); thread && !error_; thread = next_fresh()) run_body(*thread);
        idle_.push_back(mine);
        mine->leave();
    }
}

Block::Thread* Block::next_fresh() {
    if (at_lane_ == lanes_.size()) return nullptr;
    Thread& thread = threads_[lanes_[at_lane_]];
    if (thread.state != State::fresh) return nullptr;
    ++at_lane_;
    return &thread;
}

void Block::run_body(Thread& thread) {
    self_ = &thread;
    here.thread = thread.index;
    try {
        (*body_)();
    } catch (const Abandoned&) {
        throw;
    } catch (...) {
        error_ = std::current_exception();
    }
    thread.state = State::done;
}

void Block::wait() {
    self_->fiber = running_;
    running_->leave();
}

unsigned Block::wait_for_block(unsigned vote, const Site& site) {
    self_->state = State::at_block;
    self_->site = site;
    self_->offered = vote;
    wait();
    return static_cast<unsigned>(self_->received);
}

std::uint64_t Block::wait_for_warp(unsigned mask, std::uint64_t offered, int source, const Site& site) {
    if ((mask >> lane() & 1U) == 0) fail("a lane that is not in its own mask", site, *self_);
    self_->state = State::at_warp;
    self_->site = site;
    self_->mask = mask;
    self_->offered = offered;
    self_->source = source;
    wait();
    return self_->received;
}

bool Block::release_lanes(std::size_t warp) {
    const std::size_t first = warp * 32, count = std::min<std::size_t>(32, threads_.size() - first);
    bool released = false;
    for (std::size_t lane = 0; lane < count; ++lane) {
        const Thread& thread = threads_[first + lane];
        if (thread.state != State::at_warp) continue;
        bool all = true;
        for (std::size_t other = 0; other < 32; ++other) {
            if ((thread.mask >> other & 1U) == 0) continue;
            if (other >= count) fail("the mask names a lane outside the block", thread.site, thread);
            const Thread& peer = threads_[first + other];
            if (peer.state == State::done) fail("the mask names a lane that has ended", thread.site, peer);
            all = all && peer.state == State::at_warp && peer.mask == thread.mask &&
                  peer.site.line() == thread.site.line();
        }
        if (!all) continue;
        release_group(first, thread.mask);
        released = true;
    }
    return released;
}

void Block::release_group(std::size_t first, unsigned mask) {
    std::uint64_t votes = 0;
    for (unsigned lane = 0; lane < 32; ++lane)
        if ((mask >> lane & 1U) != 0 && threads_[first + lane].offered != 0) votes |= std::uint64_t{1} << lane;
    for (unsigned lane = 0; lane < 32; ++lane) {
        if ((mask >> lane & 1U) == 0) continue;
        Thread& thread = threads_[first + lane];
        if (thread.source >= 32 || (thread.source >= 0 && (mask >> thread.source & 1U) == 0))
            fail("a shuffle from lane " + std::to_string(thread.source) + ", which is not in the mask", thread.site,
                 thread);
        thread.received = thread.source < 0 ? votes : threads_[first + static_cast<unsigned>(thread.source)].offered;
        thread.state = State::ready;
    }
}

bool Block::release_block() {
    const Thread* waiting = nullptr;
    const Thread* ended = nullptr;
    std::uint64_t votes = 0;
    for (const Thread& thread : threads_) {
        if (thread.state == State::at_warp) return false;
        if (thread.state == State::done) {
            ended = &thread;
            continue;
        }
        if (waiting && thread.site.line() != waiting->site.line())
            fail("threads of one block wait at different barriers, the other in line " +
                     std::to_string(waiting->site.line()),
                 thread.site, thread);
        waiting = &thread;
        votes += thread.offered;
    }
    if (ended) fail("a barrier that not every thread reaches", waiting->site, *ended);
    for (Thread& thread : threads_) {
        thread.received = votes;
        thread.state = State::ready;
    }
    return true;
}

void Block::drop_fibers() {
    idle_.clear();
    fibers_.clear();
    error_ = nullptr;
}

}  // namespace simt
