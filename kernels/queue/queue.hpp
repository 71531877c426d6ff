// Where kernels of one device run, one after the other: the CUDA stream with its library handles, or the CPU's threads
// with theirs. Made once per rank and passed; every topic keeps its own plans and caches in it.
#pragma once

#include "memory/pool.hpp"

#include <cstdint>
#include <memory>
#include <typeindex>
#include <unordered_map>

namespace protolith::kernels {

class Profile;

class Queue {
  public:
    /// CPU: `threads` of this process serve each kernel (at least 1). CUDA: `device` is the index of the GPU.
    explicit Queue(Backend backend = Backend::cpu, int threads = 1, int device = 0);
    ~Queue();
    Queue(const Queue&) = delete;
    Queue& operator=(const Queue&) = delete;

    Backend backend() const noexcept { return backend_; }
    int threads() const noexcept { return threads_; }
    int device() const noexcept { return device_; }
    const std::shared_ptr<Pool>& pool() const noexcept { return pool_; }
    /// The cudaStream_t; null on the CPU.
    void* stream() const noexcept { return stream_; }
    /// Waits until everything launched so far is done.
    void synchronise();
    /// Who measures the operations of this queue; null where nobody does (profile.hpp).
    Profile* profile() const noexcept { return profile_; }
    void watch(Profile* profile) noexcept { profile_ = profile; }

    /// Not 0 while work is captured into a graph (graph.hpp), and then different for each capture. What is kept from
    /// call to call (weights cast or packed) and follows the contents of device memory must be made anew in a capture,
    /// and is good in that capture alone: it belongs into the key of such a cache.
    std::uint64_t capture() const noexcept { return capture_; }
    /// In a capture: where the device counts the graph's launches so far, for what advances by one with each of them (a
    /// random stream's step). Null otherwise.
    const std::uint32_t* launches() const noexcept { return launches_; }
    /// For Graph: memory comes from `pool` from now on.
    void begin_capture(std::shared_ptr<Pool> pool, const std::uint32_t* launches);
    void end_capture();

    /// What a topic keeps for this device (primitives, plans, packed weights, handles): made as State(queue) when first
    /// asked for, gone with the queue.
    template <class State>
    State& state() {
        auto& slot = states_[std::type_index(typeid(State))];
        if (!slot) slot = std::make_shared<State>(*this);
        return *static_cast<State*>(slot.get());
    }

  private:
    Backend backend_;
    int threads_, device_;
    void* stream_ = nullptr;
    Profile* profile_ = nullptr;
    std::shared_ptr<Pool> pool_;
    std::shared_ptr<Pool> pool_beside_;  // the queue's own, while a capture has another
    std::uint64_t capture_ = 0, captures_ = 0;
    const std::uint32_t* launches_ = nullptr;
    std::unordered_map<std::type_index, std::shared_ptr<void>> states_;
};

/// Memory that a kernel needs for the time of one call.
class Scratch {
  public:
    Scratch(Queue& queue, std::size_t bytes) : pool_(queue.pool()), bytes_(bytes), data_(pool_->allocate(bytes)) {}
    ~Scratch() { pool_->release(data_, bytes_); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    template <class T>
    T* as() const {
        return static_cast<T*>(data_);
    }

  private:
    std::shared_ptr<Pool> pool_;
    std::size_t bytes_;
    void* data_;
};

}  // namespace protolith::kernels
