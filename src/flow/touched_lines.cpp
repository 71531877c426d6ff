#include "flow/touched_lines.hpp"

#include <utility>

namespace protolith::flow {
namespace {

// A line that a pack has touched stays in the second cache for this many packs more.
constexpr std::uint32_t remembered = 20;

}  // namespace

LineList::LineList(std::size_t slots, std::size_t lanes) : lanes_(lanes), last_((slots + lanes - 1) / lanes, 0) {}

void LineList::add(const std::int32_t* addresses, std::size_t count) {
    lines_.starts.push_back(static_cast<std::uint32_t>(lines_.slots.size()));
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t line = static_cast<std::size_t>(addresses[i]) / lanes_;
        if (last_[line] == 0 || pack_ + 1 - last_[line] > remembered)
            lines_.slots.push_back(static_cast<std::int32_t>(line * lanes_));
        last_[line] = pack_ + 1;
    }
    ++pack_;
}

TouchedLines LineList::finish() {
    lines_.starts.resize(lines_.starts.size() + packs_ahead + 1, static_cast<std::uint32_t>(lines_.slots.size()));
    return std::move(lines_);
}

}  // namespace protolith::flow
