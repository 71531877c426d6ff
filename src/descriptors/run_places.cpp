// Union–find in which every run knows its displacement from its parent: a contact that closes a ring with a
// displacement left over goes round the torus.
#include "descriptors/run_places.hpp"

#include <cstddef>
#include <numeric>

namespace protolith::descriptors {
namespace {

Periods operator+(const Periods& a, const Periods& b) { return {a[0] + b[0], a[1] + b[1], a[2] + b[2]}; }
Periods operator-(const Periods& a, const Periods& b) { return {a[0] - b[0], a[1] - b[1], a[2] - b[2]}; }

class PlacedForest {
  public:
    explicit PlacedForest(std::size_t runs) : parent_(runs), moved_(runs) {
        std::iota(parent_.begin(), parent_.end(), 0U);
    }

    /// Root of run i; afterwards moved(i) is its displacement from the root.
    std::uint32_t find(std::uint32_t i) {
        path_.clear();
        for (; parent_[i] != i; i = parent_[i]) path_.push_back(i);
        // From the root outwards, each parent already knows its own displacement. The one next to the root is right as
        // it is.
        for (std::size_t k = path_.size(); k-- > 0;) {
            const std::uint32_t run = path_[k];
            if (k + 1 < path_.size()) moved_[run] = moved_[run] + moved_[parent_[run]];
            parent_[run] = i;
        }
        return i;
    }
    const Periods& moved(std::uint32_t i) const { return moved_[i]; }
    /// Hangs root `child` under root `root` (root < child).
    void hang(std::uint32_t child, std::uint32_t root, const Periods& moved) {
        parent_[child] = root;
        moved_[child] = moved;
    }

  private:
    std::vector<std::uint32_t> parent_, path_;
    std::vector<Periods> moved_;
};

}  // namespace

RunPlaces run_places(const Components& components) {
    RunPlaces result;
    result.moved.resize(components.label.size());
    result.endless.resize(components.count);
    if (components.boundary != Boundary::periodic) return result;

    PlacedForest forest(components.label.size());
    for_each_contact(components.image, components.connectivity, true,
                     [&](std::uint32_t i, std::uint32_t j, const Periods& periods) {
                         const std::uint32_t a = forest.find(i), b = forest.find(j);
                         // Run i moved by `periods` lies beside j: where the root of i stands when the root of j stands
                         // at 0.
                         const Periods apart = forest.moved(j) + periods - forest.moved(i);
                         if (a == b)
                             for (std::size_t axis = 0; axis < 3; ++axis)
                                 result.endless[components.label[i] - 1][axis] =
                                     result.endless[components.label[i] - 1][axis] || apart[axis] != 0;
                         else if (a < b)
                             forest.hang(b, a, Periods{} - apart);
                         else
                             forest.hang(a, b, apart);
                     });
    for (std::uint32_t i = 0; i < components.label.size(); ++i) {
        forest.find(i);
        result.moved[i] = forest.moved(i);
    }
    return result;
}

}  // namespace protolith::descriptors
