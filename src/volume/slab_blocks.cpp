#include "volume/slab_blocks.hpp"

#include <algorithm>
#include <climits>
#include <cstring>

namespace protolith {
namespace {

static_assert(sizeof(Block) == 6 * sizeof(std::size_t));

std::vector<Block> blocks_of_all(const Communicator& comm, const Block& mine) {
    std::vector<Block> blocks;
    for (const auto& bytes : comm.all_gather({reinterpret_cast<const char*>(&mine), sizeof(Block)})) {
        Block block;
        std::memcpy(&block, bytes.data(), sizeof(Block));
        blocks.push_back(block);
    }
    return blocks;
}

/// Planes of a block that lie in a slab, counted in the volume.
ItemRange common_planes(const ItemRange& planes, const Block& block) {
    const std::size_t first = std::max(planes.first, block.offset.z),
                      last = std::min(planes.last, block.offset.z + block.extent.z);
    return {first, std::max(first, last)};
}

/// Counts and offsets, by rank, of one exchange.
struct Counts {
    std::vector<int> count, offset;
    std::size_t sum = 0;

    void add(std::size_t values) {
        require(sum + values < INT_MAX, "{} values are too many for one exchange: more ranks are needed", sum + values);
        offset.push_back(static_cast<int>(sum));
        count.push_back(static_cast<int>(values));
        sum += values;
    }
};

}  // namespace

Volume<float> block_of_slabs(const Communicator& comm, const Slab<float>& slab, const Block& mine) {
    const auto blocks = blocks_of_all(comm, mine);
    const auto slabs = [&] {
        std::vector<ItemRange> planes;
        const std::size_t ranks = blocks.size(), each = slab.whole.z / ranks, more = slab.whole.z % ranks;
        for (std::size_t r = 0, first = 0; r < ranks; ++r) {
            planes.push_back({first, first + each + (r < more ? 1 : 0)});
            first = planes.back().last;
        }
        return planes;
    }();
    Counts out, in;
    collectively(comm, [&] {
        for (std::size_t r = 0; r < blocks.size(); ++r) {
            const std::size_t there = blocks[r].extent.y * blocks[r].extent.x, here = mine.extent.y * mine.extent.x;
            out.add(common_planes(slab.planes, blocks[r]).size() * there);
            in.add(common_planes(slabs[r], mine).size() * here);
        }
    });
    LargeArray<float> sent(out.sum);
    float* to = sent.data();
    for (const Block& block : blocks) {
        const ItemRange planes = common_planes(slab.planes, block);
        for (std::size_t z = planes.first; z < planes.last; ++z)
            for (std::size_t y = 0; y < block.extent.y; ++y)
                to = std::copy_n(slab.voxels.data() +
                                     ((z - slab.planes.first) * slab.whole.y + y + block.offset.y) * slab.whole.x +
                                     block.offset.x,
                                 block.extent.x, to);
    }
    // Slabs come in the order of their planes, each as the block has it.
    auto result = Volume<float>::unfilled(mine.extent);
    MPI_Alltoallv(sent.data(), out.count.data(), out.offset.data(), MPI_FLOAT, result.data(), in.count.data(),
                  in.offset.data(), MPI_FLOAT, comm.handle());
    return result;
}

}  // namespace protolith
