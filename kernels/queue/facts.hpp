// What a queue has to tell about how it computes: choices that a device or a library forced on it, each told once. Jobs
// write them to their log and to the summary.
#pragma once

#include "queue/queue.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace protolith::kernels {

/// The facts of one queue: queue.state<Facts>().
class Facts {
  public:
    explicit Facts(Queue& /*queue*/) {}

    /// One sentence; what has been told already is not told again.
    void tell(const std::string& fact) {
        if (std::find(all_.begin(), all_.end(), fact) == all_.end()) all_.push_back(fact);
    }
    /// In the order in which they were told.
    const std::vector<std::string>& all() const noexcept { return all_; }

  private:
    std::vector<std::string> all_;
};

}  // namespace protolith::kernels
