// One block of CUDA threads: who runs, who waits where, and when those who wait may go on.
#pragma once

#include "simt/fiber.hpp"
#include "simt/shared_memory.hpp"
#include "simt/simt.hpp"

#include <memory>
#include <random>
#include <vector>

namespace simt {

class Block {
  public:
    void set_order(Order order, unsigned seed);

    /// Runs every block of the grid. Throws Error.
    void run_grid(const Shape& shape, std::size_t shared_limit, const std::function<void()>& thread);

    // What a thread calls.
    unsigned wait_for_block(unsigned vote, const Site& site);
    /// Waits for the lanes of the mask; gives what `source` offers, or the lanes' votes where `source` is negative.
    std::uint64_t wait_for_warp(unsigned mask, std::uint64_t offered, int source, const Site& site);
    int lane() const { return static_cast<int>(self_->linear % 32); }
    SharedMemory& shared() { return shared_; }

  private:
    enum class State { fresh, ready, at_block, at_warp, done };
    struct Thread {
        uint3 index{};
        unsigned linear = 0;
        State state = State::fresh;
        Site site;
        unsigned mask = 0;
        int source = 0;
        std::uint64_t offered = 0, received = 0;
        Fiber* fiber = nullptr;  // on which it waits
    };

    void run_block();
    void run_warp(std::size_t warp);
    void work();
    Thread* next_fresh();
    void run_body(Thread& thread);
    void wait();
    void shuffle_lanes(std::vector<unsigned>& sequence);
    std::vector<std::size_t> runnable_warps() const;
    bool release_lanes(std::size_t warp);
    void release_group(std::size_t first, unsigned mask);
    bool release_block();
    [[noreturn]] void fail(const std::string& what, const Site& site, const Thread& thread) const;
    void drop_fibers();

    Order order_ = Order::forward;
    std::mt19937 random_{1};
    const Shape* shape_ = nullptr;
    const std::function<void()>* body_ = nullptr;
    std::vector<Thread> threads_;
    std::vector<std::unique_ptr<Fiber>> fibers_;
    std::vector<Fiber*> idle_;
    std::vector<unsigned> lanes_;  // of the warp that runs, in the order in which they do
    std::size_t at_lane_ = 0;
    Thread* self_ = nullptr;
    Fiber* running_ = nullptr;
    std::exception_ptr error_;
    SharedMemory shared_;
};

/// The device's only multiprocessor.
Block& multiprocessor();

}  // namespace simt
