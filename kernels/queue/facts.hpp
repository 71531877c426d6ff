// What a queue has to tell about how it computes: choices that a device or a library forced on it, each told once. Jobs
// write them to their log as they come up.
#pragma once

#include "queue/queue.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace protolith::kernels {

/// The facts of one queue: queue.state<Facts>().
class Facts {
  public:
    explicit Facts(Queue& /*queue*/) {}

    /// One sentence; what has been told already is not told again.
    void tell(const std::string& fact) {
        if (std::find(all_.begin(), all_.end(), fact) != all_.end()) return;
        all_.push_back(fact);
        if (listener_) listener_(fact);
    }
    /// `listener` is called with every fact from now on, when it is told for the first time.
    void listen(std::function<void(const std::string& fact)> listener) { listener_ = std::move(listener); }
    /// In the order in which they were told.
    const std::vector<std::string>& all() const noexcept { return all_; }

  private:
    std::vector<std::string> all_;
    std::function<void(const std::string&)> listener_;
};

}  // namespace protolith::kernels
