#include "descriptors/slab_chords.hpp"

#include <algorithm>
#include <array>
#include <climits>
#include <cmath>
#include <limits>

namespace protolith::descriptors {
namespace {

// Voxels from here to the wall along a ray, this one included; 0 in the wall.
using Steps = std::uint32_t;
constexpr Steps endless = std::numeric_limits<Steps>::max();

struct Direction {
    int z, y, x;
};
// One of each pair; rows that a ray comes from are behind it in the order z, y, x.
constexpr std::array<Direction, 9> directions{
    {{0, 0, 1}, {0, 1, 0}, {1, 0, 0}, {0, 1, 1}, {0, 1, -1}, {1, 0, 1}, {1, 0, -1}, {1, 1, 0}, {1, -1, 0}}};

Steps next(std::uint8_t pore, Steps before) {
    if (pore == 0) return 0;
    return before == endless ? endless : before + 1;
}

/// One sweep of a slab: steps to the wall against direction (z, y, x)·sign.
class Sweep {
  public:
    Sweep(const Communicator& comm, const PhaseSlab& slab) : comm_(comm), slab_(slab), steps_(slab.voxels.size()) {}

    void along(const Direction& d, int sign) {
        const auto rows = static_cast<std::ptrdiff_t>(slab_.planes.size() * slab_.whole.y);
        const LargeArray<Steps> beside = d.z != 0 ? received(sign) : LargeArray<Steps>();
        for (std::ptrdiff_t k = 0; k < rows; ++k) row(sign > 0 ? k : rows - 1 - k, d, sign, beside);
        if (d.z != 0) pass_on(sign);
    }
    Steps operator[](std::size_t voxel) const { return steps_[voxel]; }

  private:
    std::size_t plane() const { return slab_.whole.y * slab_.whole.x; }
    bool has_before(int sign) const { return sign > 0 ? slab_.planes.first > 0 : slab_.planes.last < slab_.whole.z; }

    /// The last plane of the slab before this one; what has no slab before it has no wall there.
    LargeArray<Steps> received(int sign) const {
        LargeArray<Steps> beside(plane(), endless);
        if (!slab_.empty() && has_before(sign))
            MPI_Recv(beside.data(), static_cast<int>(plane()), MPI_UINT32_T, comm_.rank() - sign, 0, comm_.handle(),
                     MPI_STATUS_IGNORE);
        return beside;
    }
    void pass_on(int sign) const {
        if (slab_.empty() || !has_before(-sign)) return;
        const Steps* last = steps_.data() + (sign > 0 ? (slab_.planes.size() - 1) * plane() : 0);
        MPI_Send(last, static_cast<int>(plane()), MPI_UINT32_T, comm_.rank() + sign, 0, comm_.handle());
    }

    /// Row k = z·Y + y, after the row from which its rays come.
    void row(std::ptrdiff_t k, const Direction& d, int sign, const LargeArray<Steps>& beside) {
        const auto ny = static_cast<std::ptrdiff_t>(slab_.whole.y), nx = static_cast<std::ptrdiff_t>(slab_.whole.x);
        const std::ptrdiff_t z = k / ny - d.z * sign, y = k % ny - d.y * sign;
        const Steps* from = nullptr;  // row of the voxels before; none: beyond the volume
        if (y >= 0 && y < ny) {
            const bool inside = z >= 0 && z < static_cast<std::ptrdiff_t>(slab_.planes.size());
            from = inside ? steps_.data() + (z * ny + y) * nx : beside.data() + y * nx;
        }
        const std::uint8_t* pore = slab_.voxels.data() + k * nx;
        Steps* to = steps_.data() + k * nx;
        for (std::ptrdiff_t i = 0; i < nx; ++i) {
            const std::ptrdiff_t x = sign > 0 ? i : nx - 1 - i, before = x - d.x * sign;
            to[x] = next(pore[x], from == nullptr || before < 0 || before >= nx ? endless : from[before]);
        }
    }

    const Communicator& comm_;
    const PhaseSlab& slab_;
    LargeArray<Steps> steps_;
};

}  // namespace

Slab<float> shortest_chord(const Communicator& comm, const PhaseSlab& slab) {
    require(slab.whole.y * slab.whole.x < INT_MAX, "planes of {} × {} voxels are too large to be passed on",
            slab.whole.y, slab.whole.x);
    Slab<float> shortest(comm, slab.whole);
    for (std::size_t i = 0; i < shortest.voxels.size(); ++i)
        shortest.voxels[i] = slab.voxels[i] != 0 ? std::numeric_limits<float>::infinity() : 0.0f;
    Sweep forth(comm, slab), back(comm, slab);
    for (const Direction& d : directions) {
        forth.along(d, 1);
        back.along(d, -1);
        const auto length = static_cast<float>(std::sqrt(d.z * d.z + d.y * d.y + d.x * d.x));
        for (std::size_t i = 0; i < shortest.voxels.size(); ++i) {
            if (forth[i] == endless || back[i] == endless || slab.voxels[i] == 0) continue;
            const auto voxels = static_cast<float>(forth[i] + back[i] - 1);
            shortest.voxels[i] = std::min(shortest.voxels[i], voxels * length);
        }
    }
    return shortest;
}

}  // namespace protolith::descriptors
