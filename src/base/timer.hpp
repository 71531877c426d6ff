// Wall-clock time of the program and of its phases, with minimum, mean and maximum over ranks.
#pragma once

#include "base/communicator.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace protolith {

/// Seconds since it was made.
class Clock {
  public:
    double seconds() const noexcept {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }

  private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// "43.2 s", "12 min 05 s", "3 h 07 min".
std::string readable_duration(double seconds);

/// One row of the table at the end of a run; seconds over ranks.
struct PhaseTime {
    std::string name;
    double min = 0, mean = 0, max = 0;
    std::size_t calls = 0;  // on this rank
};

/// Accumulated time per named phase. The order of first use is the order of the table.
class PhaseTimers {
  public:
    /// Runs until it goes out of scope.
    class Scope {
      public:
        Scope(PhaseTimers& timers, std::size_t phase) : timers_(timers), phase_(phase) {}
        ~Scope() { timers_.add(phase_, clock_.seconds()); }
        Scope(const Scope&) = delete;
        Scope& operator=(const Scope&) = delete;

      private:
        PhaseTimers& timers_;
        std::size_t phase_;
        Clock clock_;
    };

    [[nodiscard]] Scope phase(const std::string& name) { return Scope(*this, index(name)); }
    /// The table over all ranks; phases that a rank never entered count as 0 there. Collective.
    std::vector<PhaseTime> table(const Communicator& comm) const;

  private:
    struct Entry {
        std::string name;
        double seconds = 0;
        std::size_t calls = 0;
    };
    std::size_t index(const std::string& name);
    void add(std::size_t phase, double seconds) noexcept;
    std::vector<Entry> entries_;
};

}  // namespace protolith
