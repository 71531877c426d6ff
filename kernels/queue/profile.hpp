// What the operations of a queue cost: calls and seconds of each, for benchmarks that look for waste and for tests that
// count the passes of a step. Costs nothing but a look at a pointer where nobody watches.
#pragma once

#include "queue/queue.hpp"

#include <chrono>
#include <map>
#include <string>

namespace protolith::kernels {

/// Watches one queue while it lives; a queue has at most one profile at a time.
class Profile {
  public:
    struct Entry {
        std::int64_t calls = 0;
        double seconds = 0.0;
    };

    explicit Profile(Queue& queue) : queue_(queue) { queue_.watch(this); }
    ~Profile() { queue_.watch(nullptr); }
    Profile(const Profile&) = delete;
    Profile& operator=(const Profile&) = delete;

    /// By the operation's name, as it stands in the launch: "convolve".
    const std::map<std::string, Entry>& entries() const noexcept { return entries_; }
    /// Calls of an operation; 0 where it was not launched.
    std::int64_t calls(const std::string& operation) const;
    void reset() { entries_.clear(); }
    void add(const char* launch, double seconds);

  private:
    Queue& queue_;
    std::map<std::string, Entry> entries_;
};

/// One launch: lives as long as its call. Where the queue is watched, it waits for the operation's end.
class Launch {
  public:
    Launch(Queue& queue, const char* text) : queue_(queue), text_(text) {
        if (queue_.profile() != nullptr) start_ = Clock::now();
    }
    ~Launch() {
        if (queue_.profile() != nullptr) finish();
    }
    Launch(const Launch&) = delete;
    Launch& operator=(const Launch&) = delete;

  private:
    using Clock = std::chrono::steady_clock;
    void finish();

    Queue& queue_;
    const char* text_;
    Clock::time_point start_;
};

}  // namespace protolith::kernels
