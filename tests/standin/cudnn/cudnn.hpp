// The stand-in for cuDNN's backend API, for tests: convolutions of one node, channels last. Descriptors, their
// attributes and the order of calls are checked as the real library does; the sums are done by the host.
#pragma once

#include <string>
#include <vector>

namespace standin::cudnn {

/// What the engines can do beyond float32 with any channels and bfloat16 with multiples of eight.
struct Support {
    bool float32_gradient_of_bfloat16 = true;
    bool any_channels_in_bfloat16 = false;
    bool convolutions = true;  // false: no engine for anything
};
void set_support(const Support& support);

/// Names of the engines that have run since the last call, in order.
std::vector<std::string> engines_run();

/// Execution plans that were built so far.
int plans_made();

}  // namespace standin::cudnn
