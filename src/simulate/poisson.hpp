// Poisson numbers from a counter-based stream.
#pragma once

#include "base/random.hpp"

#include <cmath>
#include <cstddef>

namespace protolith::simulate {

/// Number of events of a unit-rate Poisson process in [0, mean): exact, with one draw for every event and one more.
inline std::size_t poisson_number(RandomStream& random, double mean) {
    std::size_t events = 0;
    for (double time = -std::log(1 - random.uniform()); time < mean; time -= std::log(1 - random.uniform())) ++events;
    return events;
}

}  // namespace protolith::simulate
