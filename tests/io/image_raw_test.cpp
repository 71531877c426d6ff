// Claims about raw images: types, byte orders, headers and blocks; a sidecar that is wrong, and a file that is not as
// long as it says.
#include "image_files.hpp"
#include "io/image/raw_image.hpp"

namespace protolith::io {
namespace {

using test::expect_input_error;
using test::write_file;

class RawFiles : public test::ImageFiles {};

template <class T>
Volume<T> counted(const Extent& extent) {
    Volume<T> volume(extent);
    for (std::size_t i = 0; i < volume.size(); ++i) volume[i] = static_cast<T>(i * 37 % 251);
    return volume;
}

template <class T>
void expect_written_is_read(const std::string& path) {
    for (const Extent extent : {Extent{1, 1, 1}, Extent{1, 3, 5}, Extent{4, 3, 2}}) {
        const auto volume = counted<T>(extent);
        write_raw(path, volume, 2.5e-6);
        const auto source = open_image(path);
        EXPECT_EQ(source->extent(), extent);
        EXPECT_EQ(bytes_of(source->sample()), sizeof(T));
        EXPECT_DOUBLE_EQ(source->info().voxel_size.value(), 2.5e-6);
        const GreyVolume grey = read_grey(*source);
        EXPECT_TRUE(std::equal(grey.begin(), grey.end(), volume.begin(), volume.end()));
    }
}

TEST_F(RawFiles, WhatWeWriteIsWhatWeRead) {
    expect_written_is_read<std::uint8_t>(at("a.raw"));
    expect_written_is_read<std::uint16_t>(at("a.raw"));
    expect_written_is_read<float>(at("a.raw"));
}

TEST_F(RawFiles, BothByteOrdersAndAHeader) {
    write_file(at("a.raw"), std::string("HEAD") + '\x01' + '\x02' + '\xff' + '\x00');
    write_file(at("a.toml"), "extent = [1, 2]\ntype = \"uint16\"\nbyte_order = \"big\"\nheader_bytes = 4\n");
    const GreyVolume big = read_grey(at("a.raw"));
    EXPECT_EQ(big, GreyVolume({1, 1, 2}, {258, 65280}));
    write_file(at("a.toml"), "extent = [1, 1, 2]\ntype = \"uint16\"\nbyte_order = \"little\"\nheader_bytes = 4\n");
    EXPECT_EQ(read_grey(at("a.raw")), GreyVolume({1, 1, 2}, {513, 255}));
}

TEST_F(RawFiles, BigEndianFloats) {
    write_file(at("a.raw"), std::string("\xc0\x20\x00\x00\x3f\x80\x00\x00", 8));
    write_file(at("a.json"), R"({"extent": [2, 1], "type": "float32", "byte_order": "big"})");
    EXPECT_EQ(read_grey(at("a.raw")), GreyVolume({1, 2, 1}, {-2.5F, 1}));
}

TEST_F(RawFiles, ABlockIsThatPartOfTheVolume) {
    const auto volume = counted<std::uint16_t>({5, 6, 7});
    write_raw(at("a.raw"), volume);
    for (const Block block : {Block{{0, 0, 0}, {5, 6, 7}}, Block{{1, 2, 3}, {3, 4, 4}}, Block{{4, 5, 6}, {1, 1, 1}},
                              Block{{2, 1, 0}, {2, 3, 7}}}) {
        const GreyVolume part = read_block(at("a.raw"), block);
        ASSERT_EQ(part.extent(), block.extent);
        for (std::size_t z = 0; z < block.extent.z; ++z)
            for (std::size_t y = 0; y < block.extent.y; ++y)
                for (std::size_t x = 0; x < block.extent.x; ++x)
                    EXPECT_EQ(part(z, y, x), volume(block.offset.z + z, block.offset.y + y, block.offset.x + x))
                        << to_string(block);
    }
    EXPECT_THROW(read_block(at("a.raw"), {{0, 0, 1}, {1, 1, 7}}), Error);
}

TEST_F(RawFiles, UnitsBecomeMetres) {
    write_file(at("a.raw"), "x");
    for (const auto& [unit, metres] : {std::pair{"nm", 5e-8}, {"um", 5e-5}, {"mm", 5e-2}, {"m", 50.0}}) {
        write_file(at("a.toml"),
                   fmt::format("extent = [1, 1]\ntype = \"uint8\"\nvoxel_size = 50\nvoxel_unit = \"{}\"\n", unit));
        EXPECT_DOUBLE_EQ(open_image(at("a.raw"))->info().voxel_size.value(), metres);
    }
    write_file(at("a.toml"), "extent = [1, 1]\ntype = \"uint8\"\n");
    EXPECT_FALSE(open_image(at("a.raw"))->info().voxel_size.has_value());
}

TEST_F(RawFiles, AWrongLengthIsRefusedWithBothNumbers) {
    write_file(at("a.json"), R"({"extent": [2, 3, 4], "type": "uint16", "byte_order": "little", "header_bytes": 10})");
    for (const std::size_t bytes : {1u, 9u, 10u, 57u, 59u, 116u}) {
        write_file(at("a.raw"), std::string(bytes, 'x'));
        expect_input_error([&] { open_image(at("a.raw")); },
                           {"a.raw", std::to_string(bytes) + " bytes", "58 expected", "a.json"});
    }
    write_file(at("a.raw"), std::string(58, 'x'));
    EXPECT_EQ(open_image(at("a.raw"))->extent(), (Extent{2, 3, 4}));
}

TEST_F(RawFiles, MissingPiecesAreNamed) {
    expect_input_error([&] { open_image(at("none.raw")); }, {"none.raw", "no such file"});
    write_file(at("alone.raw"), "abc");
    expect_input_error([&] { open_image(at("alone.raw")); }, {"alone.raw", "no sidecar"});
    write_file(at("empty.raw"), "");
    expect_input_error([&] { open_image(at("empty.raw")); }, {"empty.raw", "empty"});
    expect_input_error([&] { open_image(at(".")); }, {"not a regular file"});
    write_file(at("alone.json"), "{}");
    write_file(at("alone.toml"), "");
    expect_input_error([&] { open_image(at("alone.raw")); }, {"two sidecars"});
}

TEST_F(RawFiles, AWrongSidecarIsRefusedByItsKey) {
    write_file(at("a.raw"), "abcd");
    const auto expect = [&](const std::string& text, const std::vector<std::string>& parts) {
        write_file(at("a.toml"), text);
        expect_input_error([&] { open_image(at("a.raw")); }, parts);
    };
    expect("type = \"uint8\"", {"a.toml", "'extent' is missing"});
    expect("extent = [2, 2]", {"a.toml", "'type' is missing"});
    expect("extent = [2, 2]\ntype = \"int32\"", {"a.toml", "type = \"int32\"", "uint8, uint16, float32"});
    expect("extent = [2, 2]\ntype = 8", {"a.toml", "type = 8"});
    expect("extent = [2, 2]\ntypo = 8\ntype = \"uint8\"", {"a.toml", "unknown key 'typo'", "voxel_unit"});
    expect("extent = [2, -2]\ntype = \"uint8\"", {"a.toml", "extent"});
    expect("extent = [2, 0]\ntype = \"uint8\"", {"a.toml", "extent"});
    expect("extent = [2, 2.5]\ntype = \"uint8\"", {"a.toml", "extent"});
    expect("extent = 4\ntype = \"uint8\"", {"a.toml", "extent"});
    expect("extent = [1, 2]\ntype = \"uint16\"", {"a.toml", "byte_order"});
    expect("extent = [2, 2]\ntype = \"uint8\"\nbyte_order = \"middle\"", {"a.toml", "byte_order", "little, big"});
    expect("extent = [2, 2]\ntype = \"uint8\"\nheader_bytes = -1", {"a.toml", "header_bytes"});
    expect("extent = [2, 2]\ntype = \"uint8\"\nvoxel_size = 3", {"a.toml", "voxel_unit"});
    expect("extent = [2, 2]\ntype = \"uint8\"\nvoxel_size = 0\nvoxel_unit = \"um\"", {"a.toml", "voxel_size"});
    expect("extent = [2, 2]\ntype = \"uint8\"\nvoxel_size = 1\nvoxel_unit = \"inch\"",
           {"a.toml", "voxel_unit", "nm, um, mm, m"});
    expect("extent = [2, 2\ntype", {"a.toml:"});
    std::filesystem::remove(at("a.toml"));
    write_file(at("a.json"), "{\"extent\": [2, 2]");
    expect_input_error([&] { open_image(at("a.raw")); }, {"a.json", "parse error"});
    write_file(at("a.json"), "[1]");
    expect_input_error([&] { open_image(at("a.raw")); }, {"a.json", "table"});
}

TEST_F(RawFiles, ASourceHoldsNothing) {
    write_raw(at("a.raw"), counted<std::uint16_t>({3, 40, 50}));
    const auto source = open_image(at("a.raw"));
    std::vector<float> rows(40 * 50);
    source->read_rows(1, 0, 40, rows.data());
    EXPECT_EQ(source->held_bytes(), 0u);
}

TEST_F(RawFiles, BytesAreNotReadFromWiderSamples) {
    write_raw(at("a.raw"), counted<std::uint16_t>({1, 2, 2}));
    std::vector<std::uint8_t> rows(4);
    EXPECT_THROW(open_image(at("a.raw"))->read_rows(0, 0, 2, rows.data()), Error);
}

}  // namespace
}  // namespace protolith::io
