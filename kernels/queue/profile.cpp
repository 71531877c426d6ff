#include "queue/profile.hpp"

#include <string_view>

namespace protolith::kernels {

std::int64_t Profile::calls(const std::string& operation) const {
    const auto entry = entries_.find(operation);
    return entry == entries_.end() ? 0 : entry->second.calls;
}

void Profile::add(const char* launch, double seconds) {
    const std::string_view text(launch);
    Entry& entry = entries_[std::string(text.substr(0, text.find_first_of("(<")))];
    ++entry.calls;
    entry.seconds += seconds;
}

void Launch::finish() {
    Profile& profile = *queue_.profile();
    if (queue_.backend() == Backend::cuda) {
        queue_.watch(nullptr);  // waiting is itself a launch
        queue_.synchronise();
        queue_.watch(&profile);
    }
    profile.add(text_, std::chrono::duration<double>(Clock::now() - start_).count());
}

}  // namespace protolith::kernels
