#include "flow/phase_reader.hpp"

#include "volume/window.hpp"

#include <array>

namespace protolith::flow {
namespace {

// One piece of an axis: where it begins in the volume, its length, and where it goes.
struct Piece {
    std::size_t from, length, to;
};

std::array<Piece, 3> pieces(std::size_t size, std::size_t offset, std::size_t length) {
    return {{{(offset + size - 1) % size, 1, 0}, {offset, length, 1}, {(offset + length) % size, 1, length + 1}}};
}

}  // namespace

PhaseReader reader_of(const PhaseVolume& volume) {
    return [&volume](const Block& block) { return volume::crop(volume, block); };
}

PhaseVolume read_with_rim(const PhaseReader& read, const Extent& volume, const Block& block) {
    PhaseVolume result(Extent{block.extent.z + 2, block.extent.y + 2, block.extent.x + 2});
    for (const Piece& pz : pieces(volume.z, block.offset.z, block.extent.z)) {
        for (const Piece& py : pieces(volume.y, block.offset.y, block.extent.y)) {
            for (const Piece& px : pieces(volume.x, block.offset.x, block.extent.x)) {
                const PhaseVolume part = read({{pz.from, py.from, px.from}, {pz.length, py.length, px.length}});
                for (std::size_t z = 0; z < pz.length; ++z)
                    for (std::size_t y = 0; y < py.length; ++y)
                        for (std::size_t x = 0; x < px.length; ++x)
                            result(pz.to + z, py.to + y, px.to + x) = part(z, y, x);
            }
        }
    }
    return result;
}

}  // namespace protolith::flow
