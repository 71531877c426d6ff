#include "base/timer.hpp"

#include <algorithm>
#include <cmath>

namespace protolith {

std::string readable_duration(double seconds) {
    if (seconds < 0.0995) return fmt::format("{:.1f} ms", seconds * 1e3);
    if (seconds < 99.95) return fmt::format("{:.{}f} s", seconds, seconds < 9.995 ? 2 : 1);
    const auto whole = static_cast<long long>(std::llround(seconds));
    if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
    return fmt::format("{} h {:02} min", whole / 3600, whole % 3600 / 60);
}

std::size_t PhaseTimers::index(const std::string& name) {
    const auto at = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.name == name; });
    if (at != entries_.end()) return static_cast<std::size_t>(at - entries_.begin());
    entries_.push_back({name, 0, 0});
    return entries_.size() - 1;
}

void PhaseTimers::add(std::size_t phase, double seconds) noexcept {
    entries_[phase].seconds += seconds;
    entries_[phase].calls += 1;
}

std::vector<PhaseTime> PhaseTimers::table(const Communicator& comm) const {
    std::string names;
    for (const auto& e : entries_) names += e.name + '\n';
    names = comm.broadcast(names);  // rank 0 runs every phase
    std::vector<PhaseTime> rows;
    for (std::size_t begin = 0; begin < names.size();) {
        const std::size_t end = names.find('\n', begin);
        const std::string name = names.substr(begin, end - begin);
        begin = end + 1;
        const auto at = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.name == name; });
        const double mine = at == entries_.end() ? 0.0 : at->seconds;
        rows.push_back(
            {name, comm.min(mine), comm.sum(mine) / comm.size(), comm.max(mine), at == entries_.end() ? 0 : at->calls});
    }
    return rows;
}

}  // namespace protolith
