// FFTW's planner works on state of its own that is not safe between threads; executing is.
#pragma once

#include <mutex>

namespace protolith::fft {

/// Held while FFTW plans or forgets a plan.
std::mutex& planner_lock();

}  // namespace protolith::fft
