// Blocks taken from slabs hold the volume's voxels.
#include "volume/slab_blocks.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace protolith {
namespace {

TEST(BlockOfSlabs, HoldsTheVolumesVoxelsWhateverTheBlocks) {
    const Communicator comm;
    const Extent n{7, 5, 6};
    const auto value = [&](std::size_t z, std::size_t y, std::size_t x) {
        return static_cast<float>((z * n.y + y) * n.x + x);
    };
    Slab<float> slab(comm, n);
    for (std::size_t i = 0; i < slab.voxels.size(); ++i)
        slab.voxels[i] = value(slab.planes.first, 0, 0) + static_cast<float>(i);
    const auto rank = static_cast<std::size_t>(comm.rank());
    const std::vector<Block> all{whole(n), {{2, 1, 3}, {4, 3, 2}}, {}, {{6, 4, 5}, {1, 1, 1}}, {{0, 0, 0}, {7, 1, 6}}};
    for (std::size_t first = 0; first < all.size(); ++first) {
        const Block mine = all[(first + rank) % all.size()];
        const auto block = block_of_slabs(comm, slab, mine);
        ASSERT_EQ(block.extent(), mine.extent);
        for (std::size_t z = 0; z < mine.extent.z; ++z)
            for (std::size_t y = 0; y < mine.extent.y; ++y)
                for (std::size_t x = 0; x < mine.extent.x; ++x)
                    ASSERT_EQ(block(z, y, x), value(z + mine.offset.z, y + mine.offset.y, x + mine.offset.x));
    }
}

}  // namespace
}  // namespace protolith
