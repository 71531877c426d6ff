// Which cache lines of the populations a pack is the first to touch. The odd step reads at two fronts of every
// direction, its own slots and its neighbours', which the memory's own prefetching does not follow among walls; so the
// lines of packs ahead are asked for by name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace protolith::flow {

/// Packs ahead whose lines are asked for, into the second cache.
inline constexpr std::size_t packs_ahead = 16;

/// First slots of the lines, those of pack p from starts[p] on; starts goes on past the last pack.
struct TouchedLines {
    std::vector<std::int32_t> slots;
    std::vector<std::uint32_t> starts;
};

/// Packs are added in the order in which they are updated.
class LineList {
  public:
    /// `slots`: populations of this rank, halo included; `lanes`: of them in a line.
    LineList(std::size_t slots, std::size_t lanes);
    /// The addresses of one more pack.
    void add(const std::int32_t* addresses, std::size_t count);
    TouchedLines finish();

  private:
    std::size_t lanes_;
    std::uint32_t pack_ = 0;
    std::vector<std::uint32_t> last_;  // of each line, the pack that touched it last, + 1
    TouchedLines lines_;
};

}  // namespace protolith::flow
