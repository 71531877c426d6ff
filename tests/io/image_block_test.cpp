// Claim: the blocks that the ranks of a division read, put together, are the image, in every format.
#include "image_files.hpp"
#include "io/image/raw_image.hpp"
#include "io/image/source.hpp"
#include "io/image/tiff_image.hpp"

namespace protolith::io {
namespace {

class ImageBlocks : public test::ImageFiles {};

void expect_blocks_make_the_image(const std::string& path, const Extent& extent,
                                  const std::vector<unsigned>& expected) {
    for (const int ranks : {1, 2, 3, 4, 6, 12}) {
        const BlockGrid grid(extent, ranks);
        GreyVolume together(extent, -1);
        for (int rank = 0; rank < ranks; ++rank) {
            const Block block = grid.block(rank);
            const GreyVolume part = read_block(path, block);
            const float* from = part.data();
            for (std::size_t z = 0; z < block.extent.z; ++z)
                for (std::size_t y = 0; y < block.extent.y; ++y, from += block.extent.x)
                    std::copy_n(from, block.extent.x,
                                &together(block.offset.z + z, block.offset.y + y, block.offset.x));
        }
        EXPECT_EQ(together, GreyVolume(extent, test::as_floats(expected))) << path << " by " << ranks;
    }
}

TEST_F(ImageBlocks, OfPlanesInEveryFormat) {
    const Extent extent{1, 45, 52};
    const auto samples = test::noise(extent.count(), 255);
    test::write_png_file(at("a.png"), 45, 52, samples);
    expect_blocks_make_the_image(at("a.png"), extent, samples);
    for (const std::uint32_t tile : {0u, 16u}) {
        test::TiffKind kind;
        kind.tile = tile;
        kind.compression = COMPRESSION_LZW;
        test::write_tiff_file(at("a.tif"), 45, 52, {test::packed(samples, 52, 8)}, kind);
        expect_blocks_make_the_image(at("a.tif"), extent, samples);
    }
}

TEST_F(ImageBlocks, OfVolumesInEveryFormat) {
    const Extent extent{7, 12, 9};
    const auto samples = test::noise(extent.count(), 255);
    Volume<std::uint8_t> volume(extent);
    std::copy(samples.begin(), samples.end(), volume.begin());
    write_tiff(at("a.tif"), volume);
    expect_blocks_make_the_image(at("a.tif"), extent, samples);
    write_raw(at("a.raw"), volume);
    expect_blocks_make_the_image(at("a.raw"), extent, samples);
}

TEST_F(ImageBlocks, OnlyTheTilesOfTheBlockAreDecoded) {
    // The last tile of the only row of tiles is damaged: a block left of it does not notice.
    test::TiffKind kind;
    kind.tile = 16;
    kind.compression = COMPRESSION_ADOBE_DEFLATE;
    test::write_tiff_file(at("a.tif"), 16, 64, {test::packed(test::noise(16 * 64, 255), 64, 8)}, kind);
    std::uint64_t offset = 0;
    {
        TIFF* tiff = TIFFOpen(at("a.tif").c_str(), "r");
        offset = TIFFGetStrileOffset(tiff, 3);
        TIFFClose(tiff);
    }
    std::string bytes = test::read_file(at("a.tif"));
    bytes[offset] = '\x55';
    test::write_file(at("a.tif"), bytes);
    EXPECT_EQ(read_block(at("a.tif"), {{0, 0, 0}, {1, 16, 48}}).extent(), (Extent{1, 16, 48}));
    test::expect_input_error([&] { read_block(at("a.tif"), {{0, 0, 0}, {1, 16, 49}}); }, {"a.tif", "damaged"});
}

}  // namespace
}  // namespace protolith::io
