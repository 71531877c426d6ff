// Progress of a long phase: a bar with rate and time left on a terminal, a line per interval otherwise. Rank 0 alone.
#pragma once

#include "base/log.hpp"
#include "base/timer.hpp"

#include <string>

namespace protolith {

class Progress {
  public:
    /// `unit` is what is counted, in the plural ("images", "trials"); `interval`: seconds between lines of a batch log.
    Progress(const Logger& log, std::string title, double total, std::string unit, double interval = 10.0);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// `done` of the total so far; `detail` is appended ("E 3.1e-07"). Cheap: draws at most ten times a second.
    void update(double done, const std::string& detail = {});

  private:
    std::string line(double done, const std::string& detail) const;
    const Logger& log_;
    std::string title_, unit_;
    double total_, interval_, last_ = 0;
    double first_done_ = -1;  // where a resumed phase began, for the rate
    bool drawn_ = false;
    Clock clock_;
};

/// "24.1 M", "3.2 k", "12": a count with an SI prefix.
std::string si(double value);

}  // namespace protolith
