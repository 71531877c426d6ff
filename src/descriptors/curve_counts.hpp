// Curves of distance as exact integer counts, so that parts counted on several ranks add up to the same bytes as one.
#pragma once

#include "base/communicator.hpp"
#include "descriptors/boundary.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace protolith::descriptors {

/// Greatest r (pixels) that `boundary` defines for a side of `side` pixels: −1 where there is none.
int largest_distance(std::size_t side, Boundary boundary);

/// Counts along one direction (or in one plane), entry k for distance r[k] of the curve.
struct DirectionCounts {
    std::string direction;  // "x", "y", "z"; "yx", "zx", "zy" for planes
    std::vector<std::uint64_t> counts, placements;
    bool operator==(const DirectionCounts&) const = default;
};

/// A descriptor of distance, counted: value(r) is the mean over directions of counts / placements.
struct CurveCounts {
    std::string name;    // "S2", "P3H", …, "L"
    std::vector<int> r;  // pixels
    std::vector<DirectionCounts> directions;
    bool operator==(const CurveCounts&) const = default;
};

/// A descriptor of distance: value[k] at r[k] pixels.
struct Curve {
    std::string name;
    std::vector<double> r, value;
};

/// Mean over directions of counts / placements.
Curve to_curve(const CurveCounts& counts);
/// One direction alone, named "S2 x" and so on.
Curve to_curve(const CurveCounts& counts, std::size_t direction);

/// One of `count` disjoint parts of the base lines of an image, for ranks that share one image; an index from `count`
/// on has nothing.
struct Part {
    std::size_t index = 0, count = 1;
};
/// Items of `part` among `count`, contiguous.
ItemRange share_of(Part part, std::size_t count);
/// The part of this rank.
Part part_of(const Communicator& comm);

/// Adds the counts of every rank's part; placements, which every part states in full, stay. Collective.
void sum_over_ranks(const Communicator& comm, CurveCounts& counts);

}  // namespace protolith::descriptors
