// Weights prepared for a direction of a convolution, kept per (weights' id, form) until the weights' version changes,
// they are forgotten, or they have not been used for long (those of a network that rests). A capture of the queue's
// work prepares its own, since they must follow the weights at every launch of the graph.
#pragma once

#include "convolution/convolution.hpp"

#include <map>
#include <memory>
#include <vector>

namespace protolith::kernels {

class PreparedWeights {
  public:
    explicit PreparedWeights(Queue& queue) : queue_(queue) {}

    /// What `make(memory)` wrote into `bytes` bytes for this version of the weights and this `form` (any number that
    /// tells preparations apart); made now unless it is there. Without an id it lives as long as the caller holds it.
    template <class Make>
    std::shared_ptr<const Scratch> get(WeightsKey key, std::uint64_t form, std::size_t bytes, Make&& make) {
        if (const auto* known = find(key, form)) return *known;
        auto memory = std::make_shared<const Scratch>(queue_, bytes);
        make(memory->as<void>());
        if (key.id != 0) keep(key, form, memory);
        return memory;
    }

    void forget(std::uint64_t id) { sets_.erase(id); }

  private:
    struct Form {
        std::uint64_t form;
        std::shared_ptr<const Scratch> memory;
    };
    struct Set {
        std::uint64_t version = 0, capture = 0, last_use = 0;
        std::vector<Form> forms;
    };

    /// Null when it must be made; what belongs to another version or capture is given back.
    const std::shared_ptr<const Scratch>* find(WeightsKey key, std::uint64_t form);
    void keep(WeightsKey key, std::uint64_t form, std::shared_ptr<const Scratch> memory);

    Queue& queue_;
    std::uint64_t uses_ = 0;
    std::map<std::uint64_t, Set> sets_;
};

}  // namespace protolith::kernels
