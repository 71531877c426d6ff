// Histogram of 2 × 2 (× 2) states, one row of windows at a time.
#include "descriptors/configurations.hpp"

#include "descriptors/packed_volume.hpp"

#include <algorithm>
#include <vector>

namespace protolith::descriptors {
namespace {

// Windows along an axis of n voxels; window k spans voxels first + k and the next one.
std::size_t windows_along(std::size_t n, Frame frame) {
    switch (frame) {
        case Frame::inside:
            return n - 1;
        case Frame::background:
            return n + 1;
        case Frame::periodic:
            return n;
    }
    throw Error("unknown frame");
}

// Reads whole rows with what the frame puts around them: entry k is voxel k of the first window column.
class FramedRows {
  public:
    FramedRows(const PhaseVolume& volume, Frame frame) : volume_(volume), frame_(frame) {}

    // Row (z, y) in window coordinates; windows_along(x) + 1 entries.
    void read(std::size_t z, std::size_t y, std::vector<std::uint8_t>& row) const {
        const Extent& e = volume_.extent();
        row.assign(windows_along(e.x, frame_) + 1, 0);
        const std::size_t shift = frame_ == Frame::background ? 1 : 0;
        if (shift == 1 && (y < 1 || y > e.y || z < 1 || z > e.z)) return;
        const std::uint8_t* from = volume_.data() + ((z - shift) % e.z * e.y + (y - shift) % e.y) * e.x;
        std::copy_n(from, e.x, row.begin() + static_cast<std::ptrdiff_t>(shift));
        if (frame_ == Frame::periodic) row.back() = from[0];
    }

  private:
    const PhaseVolume& volume_;
    Frame frame_;
};

}  // namespace

Configurations2 configurations_2d(const PhaseVolume& image, Frame frame, Part part) {
    const Extent& e = image.extent();
    require(image.size() > 0 && e.z == 1, "2 × 2 configurations of {} voxels; expected an image", to_string(e));
    Configurations2 out;
    out.pixels = image.size();
    const FramedRows rows(image, frame);
    const std::size_t plane = frame == Frame::background ? 1 : 0;
    const ItemRange mine = share_of(part, windows_along(e.y, frame));
    std::vector<std::uint8_t> upper, lower;
    if (mine.size() > 0) rows.read(plane, mine.first, lower);
    for (std::size_t y = mine.first; y < mine.last; ++y) {
        std::swap(upper, lower);
        rows.read(plane, y + 1, lower);
        unsigned state = upper[0] * 2u + lower[0] * 8u;
        for (std::size_t x = 1; x < upper.size(); ++x) {
            state = ((state >> 1) & 5u) | upper[x] * 2u | lower[x] * 8u;
            ++out.counts[state];
        }
    }
    return out;
}

Configurations3 configurations_3d(const PhaseVolume& volume, Frame frame, Part part) {
    const Extent& e = volume.extent();
    require(volume.size() > 0, "2 × 2 × 2 configurations of a volume without voxels");
    Configurations3 out;
    out.voxels = volume.size();
    const FramedRows rows(volume, frame);
    const std::size_t planes = windows_along(e.z, frame), lines = windows_along(e.y, frame);
    const ItemRange mine = share_of(part, planes * lines);
    std::array<std::vector<std::uint8_t>, 4> row;  // (z, y), (z, y + 1), (z + 1, y), (z + 1, y + 1)
    for (std::size_t u = mine.first; u < mine.last; ++u) {
        for (std::size_t k = 0; k < 4; ++k) rows.read(u / lines + k / 2, u % lines + k % 2, row[k]);
        unsigned state = 0;
        for (std::size_t x = 0; x < row[0].size(); ++x) {
            state = ((state >> 1) & 0x55u) | row[0][x] * 2u | row[1][x] * 8u | row[2][x] * 32u | row[3][x] * 128u;
            if (x > 0) ++out.counts[state];
        }
    }
    return out;
}

void sum_over_ranks(const Communicator& comm, Configurations2& configurations) {
    comm.sum_in_place(configurations.counts.data(), configurations.counts.size());
}

void sum_over_ranks(const Communicator& comm, Configurations3& configurations) {
    comm.sum_in_place(configurations.counts.data(), configurations.counts.size());
}

}  // namespace protolith::descriptors
